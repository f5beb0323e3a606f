import { html, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { t } from '../i18n.ts'
import { asRecord } from '../plain.ts'
import { control } from './control.ts'
import { type FieldParts, field } from './field.ts'
import { fieldValue, maxLengthOf } from './form-values.ts'
import { type CardContext, type CardElement, contentOf } from './schema.ts'

/** A line or several to write in. Too much is said and not cut off: nothing typed gets lost. */
export function inputElement(element: CardElement, context: CardContext): TemplateResult {
  const value = fieldValue(element, context.session)
  const limit = maxLengthOf(element)
  const multiline = element.input_type === 'multiline_text'
  return field(element, context, (parts) => {
    const written = multiline ? textArea(element, value, parts) : textLine(element, value, parts)
    if (!multiline && element.max_length === undefined) return written
    const over = value.length > limit
    return html`${written}<span class="field-count ${over ? 'field-over' : ''}" data-testid="field-count">${value.length}/${limit}</span>`
  })
}

function textLine(element: CardElement, value: string, parts: FieldParts): TemplateResult {
  return html`<input
    class="input"
    type=${element.input_type === 'password' ? 'password' : 'text'}
    placeholder=${contentOf(element.placeholder)}
    ${control(element, parts)}
    .value=${live(value)}
    @input=${(event: Event) => parts.set((event.target as HTMLInputElement).value)}
  />`
}

function textArea(element: CardElement, value: string, parts: FieldParts): TemplateResult {
  const rows = Math.min(Math.max(Number(element.rows) || 3, 1), 12)
  return html`<textarea
    class="input"
    rows=${rows}
    placeholder=${contentOf(element.placeholder)}
    ${control(element, parts)}
    .value=${live(value)}
    @input=${(event: Event) => parts.set((event.target as HTMLTextAreaElement).value)}
  ></textarea>`
}

/** One of several. */
export function selectElement(element: CardElement, context: CardContext): TemplateResult {
  const value = fieldValue(element, context.session)
  const options = (Array.isArray(element.options) ? element.options : []).map(asRecord)
  const empty = contentOf(element.placeholder) || t('choose')
  return field(
    element,
    context,
    (parts) => html`<select
      class="input select ${value === '' ? 'select-empty' : ''}"
    ${control(element, parts)}
      @change=${(event: Event) => parts.set((event.target as HTMLSelectElement).value)}
    >
      <option value="" .selected=${live(value === '')}>${empty}</option>
      ${options.map(
        (option) =>
          html`<option value=${String(option.value ?? '')} .selected=${live(value === String(option.value ?? ''))}>
            ${contentOf(option.text)}
          </option>`,
      )}
    </select>`,
  )
}
