import { html, nothing, type TemplateResult } from 'lit-html'
import { t } from '../i18n.ts'
import { buttonKey } from './behaviors.ts'
import { pressButton } from './press.ts'
import { type CardContext, type CardElement, contentOf } from './schema.ts'

const types = new Set([
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
])
const sizes = new Set(['tiny', 'small', 'medium', 'large'])

export function buttonElement(element: CardElement, context: CardContext): TemplateResult {
  const type = types.has(String(element.type)) ? element.type : 'default'
  const size = sizes.has(String(element.size)) ? element.size : 'medium'
  const label = contentOf(element.text)
  const busy = context.session.busy === buttonKey(element)
  const disabled = element.disabled === true
  return html`<button
    type="button"
    class="button button-${type} button-${size} ${element.width === 'fill' ? 'button-fill' : ''} ${busy ? 'button-busy' : ''}"
    data-testid="card-button"
    data-name=${String(element.name ?? '')}
    data-label=${label}
    data-busy=${busy}
    title=${disabled ? contentOf(element.disabled_tips) || nothing : contentOf(element.hover_tips) || nothing}
    aria-busy=${busy}
    ?disabled=${disabled || context.session.busy !== undefined}
    @click=${() => pressButton(element, context)}
  >
    ${busy ? html`<i class="spinner" role="status" aria-label=${t('submitting')}></i>` : nothing}<span>${label}</span>
  </button>`
}
