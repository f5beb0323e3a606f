import { html, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { change, state, type Toast } from './store.ts'

const shownFor = 4_500
let lastId = 0

/** Says something for a few seconds at the top of the page. */
export function toast(type: Toast['type'], content: string, action?: Toast['action']): void {
  lastId += 1
  const id = lastId
  change({ toasts: [...state.toasts, { id, type, content, action }].slice(-4) })
  setTimeout(() => dismiss(id), action ? shownFor * 3 : shownFor)
}

export function toasts(): TemplateResult {
  return html`<div class="toasts" role="status" aria-live="polite">
    ${repeat(
      state.toasts,
      ({ id }) => id,
      ({ id, type, content, action }) => html`<div
        class="toast toast-${type}"
        data-testid="toast"
        data-type=${type}
        role=${type === 'error' ? 'alert' : 'status'}
      >
        ${icon(type === 'success' ? 'check' : type === 'info' ? 'info' : 'warning')}
        <span class="toast-text">${content}</span>
        ${
          action &&
          html`<button class="link-button" @click=${() => {
            action.run()
            dismiss(id)
          }}>${action.label}</button>`
        }
        <button class="icon-button small" aria-label=${t('close')} @click=${() => dismiss(id)}>${icon('close')}</button>
      </div>`,
    )}
  </div>`
}

function dismiss(id: number): void {
  change({ toasts: state.toasts.filter((one) => one.id !== id) })
}
