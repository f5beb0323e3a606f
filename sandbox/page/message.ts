import { html, nothing, type TemplateResult } from 'lit-html'
import type { SandboxMessage } from '../api.ts'
import { openThread, showMessage } from './actions.ts'
import { avatar } from './avatar.ts'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { messageContent } from './message-content.ts'
import { plainText } from './plain.ts'
import { draftAt, draftKey, isBot, messageById, nameOf, now, openChat, person } from './select.ts'
import { change, state } from './store.ts'
import { clockTime, fullTime, shortTime } from './time.ts'

export interface MessageView {
  scope: 'main' | 'thread'
  /** Follows the same sender's message closely: no need to say again who speaks. */
  follows: boolean
  /** The thread below it, shown as a link. */
  replies?: SandboxMessage[]
}

export function messageView(message: SandboxMessage, view: MessageView): TemplateResult {
  if (message.recalled) return recalledLine(message, view.replies)
  const zone = state.clock.timezone
  const mine = message.sender === state.me
  const who = nameOf(message.sender)
  const classes = [
    'message',
    mine ? 'message-mine' : '',
    view.follows ? 'message-follows' : '',
    message.msg_type === 'interactive' ? 'message-card' : '',
    message.message_id === state.flashed ? 'message-flashed' : '',
  ]
  return html`<article
    class=${classes.filter(Boolean).join(' ')}
    data-testid="message"
    data-message-id=${message.message_id}
    data-sender=${message.sender}
    data-kind=${message.msg_type}
    aria-label=${`${who} ${fullTime(message.at, zone)}`}
  >
    <div class="message-side">
      ${view.follows ? html`<time class="message-aside">${clockTime(message.at, zone)}</time>` : avatar(message.sender)}
    </div>
    <div class="message-main">
      ${view.follows ? nothing : head(message, who)}
      ${urgentMark(message)}
      ${quote(message, view)} ${messageContent(message, view.scope)}
      ${view.replies?.length ? threadLink(message, view.replies) : nothing}
    </div>
    ${openChat()?.dissolved ? nothing : tools(message, view)}
  </article>`
}

/** All that a recalled message leaves behind; its thread stays. */
export function recalledLine(message: SandboxMessage, replies: SandboxMessage[] = []): TemplateResult {
  return html`<div class="recalled" data-testid="message" data-message-id=${message.message_id} data-sender=${message.sender} data-kind="recalled">
    <span>${t('recalled', { name: nameOf(message.sender) })}</span>
    ${replies.length > 0 ? threadLink(message, replies) : nothing}
  </div>`
}

function head(message: SandboxMessage, who: string): TemplateResult {
  const zone = state.clock.timezone
  const title = message.sender === state.me ? undefined : person(message.sender)?.title
  return html`<header class="message-head">
    ${message.sender === state.me ? nothing : html`<span class="message-name" title=${title ? `${who} · ${title}` : who}>${who}</span>`}
    ${isBot(message.sender) ? html`<span class="tag tag-bot">${t('bot')}</span>` : nothing}
    ${title ? html`<span class="message-title">${title}</span>` : nothing}
    <time class="message-time" datetime=${new Date(message.at).toISOString()} title=${fullTime(message.at, zone)}
      >${clockTime(message.at, zone)}</time
    >
  </header>`
}

function urgentMark(message: SandboxMessage): TemplateResult | typeof nothing {
  if (message.urged.length === 0) return nothing
  const me = message.urged.includes(state.me)
  return html`<div class="urgent ${me ? 'urgent-me' : ''}" data-testid="urgent" data-urged=${message.urged.join(' ')}>
    ${icon('bolt')}<span>${t('urgent')}</span><span class="urgent-names">${message.urged.map(nameOf).join(t('comma'))}</span>
  </div>`
}

/** What the message answers, in one line. In a thread an answer to the root needs none. */
function quote(message: SandboxMessage, view: MessageView): TemplateResult | typeof nothing {
  if (!message.parent_id) return nothing
  if (view.scope === 'thread' && message.parent_id === message.root_id) return nothing
  const parent = messageById(message.parent_id)
  if (!parent) return nothing
  return html`<button
    class="quote"
    data-testid="quote"
    data-quoted=${parent.message_id}
    title=${t('goToQuoted')}
    @click=${() => showMessage(parent.chat_id, parent.message_id)}
  >
    ${t('replyTo', { name: nameOf(parent.sender) })}${plainText(parent)}
  </button>`
}

function threadLink(root: SandboxMessage, replies: SandboxMessage[]): TemplateResult {
  const latest = replies.at(-1)
  const senders = [...new Set(replies.map((one) => one.sender))].slice(-3)
  return html`<button
    class="thread-link ${root.message_id === state.thread ? 'thread-link-open' : ''}"
    data-testid="thread-link"
    @click=${() => openThread(root.message_id)}
  >
    <span class="thread-faces">${senders.map((id) => avatar(id, 'small'))}</span>
    <span class="thread-count">${replies.length === 1 ? t('oneReply') : t('replies', { n: replies.length })}</span>
    ${
      latest
        ? html`<span class="thread-latest"
            >${t('lastReply', { time: lastTime(latest.at) })} · ${t('says', { name: nameOf(latest.sender) })}${plainText(latest)}</span
          >`
        : nothing
    }
    ${icon('right')}
  </button>`
}

function lastTime(at: number): string {
  return shortTime(at, now(), state.clock.timezone)
}

function tools(message: SandboxMessage, view: MessageView): TemplateResult {
  return html`<div class="message-tools">
    <button
      class="tool"
      data-testid="reply"
      aria-label=${t('reply')}
      title=${t('reply')}
      @click=${() => startReply(message, view.scope)}
    >
      ${icon('reply')}<span>${t('reply')}</span>
    </button>
    ${
      view.scope === 'main'
        ? html`<button
            class="tool"
            data-testid="reply-in-thread"
            aria-label=${t('replyInThread')}
            title=${t('replyInThread')}
            @click=${() => {
              openThread(message.message_id)
              focusComposer('thread')
            }}
          >
            ${icon('thread')}<span>${t('replyInThread')}</span>
          </button>`
        : nothing
    }
  </div>`
}

/** The composer's next message will answer this one. */
export function startReply(message: SandboxMessage, scope: MessageView['scope']): void {
  const draft = draftAt(draftKey(scope === 'thread' ? state.thread : undefined))
  draft.replyTo = message.message_id
  change()
  focusComposer(scope)
}

/** After the next drawing, when the composer is there. */
export function focusComposer(scope: 'main' | 'thread'): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`.composer-${scope} [data-testid=composer-input]`)?.focus()
  })
}
