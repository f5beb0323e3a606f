import type { IncomingMembership } from '../../../src/ports.ts'
import { composeAddress } from '../address.ts'
import { within } from '../within.ts'
import { contentKey } from './content-key.ts'
import { Dropped } from './dropped.ts'
import type { Login, Person, Room } from './wechaty.ts'

const patienceMs = 10_000

export interface Moved {
  room: Room
  people: readonly Person[]
  by: Person | undefined
  at: number
  change: 'joined' | 'removed'
}

/** Who else comes and goes is none of the bot's business. */
export async function readMembership(
  { room, people, by, at, change }: Moved,
  login: Login,
): Promise<IncomingMembership | Dropped> {
  if (people.every(({ id }) => id !== login.account)) return new Dropped('somebody else came or went')
  const address = (kind: 'room' | 'contact', id: string) =>
    composeAddress({ puppet: login.puppet, account: login.account, kind, id })
  const chat = address('room', room.id)
  const sender = by ? address('contact', by.id) : ''
  const chatName = change === 'joined' ? await within(patienceMs, room.topic()).catch(() => '') : ''
  return {
    kind: 'membership',
    platform: 'wechat',
    // WeChat has no id for it.
    ids: [contentKey({ chat, sender, at, type: 0, text: change })],
    at,
    chat: { id: chat, kind: 'group' },
    sender: { account: sender },
    change,
    ...(chatName && { chatName }),
  }
}
