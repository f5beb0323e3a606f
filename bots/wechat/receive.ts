import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Locale } from '../../src/messages/voice.ts'
import { type Incoming, type IncomingHandler, NotYet, Unwritable } from '../../src/ports.ts'
import { Dropped } from './receive/dropped.ts'
import { type Moved, readMembership } from './receive/membership.ts'
import { readMessage } from './receive/message.ts'
import { Recent } from './receive/recent.ts'
import type { Login, Person, Room, WechatMessage, WithFile } from './receive/wechaty.ts'

/** Milliseconds. */
export interface ReceiveTiming {
  /** How long a chat that was quiet waits for what was said before and comes after. */
  gatherMs: number
}

export interface ReceiverDeps extends Partial<ReceiveTiming> {
  handle: IncomingHandler
  /** As whom the bot is logged in now. */
  login(): Login | null
  /** Its file may be asked for later. */
  keep(message: WithFile): void
  locale: Locale
  log: Logger
  clock: { now(): number }
  /** Milliseconds before each further try. */
  pausesMs?: readonly number[]
}

/** What wechaty's events are given to. Nothing of it rejects. */
export interface Receiver {
  onMessage(message: WechatMessage): Promise<void>
  onRoomJoin(room: Room, invitees: readonly Person[], inviter?: Person, date?: Date): Promise<void>
  onRoomLeave(room: Room, leavers: readonly Person[], remover?: Person, date?: Date): Promise<void>
  /** The account of whoever wrote one of the last messages. */
  whoSaid(messageId: string): string | undefined
  /** Nothing new after this; what is under way is tried once more and waited for. */
  stop(): Promise<void>
}

const defaultPausesMs = [1_000, 5_000, 20_000, 60_000]
const defaultGatherMs = 200
const remembered = 500

/** Something that waits to be handled. */
interface Turn {
  /** When it happened. */
  at: number
  run(): Promise<void>
  done(): void
}

interface Queue {
  waiting: Turn[]
  emptied: Promise<void>
}

/**
 * WeChat brings nothing twice, so whatever can't be handled is tried again here; and as wechaty mixes up what comes at
 * once, one thing after another in each chat, by the times at which they happened.
 */
export function createReceiver(deps: ReceiverDeps): Receiver {
  const { handle, log, clock, locale, keep, pausesMs = defaultPausesMs, gatherMs = defaultGatherMs } = deps
  const chats = new Map<string, Queue>()
  const senders = new Recent<string>(remembered)
  const stopping = new AbortController()

  /** In the chat's turn. The ids of what comes in belong to the login at which it came. */
  function enter(
    chat: string,
    at: number,
    about: { messageId?: string },
    read: (login: Login) => Promise<Incoming | Dropped>,
  ) {
    if (stopping.signal.aborted) {
      log.warn(about, 'came in while the bot was stopping')
      return Promise.resolve()
    }
    const login = deps.login()
    const { promise, resolve: done } = Promise.withResolvers<void>()
    const run = () => persist(about, () => once(read, login ?? deps.login(), about))
    const turn: Turn = { at, run, done }
    const queue = chats.get(chat)
    if (queue) queue.waiting.push(turn)
    else {
      const waiting = [turn]
      chats.set(chat, { waiting, emptied: empty(chat, waiting) })
    }
    return promise
  }

  async function empty(chat: string, waiting: Turn[]): Promise<void> {
    await wait(gatherMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    for (let turn = takeEarliest(waiting); turn; turn = takeEarliest(waiting)) {
      await turn.run()
      turn.done()
    }
    chats.delete(chat)
  }

  async function once(
    read: (login: Login) => Promise<Incoming | Dropped>,
    login: Login | null,
    about: object,
  ): Promise<void> {
    if (!login) throw new Error('nobody is logged in')
    const incoming = await read(login)
    if (incoming instanceof Dropped) {
      log[incoming.level]({ ...about, reason: incoming.reason }, 'dropped')
      return
    }
    if (incoming.kind === 'text') senders.add(incoming.messageId, incoming.sender.account)
    await handle(incoming)
  }

  async function persist(about: object, attempt: () => Promise<void>): Promise<void> {
    for (let tried = 0; ; tried += 1) {
      const last = stopping.signal.aborted
      try {
        await attempt()
        return
      } catch (err) {
        const pauseMs = last ? undefined : pausesMs[tried]
        if (pauseMs === undefined) {
          log.error({ ...about, err }, 'what came in could not be handled, and is lost')
          return
        }
        if (err instanceof NotYet) log.info({ ...about, reason: err.message, pauseMs }, 'handled later')
        else if (err instanceof Unwritable) log.debug({ ...about, pauseMs }, 'nothing can be kept now')
        else log.warn({ ...about, err, pauseMs }, 'handling failed')
        await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }

  const moved =
    (change: Moved['change']) => (room: Room, people: readonly Person[], by?: Person, date?: Date) => {
      const at = date && date.getTime() > 0 ? date.getTime() : clock.now()
      return enter(room.id, at, {}, (login) => readMembership({ room, people, by, at, change }, login))
    }

  return {
    onMessage(message) {
      return enter(
        chatOf(message),
        timeOf(message) ?? clock.now(),
        { messageId: message.id },
        async (login) => {
          const incoming = await readMessage(message, { login, locale, now: clock.now() })
          if (!(incoming instanceof Dropped) && incoming.attachments.length > 0) keep(message)
          return incoming
        },
      )
    },
    onRoomJoin: moved('joined'),
    onRoomLeave: moved('removed'),
    whoSaid: (messageId) => senders.get(messageId),
    async stop() {
      stopping.abort()
      await Promise.all([...chats.values()].map(({ emptied }) => emptied))
    },
  }
}

/** Of those of one time, the first that came. */
function takeEarliest(waiting: Turn[]): Turn | undefined {
  const earliest = Math.min(...waiting.map(({ at }) => at))
  const [turn] = waiting.splice(
    waiting.findIndex(({ at }) => at === earliest),
    1,
  )
  return turn
}

/** Null where the puppet does not know it. */
function timeOf(message: WechatMessage): number | null {
  try {
    const at = message.date().getTime()
    return at > 0 ? at : null
  } catch {
    return null
  }
}

/** What nobody said goes to a turn of its own, to be dropped there. */
function chatOf(message: WechatMessage): string {
  try {
    return message.room()?.id ?? message.talker().id
  } catch {
    return message.id
  }
}
