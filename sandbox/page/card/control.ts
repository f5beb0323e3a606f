import { noChange } from 'lit-html'
import { Directive, type DirectiveParameters, directive, type ElementPart } from 'lit-html/directive.js'
import type { FieldParts } from './field.ts'
import type { CardElement } from './schema.ts'

/** Puts on a field's control what every one of them carries: its id and name, and what screen readers say of it. */
class Control extends Directive {
  render(_element: CardElement, _parts: FieldParts): unknown {
    return noChange
  }

  override update(part: ElementPart, [element, parts]: DirectiveParameters<this>): unknown {
    const name = String(element.name ?? '')
    const attributes: Record<string, string | undefined> = {
      id: parts.id,
      name,
      'data-testid': 'card-field',
      'data-name': name,
      'aria-label': parts.labelledBy ? undefined : parts.label,
      'aria-labelledby': parts.labelledBy,
      'aria-describedby': parts.describedBy,
      'aria-invalid': String(parts.invalid),
      'aria-required': String(element.required === true),
      disabled: parts.disabled ? '' : undefined,
    }
    for (const [attribute, value] of Object.entries(attributes)) {
      if (value === undefined) part.element.removeAttribute(attribute)
      else if (part.element.getAttribute(attribute) !== value) part.element.setAttribute(attribute, value)
    }
    return noChange
  }
}

export const control = directive(Control)
