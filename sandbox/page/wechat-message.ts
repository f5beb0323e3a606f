import { html, nothing, type TemplateResult } from 'lit-html'
import type { SandboxChat, SandboxMessage } from '../api.ts'
import { showMessage } from './actions.ts'
import { avatar } from './avatar.ts'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { recalledLine, startReply } from './message.ts'
import { messageContent } from './message-content.ts'
import { plainText } from './plain.ts'
import { richText } from './rich-text.ts'
import { messageById, nameOf } from './select.ts'
import { state } from './store.ts'
import { fullTime } from './time.ts'
import { splitQuote } from './wechat-quote.ts'

/** A message as WeChat shows it: a face, a bubble, and in small below it what was quoted. */
export function wechatMessage(message: SandboxMessage, chat: SandboxChat): TemplateResult {
  if (message.recalled) return recalledLine(message)
  const mine = message.sender === state.me
  const who = nameOf(message.sender)
  const classes = [
    'message',
    mine ? 'message-mine' : '',
    message.message_id === state.flashed ? 'message-flashed' : '',
  ]
  return html`<article
    class=${classes.filter(Boolean).join(' ')}
    data-testid="message"
    data-message-id=${message.message_id}
    data-sender=${message.sender}
    data-kind=${message.msg_type}
    aria-label=${`${who} ${fullTime(message.at, state.clock.timezone)}`}
  >
    <div class="message-side">${avatar(message.sender)}</div>
    <div class="message-main">
      ${mine || chat.kind === 'p2p' ? nothing : html`<span class="message-name" title=${who}>${who}</span>`}
      ${said(message)} ${quote(message)}
    </div>
    ${chat.dissolved ? nothing : quoteButton(message)}
  </article>`
}

/** Without the quote that its text may begin with; never folded. */
function said(message: SandboxMessage): TemplateResult {
  if (message.msg_type !== 'text') return messageContent(message, 'main')
  const { text } = splitQuote(plainText(message))
  return html`<div class="bubble"><div class="text" data-testid="text">${richText(text, message.mentions)}</div></div>`
}

function quote(message: SandboxMessage): TemplateResult | typeof nothing {
  const parent = message.parent_id ? messageById(message.parent_id) : undefined
  if (parent) {
    return html`<button
      class="wechat-quote"
      data-testid="quote"
      data-quoted=${parent.message_id}
      title=${t('goToQuoted')}
      @click=${() => showMessage(parent.chat_id, parent.message_id)}
    ><span>${quotedLine(parent)}</span></button>`
  }
  const { quoted } = message.msg_type === 'text' ? splitQuote(plainText(message)) : {}
  return quoted === undefined
    ? nothing
    : html`<div class="wechat-quote" data-testid="quote"><span>${quoted}</span></div>`
}

/** `NAME：` and what that message says itself. */
export function quotedLine(message: SandboxMessage): string {
  const text = splitQuote(plainText(message)).text
  return message.recalled ? text : t('says', { name: nameOf(message.sender) }) + text
}

function quoteButton(message: SandboxMessage): TemplateResult {
  return html`<div class="message-tools">
    <button
      class="tool"
      data-testid="reply"
      aria-label=${t('quoteMessage')}
      title=${t('quoteMessage')}
      @click=${() => startReply(message, 'main')}
    >
      ${icon('reply')}<span>${t('quoteMessage')}</span>
    </button>
  </div>`
}
