import { html, nothing, type TemplateResult } from 'lit-html'
import { ref } from 'lit-html/directives/ref.js'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { change, state } from './store.ts'

/** What lies over the page: a question to answer, an image in full. */
export function dialogs(): TemplateResult {
  return html`${question()}${preview()}`
}

function question(): TemplateResult | typeof nothing {
  const { question: asked } = state
  if (!asked) return nothing
  return html`<dialog class="dialog" data-testid="confirm" aria-labelledby="dialog-title" ${ref(openModal)}
    @cancel=${(event: Event) => {
      event.preventDefault()
      asked.answer(false)
    }}
  >
    <h2 id="dialog-title">${asked.title}</h2>
    ${asked.text ? html`<p>${asked.text}</p>` : nothing}
    <div class="dialog-buttons">
      <button class="button" data-testid="confirm-cancel" @click=${() => asked.answer(false)}>${t('cancel')}</button>
      <button class="button button-primary_filled" data-testid="confirm-ok" @click=${() => asked.answer(true)}>${t('ok')}</button>
    </div>
  </dialog>`
}

function preview(): TemplateResult | typeof nothing {
  const { preview: shown } = state
  if (!shown) return nothing
  const close = () => change({ preview: undefined })
  return html`<dialog class="lightbox" data-testid="preview" aria-label=${shown.alt} ${ref(openModal)} @close=${close} @click=${close}>
    <img src=${shown.src} alt=${shown.alt} />
    <button class="icon-button" aria-label=${t('close')} @click=${close}>${icon('close')}</button>
  </dialog>`
}

function openModal(element: Element | undefined): void {
  if (element instanceof HTMLDialogElement && !element.open) queueMicrotask(() => element.showModal())
}
