import { html, type TemplateResult } from 'lit-html'
import { styleMap } from 'lit-html/directives/style-map.js'
import { icon } from '../icons.ts'
import { asRecord } from '../plain.ts'
import type { CardContext, CardElement, CardText } from './schema.ts'
import { backgroundClass, edges, hueOf, space, styles } from './style.ts'
import { textObject } from './text.ts'

/** A part that folds away below its title. */
export function collapsiblePanel(element: CardElement, context: CardContext): TemplateResult {
  const header = asRecord(element.header)
  const border = element.border
    ? `panel-border hue-name-${hueOf(asRecord(element.border).color) ?? 'grey'}`
    : ''
  return html`<details class="panel ${border} ${backgroundClass(element.background_color)}" ?open=${element.expanded === true}>
    <summary class=${backgroundClass(header.background_color)} style=${styleMap(styles({ padding: edges(header.padding) }))}>
      ${icon('right')}<span class="panel-title">${textObject((header.title ?? {}) as CardText)}</span>
    </summary>
    <div class="panel-body" style=${styleMap(styles({ padding: edges(element.padding), gap: space(element.vertical_spacing) }))}>
      ${context.render(element.elements, { ...context, labelledBy: undefined })}
    </div>
  </details>`
}
