import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { repeat } from 'lit-html/directives/repeat.js'
import type { SandboxChat } from '../api.ts'
import { attach, sendDraft } from './actions.ts'
import { type TextKey, t } from './i18n.ts'
import { icon } from './icons.ts'
import { isPlainEnter } from './keys.ts'
import { closePicker, mentionPicker, openPicker, pickerKey, watchForMention } from './mention-picker.ts'
import { plainText } from './plain.ts'
import { isWechat } from './platform.ts'
import { chatTitle, draftAt, draftKey, messageById, nameOf } from './select.ts'
import { change, type Draft } from './store.ts'
import { quotedLine } from './wechat-message.ts'

/** Where a message is written: in the conversation, or below the root of a thread. */
export function composer(chat: SandboxChat, thread: string | undefined): TemplateResult {
  if (chat.dissolved) {
    return html`<footer class="composer-closed" data-testid="dissolved">${t('dissolvedNotice')}</footer>`
  }
  const key = draftKey(thread)
  const draft = draftAt(key)
  const scope = thread ? 'thread' : 'main'
  const label = thread ? t('composerThread') : t('composerTo', { name: chatTitle(chat) })
  const empty = draft.text.trim() === '' && draft.files.length === 0
  return html`<footer class="composer composer-${scope}">
    ${mentionPicker(chat, draft, scope)}
    <div class="composer-box">
      ${replyLine(draft, chat)} ${attachments(draft)}
      <div class="composer-text">
        <div class="composer-mirror" aria-hidden="true">${mirrored(draft)}</div>
        <textarea
          data-testid="composer-input"
          rows="1"
          placeholder=${label}
          aria-label=${label}
          aria-describedby=${`composer-hint-${scope}`}
          aria-autocomplete="list"
          aria-controls=${draft.picker ? `mentions-${scope}` : nothing}
          aria-activedescendant=${draft.picker ? `mention-${scope}-${draft.picker.index}` : nothing}
          .value=${live(draft.text)}
          @input=${(event: InputEvent) => write(draft, event.target as HTMLTextAreaElement, chat)}
          @click=${(event: Event) => watchForMention(draft, event.target as HTMLTextAreaElement, chat)}
          @keydown=${(event: KeyboardEvent) => press(event, chat, key, thread)}
          @blur=${() => closePicker(draft)}
          @paste=${(event: ClipboardEvent) => paste(event, key)}
        ></textarea>
      </div>
      <div class="composer-bar">
        ${
          chat.kind === 'group'
            ? html`<button class="icon-button" data-testid="composer-mention" aria-label=${t('mentionSomeone')} title=${t('mentionSomeone')}
                @mousedown=${(event: Event) => event.preventDefault()}
                @click=${(event: Event) => openPicker(draft, areaOf(event), chat)}>${icon('at')}</button>`
            : nothing
        }
        ${fileButton(key, 'image')} ${fileButton(key, 'file')}
        <span class="composer-hint" id=${`composer-hint-${scope}`}>${t(hintFor(chat))}</span>
        <button
          class="send"
          data-testid="send"
          aria-label=${t('send')}
          title=${t('send')}
          ?disabled=${empty}
          @click=${() => sendDraft(key, thread)}
        >
          ${icon('send')}
        </button>
      </div>
    </div>
  </footer>`
}

/** WeChat has no cards: who is to answer there is told how. */
function hintFor(chat: SandboxChat): TextKey {
  return isWechat(chat) && chat.kind === 'group' ? 'composerHintWechat' : 'composerHint'
}

function write(draft: Draft, area: HTMLTextAreaElement, chat: SandboxChat): void {
  draft.text = area.value
  watchForMention(draft, area, chat)
  change()
}

function press(event: KeyboardEvent, chat: SandboxChat, key: string, thread: string | undefined): void {
  const draft = draftAt(key)
  if (pickerKey(event, draft, chat)) return
  if (isPlainEnter(event)) {
    event.preventDefault()
    void sendDraft(key, thread)
  } else if (event.key === 'Escape' && draft.replyTo) {
    event.preventDefault()
    delete draft.replyTo
    change()
  }
}

function paste(event: ClipboardEvent, key: string): void {
  const files = event.clipboardData?.files
  if (!files?.length) return
  event.preventDefault()
  attach(key, files)
}

function replyLine(draft: Draft, chat: SandboxChat): TemplateResult | typeof nothing {
  const target = draft.replyTo ? messageById(draft.replyTo) : undefined
  if (!target) return nothing
  const forget = () => {
    delete draft.replyTo
    change()
  }
  return html`<div class="composer-reply" data-testid="replying-to" data-replying-to=${target.message_id}>
    <span>${isWechat(chat) ? quotedLine(target) : t('replyTo', { name: nameOf(target.sender) }) + plainText(target)}</span>
    <button class="icon-button small" aria-label=${t('cancelReply')} @click=${forget}>${icon('close')}</button>
  </div>`
}

function attachments(draft: Draft): TemplateResult | typeof nothing {
  if (draft.files.length === 0) return nothing
  return html`<ul class="composer-files" data-testid="attachments">
    ${repeat(
      draft.files,
      ({ id }) => id,
      (file) => html`<li class="composer-file">
        ${file.url ? html`<img src=${file.url} alt="" />` : icon('file')}
        <span title=${file.name}>${file.name}</span><small>${sizeLabel(file.size)}</small>
        <button
          class="icon-button small"
          aria-label=${t('removeAttachment', { name: file.name })}
          @click=${() => {
            draft.files = draft.files.filter((one) => one !== file)
            change()
          }}
        >
          ${icon('close')}
        </button>
      </li>`,
    )}
  </ul>`
}

function fileButton(key: string, type: 'image' | 'file'): TemplateResult {
  const label = type === 'image' ? t('attachImage') : t('attachFile')
  const take = (event: Event) => {
    const input = event.target as HTMLInputElement
    attach(key, [...(input.files ?? [])])
    input.value = ''
  }
  return html`<label class="icon-button" title=${label}>
    ${icon(type === 'image' ? 'image' : 'paperclip')}
    <input
      class="unseen"
      type="file"
      multiple
      accept=${type === 'image' ? 'image/*' : '*/*'}
      aria-label=${label}
      data-testid=${`attach-${type}`}
      @change=${take}
    />
  </label>`
}

/** The text once more, behind the field: it gives the field its height, and the mentions their colour. */
function mirrored(draft: Draft): TemplateResult {
  const names = draft.mentions.map((one) => `@${one.name}`).filter((name) => draft.text.includes(name))
  const pieces: (string | TemplateResult)[] = []
  let rest = draft.text
  while (rest) {
    const next = names
      .map((name) => ({ name, at: rest.indexOf(name) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0]
    if (!next) break
    pieces.push(rest.slice(0, next.at), html`<mark>${next.name}</mark>`)
    rest = rest.slice(next.at + next.name.length)
  }
  return html`${pieces}${rest}&#8203;`
}

/** Files dragged over a conversation or a thread may be dropped anywhere on it. */
export function allowDrop(event: DragEvent): void {
  if (!event.dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  const target = event.currentTarget as HTMLElement
  target.toggleAttribute('data-dropping', event.type === 'dragover')
}

export function dropInto(thread: string | undefined): (event: DragEvent) => void {
  return (event) => {
    allowDrop(event)
    if (event.dataTransfer) attach(draftKey(thread), [...event.dataTransfer.files])
  }
}

function areaOf(event: Event): HTMLTextAreaElement {
  return (event.currentTarget as HTMLElement)
    .closest('.composer')
    ?.querySelector('textarea') as HTMLTextAreaElement
}

function sizeLabel(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
