import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { SandboxChat, SandboxMessage } from '../api.ts'
import { leaveChat, takePerson } from './actions.ts'
import { avatar, chatAvatar } from './avatar.ts'
import { allowDrop, composer, dropInto } from './composer.ts'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { messageView } from './message.ts'
import { isWechat, platformMark } from './platform.ts'
import { toEnd } from './scroller.ts'
import {
  chatTitle,
  foldable,
  mainMessages,
  messageById,
  nameOf,
  openChat,
  person,
  threadsOf,
} from './select.ts'
import { change, pageSize, state } from './store.ts'
import { loadMessages } from './sync.ts'
import { type TimelineEntry, timeline, wechatTimeline } from './timeline.ts'
import { wechatMessage } from './wechat-message.ts'

/** The open chat: its head, its messages and where to write. */
export function conversation(): TemplateResult {
  const chat = openChat()
  if (!chat) return nothingOpen()
  return html`<main
    class="conversation ${isWechat(chat) ? 'wechat' : ''}"
    data-testid="conversation"
    data-chat-id=${chat.chat_id}
    aria-label=${t('conversation', { name: chatTitle(chat) })}
    data-drop-label=${t('dropHere')}
    @dragover=${allowDrop}
    @dragleave=${allowDrop}
    @drop=${dropInto(undefined)}
  >
    ${head(chat)}
    <div class="column">
      <chat-scroller .key=${`${state.me}|${chat.chat_id}`} .tail=${tailOf(mainMessages(chat.chat_id))} tabindex="0" role="log" aria-live="off">
        <div class="column-content">${body(chat)}</div>
      </chat-scroller>
      <button class="to-bottom" aria-label=${t('toBottom')} @click=${toEnd}>
        ${icon('down')}<span class="to-bottom-news">${t('newBelow')}</span>
      </button>
    </div>
    ${composer(chat, undefined)}
  </main>`
}

function head(chat: SandboxChat): TemplateResult {
  const title = chatTitle(chat)
  return html`<header class="conversation-head">
    <button class="icon-button back" data-testid="back" aria-label=${t('back')} @click=${leaveChat}>${icon('back')}</button>
    ${chatAvatar(chat)}
    <h2 title=${title} data-testid="conversation-title">${title}</h2>
    ${chat.kind === 'p2p' && !isWechat(chat) ? html`<span class="tag tag-bot">${t('bot')}</span>` : nothing}
    ${platformMark(chat)}
    ${chat.dissolved ? html`<span class="tag">${t('dissolvedMark')}</span>` : nothing}
    ${chat.kind === 'group' ? members(chat) : nothing}
  </header>`
}

function members(chat: SandboxChat): TemplateResult {
  const all = [...chat.members, ...(chat.botIsMember ? [state.bot.open_id] : [])]
  return html`<button class="chip members-open" popovertarget="members" data-testid="members-open" aria-label=${`${t('memberList')} ${all.length}`}>
      ${icon('members')}<span>${all.length}</span>
    </button>
    <div id="members" class="popover members" popover role="dialog" aria-label=${t('memberList')}>
      <h3>${t('memberList')} · ${t('members', { n: all.length })}</h3>
      <div class="people-list">${repeat(all, (id) => id, memberRow)}</div>
    </div>`
}

function memberRow(id: string): TemplateResult {
  const known = person(id)
  const face = html`${avatar(id)}<span class="person-name">${nameOf(id)}</span>`
  if (!known) return html`<div class="person">${face}<span class="tag tag-bot">${t('bot')}</span></div>`
  const take = () => {
    document.querySelector<HTMLElement>('#members')?.hidePopover()
    takePerson(id)
  }
  return html`<button class="person" aria-label=${t('becomePerson', { name: `${known.name}（${known.title}）` })} @click=${take}>
    ${face}<span class="person-title">${known.title}</span>
  </button>`
}

function body(chat: SandboxChat): TemplateResult {
  const loaded = state.messages.get(chat.chat_id)
  if (!loaded || loaded.phase === 'loading') {
    return html`<div class="skeleton" aria-label=${t('loading')} role="status"><i></i><i></i><i></i></div>`
  }
  if (loaded.phase === 'failed') {
    return html`<div class="empty" role="alert">
      <p>${t('messagesFailed', { reason: loaded.reason })}</p>
      <button class="button" @click=${() => loadMessages(chat.chat_id)}>${t('retry')}</button>
    </div>`
  }
  const all = mainMessages(chat.chat_id)
  if (all.length === 0) {
    return html`<div class="empty" data-testid="empty">
      ${icon('chats')}
      <p>${t('emptyChat')}</p>
      ${chat.botIsMember && !chat.dissolved ? html`<p class="muted">${t('emptyChatHint')}</p>` : nothing}
    </div>`
  }
  const hidden = state.hidden ?? foldable(chat.chat_id)
  const threads = threadsOf(chat.chat_id)
  const unread = state.firstUnread ? messageById(state.firstUnread) : undefined
  return html`
    ${
      hidden > 0
        ? html`<button class="link-button earlier" @click=${() => change({ hidden: Math.max(hidden - pageSize, 0) })}>
            ${t('earlier', { n: Math.min(hidden, pageSize) })}
          </button>`
        : nothing
    }
    ${repeat(
      (isWechat(chat) ? wechatTimeline : timeline)(all.slice(hidden), unread),
      ({ key }) => key,
      (entry) => timelineEntry(entry, chat, threads),
    )}
  `
}

function timelineEntry(
  entry: TimelineEntry,
  chat: SandboxChat,
  threads: Map<string, SandboxMessage[]>,
): TemplateResult {
  if (entry.kind === 'time') return html`<div class="day" role="separator"><span>${entry.label}</span></div>`
  if (entry.kind === 'unread') {
    return html`<div class="unread-line" role="separator" data-testid="unread-line"><span>${t('newMessages')}</span></div>`
  }
  const { message, follows } = entry
  if (isWechat(chat)) return wechatMessage(message, chat)
  return messageView(message, { scope: 'main', follows, replies: threads.get(message.message_id) })
}

/** The end of a column, for the scroller. */
export function tailOf(messages: SandboxMessage[]): { id: string; mine: boolean } {
  const last = messages.at(-1)
  return { id: last?.message_id ?? '', mine: last?.sender === state.me }
}

function nothingOpen(): TemplateResult {
  return html`<main class="conversation conversation-none">
    <div class="empty">
      ${icon('chats')}
      <p>${t('chooseChat')}</p>
      <p class="muted">${t('chooseChatHint')}</p>
    </div>
  </main>`
}
