import type { Message } from '../../src/messages/message.ts'
import { defuseText, isAccount, oneLine } from './card/escape.ts'

/** A message of a title alone goes out as plain text, those mentioned in front. */
export function isTextOnly(message: Message): boolean {
  return message.blocks.length === 0
}

/** The `content` of a text message. */
export function renderText(message: Message): { text: string } {
  const people = new Map((message.mentions ?? []).map((mention) => [mention.account, mention.name]))
  const mentions = [...people].map(([account, name]) => mention(account, defuseText(oneLine(name))))
  return { text: [...mentions, defuseText(message.title)].join(' ') }
}

function mention(account: string, name: string): string {
  return isAccount(account) ? `<at user_id="${account}">${name}</at>` : `@${name}`
}
