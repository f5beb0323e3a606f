import { Readable } from 'node:stream'
import { pino } from 'pino'
import {
  type Login,
  messageTypes,
  type Person,
  type Room,
  type WechatMessage,
} from '../../../../bots/wechat/receive/wechaty.ts'

export const now = Date.parse('2026-11-20T10:00:00+08:00')
export const login: Login = { puppet: 'mock', account: 'wxid_bot', name: '工作助手' }

export function person(id: string, name: string, type = 1): Person {
  return { id, name: () => name, type: () => type }
}

export const bot = person('wxid_bot', '工作助手')
export const sun = person('wxid_sun', '孙联络')
export const chen = person('wxid_chen', 'Chen Zuzhang')

export function room(
  id: string,
  members: Person[] = [bot, sun, chen],
  aliases: Record<string, string> = {},
): Room {
  return {
    id,
    topic: async () => '农业农村委群',
    memberAll: async () => members,
    alias: async ({ id }) => aliases[id],
  }
}

interface Written {
  id: string
  from: Person
  in: Room
  type: number
  at: number
  /** By the puppet, among the room's members. */
  mentions: Person[]
  fileName: string
}

let written = 0

/** A message as wechaty hands it over. */
export function message(text: string, about: Partial<Written> = {}): WechatMessage {
  const { from = sun, type = messageTypes.Text, at = now, mentions, fileName } = about
  const id = about.id ?? `message-${++written}`
  return {
    id,
    type: () => type,
    text: () => text,
    self: () => from.id === bot.id,
    date: () => new Date(at),
    talker: () => from,
    room: () => about.in,
    mentionList: async () => mentions ?? [],
    payload: { filename: fileName, mentionIdList: mentions?.map(({ id }) => id) },
    toFileBox: async () => ({
      name: 'image.jpg',
      mediaType: 'image/jpeg',
      toStream: async () => Readable.from([Buffer.from('photo')]),
    }),
  }
}

/** A log that can be asked what was said in it. */
export function openLog() {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) })
  return { log, lines }
}
