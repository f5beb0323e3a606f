import { html, nothing, type TemplateResult } from 'lit-html'
import type { SandboxMessage } from '../api.ts'
import { fileUrl } from './api.ts'
import { card } from './card/card.ts'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { asRecord, postLines } from './plain.ts'
import { link, mention, richText } from './rich-text.ts'
import { change, state } from './store.ts'

/** What a message says, by its kind. `scope` tells the places apart where the same message may stand twice. */
export function messageContent(message: SandboxMessage, scope: string): TemplateResult {
  const content = asRecord(message.content)
  switch (message.msg_type) {
    case 'text':
      return html`<div class="bubble">${foldable(message, String(content.text ?? ''))}</div>`
    case 'post':
      return html`<div class="bubble">${post(content)}</div>`
    case 'image':
      return picture(String(content.image_key ?? ''), t('image'))
    case 'file':
      return fileCard(String(content.file_key ?? ''), String(content.file_name ?? t('unnamedFile')))
    case 'interactive':
      return card(message, content, scope)
    default:
      return html`<div class="bubble muted">${t('unsupportedMessage')}</div>`
  }
}

const longText = 900
const manyLines = 24

/** Long texts are cut short until asked for. */
function foldable(message: SandboxMessage, text: string): TemplateResult {
  const long = text.length > longText || text.split('\n').length > manyLines
  const folded = long && !state.unfolded.has(message.message_id)
  const toggle = () => {
    if (folded) state.unfolded.add(message.message_id)
    else state.unfolded.delete(message.message_id)
    change()
  }
  return html`<div class="text ${folded ? 'text-folded' : ''}" data-testid="text">${richText(text, message.mentions)}</div>
    ${
      long
        ? html`<button class="link-button" aria-expanded=${!folded} @click=${toggle}>
            ${folded ? t('expand') : t('collapse')}
          </button>`
        : nothing
    }`
}

function post(content: Record<string, unknown>): TemplateResult {
  const title = asRecord(content.zh_cn ?? content.en_us ?? content).title
  return html`<div class="text" data-testid="text">
    ${title ? html`<strong>${title}</strong>` : nothing}
    ${postLines(content).map((line) => html`<div>${line.map(postPiece)}</div>`)}
  </div>`
}

function postPiece(value: unknown): TemplateResult {
  const piece = asRecord(value)
  const text = String(piece.text ?? '')
  if (piece.tag === 'a') return link(String(piece.href ?? ''), text)
  if (piece.tag === 'at') return mention(String(piece.user_id ?? ''), String(piece.user_name ?? ''))
  if (piece.tag === 'img') return picture(String(piece.image_key ?? ''), t('image'))
  if (piece.tag === 'hr') return html`<hr />`
  return html`${text}`
}

/** An image that opens in full when it is clicked. */
export function picture(key: string, alt: string): TemplateResult {
  const src = fileUrl(key)
  return html`<button class="picture" aria-label=${t('enlarge')} @click=${() => change({ preview: { src, alt } })}>
    <img src=${src} alt=${alt} />
  </button>`
}

function fileCard(key: string, name: string): TemplateResult {
  const type = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? ''
  return html`<a class="file" href=${fileUrl(key)} download=${name} data-testid="file" aria-label=${t('download', { name })}>
    <span class="file-type">${type ? type.slice(0, 4) : icon('file')}</span>
    <span class="file-name" title=${name}>${name}</span>
    ${icon('download')}
  </a>`
}
