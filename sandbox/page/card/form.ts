import { html, type TemplateResult } from 'lit-html'
import { styleMap } from 'lit-html/directives/style-map.js'
import { type CardContext, type CardElement, elementsOf } from './schema.ts'
import { space, styles } from './style.ts'

/** A form: nothing in it is sent before its submit button is pressed. */
export function formElement(element: CardElement, context: CardContext): TemplateResult {
  const elements = elementsOf(element.elements)
  return html`<form
    class="card-form"
    novalidate
    autocomplete="off"
    data-testid="card-form"
    data-name=${String(element.name ?? '')}
    style=${styleMap(styles({ gap: space(element.vertical_spacing) }))}
    @submit=${(event: Event) => event.preventDefault()}
  >
    ${context.render(elements, { ...context, form: elements, labelledBy: undefined })}
  </form>`
}
