import { html, type TemplateResult } from 'lit-html'
import { fileUrl } from '../api.ts'
import { t } from '../i18n.ts'
import { change } from '../store.ts'
import { type CardElement, contentOf } from './schema.ts'

/** A picture; a click shows it in full unless the card says otherwise. */
export function imageElement(element: CardElement): TemplateResult {
  const src = fileUrl(String(element.img_key ?? ''))
  const alt = contentOf(element.alt)
  const fit = String(element.scale_type ?? '').startsWith('crop') ? 'card-image-crop' : ''
  const image = html`<img class="card-image ${fit}" src=${src} alt=${alt} />`
  if (element.preview === false) return image
  return html`<button class="picture" aria-label=${[t('enlarge'), alt].filter(Boolean).join('：')}
    @click=${() => change({ preview: { src, alt } })}
  >
    ${image}
  </button>`
}
