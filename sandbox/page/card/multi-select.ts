import { html, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { t } from '../i18n.ts'
import { asRecord } from '../plain.ts'
import { control } from './control.ts'
import { field } from './field.ts'
import { asChosen, chosenOf, fieldValue } from './form-values.ts'
import { type CardContext, type CardElement, contentOf } from './schema.ts'

/** Any number of several: folded away, what is chosen stands in the line that unfolds it. */
export function multiSelectElement(element: CardElement, context: CardContext): TemplateResult {
  const chosen = new Set(chosenOf(fieldValue(element, context.session)))
  const options = (Array.isArray(element.options) ? element.options : []).map((one) => {
    const option = asRecord(one)
    return { value: String(option.value ?? ''), label: contentOf(option.text) }
  })
  const labels = options.filter(({ value }) => chosen.has(value)).map(({ label }) => label)
  return field(element, context, (parts) => {
    const choose = (value: string, isChosen: boolean) =>
      parts.set(
        asChosen(
          options
            .filter((one) => (one.value === value ? isChosen : chosen.has(one.value)))
            .map((one) => one.value),
        ),
      )
    return html`<details class="choices">
      <summary class="input select ${labels.length === 0 ? 'select-empty' : ''}" ${control(element, parts)}>
        ${labels.join('、') || contentOf(element.placeholder) || t('choose')}
      </summary>
      <div class="choices-list" role="group" aria-label=${parts.label}>
        ${options.map(
          ({ value, label }) => html`<label class="choice">
            <input
              type="checkbox"
              data-testid="card-choice"
              data-value=${value}
              .checked=${live(chosen.has(value))}
              ?disabled=${parts.disabled}
              @change=${(event: Event) => choose(value, (event.target as HTMLInputElement).checked)}
            /><span>${label}</span>
          </label>`,
        )}
      </div>
    </details>`
  })
}
