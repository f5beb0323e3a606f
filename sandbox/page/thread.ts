import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import { closeThread } from './actions.ts'
import { allowDrop, composer, dropInto } from './composer.ts'
import { tailOf } from './conversation.ts'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { messageView } from './message.ts'
import { isWechat } from './platform.ts'
import { toEnd } from './scroller.ts'
import { chatTitle, messageById, openChat, threadsOf } from './select.ts'
import { state } from './store.ts'
import { timeline } from './timeline.ts'

/** The panel beside the conversation: a message, and what was said below it. */
export function threadPanel(): TemplateResult | typeof nothing {
  const chat = openChat()
  const root = state.thread ? messageById(state.thread) : undefined
  if (!chat || isWechat(chat) || !root || root.chat_id !== chat.chat_id) return nothing
  const replies = threadsOf(chat.chat_id).get(root.message_id) ?? []
  return html`<aside
    class="thread"
    data-testid="thread"
    data-root=${root.message_id}
    aria-label=${t('thread')}
    @keydown=${closeOnEscape}
    data-drop-label=${t('dropHere')}
    @dragover=${allowDrop}
    @dragleave=${allowDrop}
    @drop=${dropInto(root.message_id)}
  >
    <header class="thread-head">
      <button class="icon-button back" aria-label=${t('closeThread')} @click=${closeThread}>${icon('back')}</button>
      <h2>${t('thread')}</h2>
      <span class="muted thread-where" title=${chatTitle(chat)}>${chatTitle(chat)}</span>
      <button class="icon-button thread-close" data-testid="thread-close" aria-label=${t('closeThread')} @click=${closeThread}>
        ${icon('close')}
      </button>
    </header>
    <div class="column">
      <chat-scroller .key=${root.message_id} .tail=${tailOf(replies)} tabindex="0" role="log" aria-live="off">
        <div class="column-content">
          ${messageView(root, { scope: 'thread', follows: false })}
          <div class="thread-count-line" role="separator">
            <span>${countLine(replies.length)}</span>
          </div>
          ${repeat(
            timeline(replies),
            ({ key }) => key,
            (entry) =>
              entry.kind === 'message'
                ? messageView(entry.message, { scope: 'thread', follows: entry.follows })
                : entry.kind === 'time'
                  ? html`<div class="day" role="separator"><span>${entry.label}</span></div>`
                  : nothing,
          )}
        </div>
      </chat-scroller>
      <button class="to-bottom" aria-label=${t('toBottom')} @click=${toEnd}>
        ${icon('down')}<span class="to-bottom-news">${t('newBelow')}</span>
      </button>
    </div>
    ${composer(chat, root.message_id)}
  </aside>`
}

function countLine(count: number): string {
  if (count === 0) return t('emptyThread')
  return count === 1 ? t('oneReply') : t('replies', { n: count })
}

/** Unless Escape is for something that lies over the thread. */
function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  if (!document.querySelector(':popover-open, dialog[open]')) closeThread()
}
