import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { SandboxChat } from '../api.ts'
import { avatar } from './avatar.ts'
import { t } from './i18n.ts'
import { isBot, nameOf, person } from './select.ts'
import { change, type Draft, state } from './store.ts'

/** Opens the picker while `@` and part of a name stand before the caret, and closes it else. */
export function watchForMention(draft: Draft, area: HTMLTextAreaElement, chat: SandboxChat): void {
  const before = area.value.slice(0, area.selectionStart)
  const found = chat.kind === 'group' ? /(?:^|[^\w@])@([^\s@]{0,20})$/.exec(before) : null
  const query = found?.[1] ?? ''
  const from = before.length - query.length - 1
  const open = found && candidates(chat, query).length > 0 && !alreadyMentioned(draft, query)
  draft.picker = open ? { from, query, index: 0 } : undefined
  change()
}

/** Writes an `@` at the caret and opens the picker there. */
export function openPicker(draft: Draft, area: HTMLTextAreaElement, chat: SandboxChat): void {
  area.focus()
  const glue = /[\w@]$/.test(area.value.slice(0, area.selectionStart)) ? ' @' : '@'
  area.setRangeText(glue, area.selectionStart, area.selectionEnd, 'end')
  draft.text = area.value
  watchForMention(draft, area, chat)
}

export function closePicker(draft: Draft): void {
  draft.picker = undefined
  change()
}

/** Lets the open picker have the key; returns whether it took it. */
export function pickerKey(event: KeyboardEvent, draft: Draft, chat: SandboxChat): boolean {
  const { picker } = draft
  if (!picker || event.isComposing) return false
  const found = candidates(chat, picker.query)
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step !== undefined) picker.index = (picker.index + step + found.length) % found.length
  else if (event.key === 'Enter' || event.key === 'Tab') {
    choose(draft, found[picker.index] ?? '', event.target as HTMLTextAreaElement)
  } else if (event.key === 'Escape') draft.picker = undefined
  else return false
  event.preventDefault()
  change()
  return true
}

export function mentionPicker(
  chat: SandboxChat,
  draft: Draft,
  scope: string,
): TemplateResult | typeof nothing {
  const { picker } = draft
  if (!picker) return nothing
  return html`<ul class="mention-picker" id=${`mentions-${scope}`} role="listbox" aria-label=${t('mentionSomeone')} data-testid="mention-picker">
    ${repeat(
      candidates(chat, picker.query),
      (id) => id,
      (id, at) => html`<li
        id=${`mention-${scope}-${at}`}
        class="person ${at === picker.index ? 'person-active' : ''}"
        role="option"
        aria-selected=${at === picker.index}
        data-testid="mention-option"
        data-person=${id}
        data-name=${nameOf(id)}
        @mousedown=${(event: MouseEvent) => {
          event.preventDefault()
          choose(draft, id, areaBeside(event))
        }}
      >
        ${avatar(id, 'small')}<span class="person-name">${nameOf(id)}</span>
        ${isBot(id) ? html`<span class="tag tag-bot">${t('bot')}</span>` : html`<span class="person-title">${person(id)?.title}</span>`}
      </li>`,
    )}
  </ul>`
}

/** The bot first: it is whom one mostly wants. */
function candidates(chat: SandboxChat, query: string): string[] {
  const wanted = query.toLowerCase()
  const all = [
    ...(chat.botIsMember ? [state.bot.open_id] : []),
    ...chat.members.filter((id) => id !== state.me),
  ]
  return all.filter((id) => `${nameOf(id)} ${person(id)?.title ?? ''}`.toLowerCase().includes(wanted))
}

/** A finished `@name` is no question for whom. */
function alreadyMentioned(draft: Draft, query: string): boolean {
  return query !== '' && draft.mentions.some((one) => one.name === query)
}

function choose(draft: Draft, id: string, area: HTMLTextAreaElement): void {
  const { picker } = draft
  if (!picker || !id) return
  const name = nameOf(id)
  const end = picker.from + 1 + picker.query.length
  area.setRangeText(`@${name} `, picker.from, end, 'end')
  draft.text = area.value
  draft.mentions = [...draft.mentions.filter((one) => one.name !== name), { open_id: id, name }]
  draft.picker = undefined
  change()
  area.focus()
}

function areaBeside(event: Event): HTMLTextAreaElement {
  return (event.currentTarget as HTMLElement)
    .closest('.composer')
    ?.querySelector('textarea') as HTMLTextAreaElement
}
