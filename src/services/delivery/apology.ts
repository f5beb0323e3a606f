import { createHash } from 'node:crypto'
import type { Message } from '../../messages/message.ts'
import type { IncomingText } from '../../ports.ts'
import type { App } from '../app.ts'

/** Answers past the outbox, where nothing can be kept in it: once, however often the words come in. */
export type Apology = (incoming: IncomingText, message: Message) => void

const rememberedAtMost = 10_000

export function createApology(app: App): Apology {
  const answered = new Set<string>()
  return ({ platform, chat, messageId }, message) => {
    // Another process, or the next, answers with the same key.
    const key = `unsaved-${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}`
    if (answered.has(key)) return
    if (answered.size >= rememberedAtMost) answered.clear()
    answered.add(key)
    app.messengers
      .get(platform)
      ?.send({ key, to: { chat: chat.id }, message, replyTo: messageId })
      .catch((err: unknown) => app.log.warn({ err }, 'nobody could be told that nothing can be saved'))
  }
}
