import { html, type TemplateResult } from 'lit-html'
import { styleMap } from 'lit-html/directives/style-map.js'
import { type CardContext, type CardElement, elementsOf } from './schema.ts'
import { alignment, backgroundClass, edges, space, styles } from './style.ts'

const flexModes = new Set(['none', 'stretch', 'flow', 'bisect', 'trisect'])

/** Columns side by side, by weight, by content or in pixels. */
export function columnSet(element: CardElement, context: CardContext): TemplateResult {
  const mode = flexModes.has(String(element.flex_mode)) ? element.flex_mode : 'none'
  return html`<div
    class="columns columns-${mode} ${backgroundClass(element.background_style)}"
    style=${styleMap(
      styles({
        gap: space(element.horizontal_spacing),
        'justify-content': alignment(element.horizontal_align),
      }),
    )}
  >
    ${elementsOf(element.columns).map((one) => column(one, mode, context))}
  </div>`
}

function column(element: CardElement, mode: unknown, context: CardContext): TemplateResult {
  const style = styles({
    flex: flexOf(element, mode),
    padding: edges(element.padding),
    gap: space(element.vertical_spacing),
    'justify-content': alignment(element.vertical_align),
    'align-items': element.horizontal_align === 'left' ? undefined : alignment(element.horizontal_align),
  })
  return html`<div class="column-of-set ${backgroundClass(element.background_style)}" style=${styleMap(style)}>
    ${context.render(element.elements, { ...context, labelledBy: undefined })}
  </div>`
}

/** Columns that share rows of two or three have their width from the style sheet. */
function flexOf({ width, weight }: CardElement, mode: unknown): string | undefined {
  if (mode === 'bisect' || mode === 'trisect') return undefined
  if (typeof width === 'string' && /^\d{1,3}px$/.test(width)) return `0 1 ${width}`
  if (width === 'weighted') return `${Math.min(Math.max(Number(weight) || 1, 1), 5)} 1 0`
  return '0 1 auto'
}
