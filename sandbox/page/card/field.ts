import { html, nothing, type TemplateResult } from 'lit-html'
import { t } from '../i18n.ts'
import { change } from '../store.ts'
import { type CardContext, type CardElement, contentOf, partId } from './schema.ts'

/** What every field of a form has around its control. */
export interface FieldParts {
  id: string
  /** For the control's `aria-label`, where no visible text names it. */
  label: string
  /** Ids of the texts that name it, for `aria-labelledby`. */
  labelledBy: string | undefined
  describedBy: string | undefined
  invalid: boolean
  disabled: boolean
  set: (value: string) => void
}

/** A control with its label above it and what is wrong with it below. */
export function field(
  element: CardElement,
  context: CardContext,
  control: (parts: FieldParts) => TemplateResult,
): TemplateResult {
  const name = String(element.name ?? '')
  const id = partId(context, `field-${name}`)
  const label = contentOf(element.label)
  const fault = context.session.errors.get(name)
  const parts: FieldParts = {
    id,
    label: label || context.labelledBy?.text || contentOf(element.placeholder) || name,
    labelledBy: label ? `${id}-label` : context.labelledBy?.id,
    describedBy: fault ? `${id}-error` : undefined,
    invalid: fault !== undefined,
    disabled: element.disabled === true || !context.form || context.session.busy !== undefined,
    set: (value) => {
      context.session.values.set(name, value)
      context.session.errors.delete(name)
      change()
    },
  }
  return html`<div
    class="field ${element.label_position === 'left' ? 'field-left' : ''} ${fault ? 'field-invalid' : ''}"
    title=${context.form ? nothing : t('formOnly')}
  >
    ${
      label
        ? html`<label class="field-label" id=${`${id}-label`} for=${id}
            >${label}${element.required === true ? html`<span class="field-required" aria-hidden="true">*</span>` : nothing}</label
          >`
        : nothing
    }
    <div class="field-control">${control(parts)}</div>
    ${
      fault
        ? html`<p class="field-error" id=${`${id}-error`} role="alert" data-testid="field-error" data-name=${name}>${fault}</p>`
        : nothing
    }
  </div>`
}
