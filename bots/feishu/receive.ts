import { performance } from 'node:perf_hooks'
import { EventDispatcher, LoggerLevel } from '@larksuiteoapi/node-sdk'
import type { Logger } from 'pino'
import type { CardWords } from '../../src/messages/limits.ts'
import type { Message, Tone } from '../../src/messages/message.ts'
import { type Answer, type Incoming, type IncomingHandler, NotYet, Unwritable } from '../../src/ports.ts'
import type { Card } from './card/element.ts'
import type { Chats } from './chats.ts'
import type { Gate } from './gate.ts'
import type { Identity } from './identity.ts'
import type { sdkLogger } from './log.ts'
import { readCardAction } from './receive/card-action.ts'
import { membershipEvents, readMembership } from './receive/membership.ts'
import { readMessage } from './receive/message.ts'
import { Dropped } from './receive/read.ts'

/** What a card callback is answered with; the client shows it at once. */
export interface CallbackAnswer {
  toast?: { type: 'info' | 'success' | 'warning' | 'error'; content: string }
  card?: { type: 'raw'; data: Card }
}

export interface ReceiverDeps {
  gate: Gate
  chats: Chats
  identity: Identity
  log: Logger
  logger: ReturnType<typeof sdkLogger>
  words: CardWords
  render(message: Message): Card
  update(messageId: string, message: Message): Promise<void>
  /** Milliseconds; Feishu waits so long for an answer, then shows an error and drops what comes later. */
  answerWithinMs?: number
}

const toastTypes = {
  info: 'info',
  success: 'success',
  warning: 'warning',
  danger: 'error',
  muted: 'info',
} as const satisfies Record<Tone, string>

/** Sent to many apps, whether they care or not. */
const ignored = ['im.message.message_read_v1', 'im.chat.access_event.bot_p2p_chat_entered_v1']

/**
 * The SDK's events, read and given to `handle`. Garbage is dropped. An event whose handling fails is not acknowledged,
 * so that Feishu brings it again; a click is never brought again, so its failure is said.
 */
export function createDispatcher(handle: IncomingHandler, deps: ReceiverDeps): EventDispatcher {
  const { gate, chats, identity, log, words, answerWithinMs = 3_000 } = deps

  async function handleTimed(incoming: Incoming): Promise<{ answer: Answer; late: boolean }> {
    const started = performance.now()
    try {
      const answer = await handle(incoming)
      const ms = Math.round(performance.now() - started)
      const late = ms >= answerWithinMs
      if (late)
        log.warn({ ids: incoming.ids, kind: incoming.kind, ms }, 'handling took longer than Feishu waits')
      return { answer, late }
    } catch (err) {
      if (err instanceof NotYet) log.info({ ids: incoming.ids, reason: err.message }, 'handled later')
      else if (err instanceof Unwritable) log.debug({ ids: incoming.ids }, 'nothing can be kept now')
      else log.error({ err, ids: incoming.ids, kind: incoming.kind }, 'handling failed')
      throw new Error('handling failed')
    }
  }

  function drop({ reason, expected }: Dropped, type: string): void {
    log[expected ? 'debug' : 'warn']({ type, reason }, 'event dropped')
  }

  async function onEvent(type: string, incoming: Incoming | Dropped): Promise<object> {
    if (incoming instanceof Dropped) drop(incoming, type)
    else await handleTimed(incoming)
    return {}
  }

  async function onMessage(event: unknown): Promise<object> {
    const incoming = readMessage(event, await identity.openId())
    if (!(incoming instanceof Dropped)) chats.note(incoming.chat.id, incoming.chat.kind)
    return onEvent('im.message.receive_v1', incoming)
  }

  async function onClick(event: unknown): Promise<CallbackAnswer> {
    const incoming = await readCardAction(event, async (chatId) => (await chats.find(chatId)).kind)
    if (incoming instanceof Dropped) {
      drop(incoming, 'card.action.trigger')
      return { toast: { type: 'error', content: words.staleButton } }
    }
    try {
      const { answer, late } = await handleTimed(incoming)
      if (late && answer.replace) await replaceLate(incoming.messageId, answer.replace)
      return callbackAnswer(answer)
    } catch {
      return { toast: { type: 'error', content: words.failed } }
    }
  }

  /** The callback's answer came too late to change the card: it is changed by a call of its own. */
  async function replaceLate(messageId: string, message: Message): Promise<void> {
    await deps.update(messageId, message).catch((err) => {
      log.warn({ err, messageId }, 'the card still shows what it did before the click')
    })
  }

  function callbackAnswer({ toast, replace }: Answer): CallbackAnswer {
    return {
      ...(toast && { toast: { type: toastTypes[toast.tone], content: toast.text } }),
      ...(replace && { card: { type: 'raw', data: deps.render(replace) } }),
    }
  }

  const dispatcher = new EventDispatcher({ logger: deps.logger, loggerLevel: LoggerLevel.info })
  dispatcher.register({
    'im.message.receive_v1': (event: unknown) => gate.enter(() => onMessage(event)),
    'card.action.trigger': (event: unknown) => gate.enter(() => onClick(event)),
    ...Object.fromEntries(
      Object.entries(membershipEvents).map(([type, change]) => [
        type,
        (event: unknown) =>
          gate.enter(async () => onEvent(type, await readMembership(event, change, chats.find))),
      ]),
    ),
    ...Object.fromEntries(ignored.map((type) => [type, async () => ({})])),
  })
  return dispatcher
}
