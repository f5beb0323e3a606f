import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { SandboxChat } from '../api.ts'
import { takeChat } from './actions.ts'
import { chatAvatar } from './avatar.ts'
import { badge } from './badge.ts'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { moveFocus } from './keys.ts'
import { isWechat, platformMark } from './platform.ts'
import { chatsOf, chatTitle, draftKeyIn, isBot, nameOf, now } from './select.ts'
import { change, state } from './store.ts'
import { shortTime } from './time.ts'

/** The chats that I am in, the liveliest first. */
export function chatList(): TemplateResult {
  const mine = chatsOf(state.me)
  const query = state.chatQuery.trim().toLowerCase()
  const found = mine.filter((chat) => chatTitle(chat).toLowerCase().includes(query))
  return html`<nav class="chat-list" aria-label=${t('chats')}>
    <div class="chat-list-head">
      <h1>${t('chats')}</h1>
      <label class="search">
        ${icon('search')}
        <input
          type="search"
          placeholder=${t('findChat')}
          aria-label=${t('findChat')}
          .value=${state.chatQuery}
          @input=${(event: InputEvent) => change({ chatQuery: (event.target as HTMLInputElement).value })}
        />
      </label>
    </div>
    <ul data-testid="chats" @keydown=${(event: KeyboardEvent) => moveFocus(event, '.chat')}>
      ${repeat(found, (chat) => chat.chat_id, row)}
    </ul>
    ${found.length === 0 ? html`<p class="hint">${mine.length === 0 ? t('noChats') : t('noChatFound')}</p>` : nothing}
  </nav>`
}

function row(chat: SandboxChat): TemplateResult {
  const open = chat.chat_id === state.chat
  const unread = chat.unread[state.me] ?? { count: 0, mentioned: false }
  const title = chatTitle(chat)
  return html`<li>
    <button
      class="chat ${open ? 'chat-open' : ''} ${unread.count > 0 ? 'chat-unread' : ''}"
      data-testid="chat"
      data-chat-id=${chat.chat_id}
      data-name=${title}
      aria-current=${open ? 'true' : 'false'}
      @click=${() => takeChat(chat.chat_id)}
    >
      <span class="chat-avatar">${chatAvatar(chat)}${badge(unread)}</span>
      <span class="chat-title">
        <span class="chat-name" title=${title}>${title}</span>
        ${chat.kind === 'p2p' && !isWechat(chat) ? html`<span class="tag tag-bot">${t('bot')}</span>` : nothing}
        ${platformMark(chat)}
        ${chat.dissolved ? html`<span class="tag">${t('dissolvedMark')}</span>` : nothing}
      </span>
      ${chat.last ? html`<time class="chat-time">${shortTime(chat.last.at, now(), state.clock.timezone)}</time>` : nothing}
      <span class="chat-preview">${preview(chat, unread)}</span>
    </button>
  </li>`
}

function preview(chat: SandboxChat, unread: { count: number; mentioned: boolean }): TemplateResult {
  const draft = state.drafts.get(draftKeyIn(chat.chat_id))?.text.trim()
  if (draft && chat.chat_id !== state.chat) {
    return html`<span class="mark-draft">[${t('draftMark')}]</span> ${draft}`
  }
  const mark =
    unread.mentioned && unread.count > 0
      ? html`<span class="mark-mention" data-testid="mention-mark">[${t('mentionedMe')}]</span> `
      : nothing
  if (!chat.last) return html`${t('nothingYet')}`
  const { sender, preview: text } = chat.last
  const named = chat.kind === 'group' && sender !== state.me && (isBot(sender) || nameOf(sender) !== sender)
  return html`${mark}${named ? t('says', { name: nameOf(sender) }) : ''}${translated(text)}`
}

/** The server's words for what is no text, in the page's language. */
function translated(text: string): string {
  if (text === '') return t('recalledMark')
  return text.replace(/^\[(图片|文件|卡片)\]/, (_, kind: '图片' | '文件' | '卡片') => t(kinds[kind]))
}

const kinds = { 图片: 'image', 文件: 'file', 卡片: 'card' } as const
