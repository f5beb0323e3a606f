import { html, nothing, type TemplateResult } from 'lit-html'
import { styleMap } from 'lit-html/directives/style-map.js'
import { t } from '../i18n.ts'
import { buttonElement } from './button.ts'
import { chartElement } from './chart.ts'
import { collapsiblePanel } from './collapsible-panel.ts'
import { columnSet } from './columns.ts'
import { dateElement } from './date.ts'
import { inputElement, selectElement } from './fields.ts'
import { formElement } from './form.ts'
import { imageElement } from './image.ts'
import { labelText } from './label.ts'
import { multiSelectElement } from './multi-select.ts'
import { type CardContext, type CardElement, elementsOf, partId } from './schema.ts'
import { edges, styles } from './style.ts'
import { tableElement } from './table.ts'
import { divElement, markdownElement, plainTextElement } from './text.ts'

type Renderer = (element: CardElement, context: CardContext) => TemplateResult

/** What draws each element, by its tag. */
const renderers: Record<string, Renderer> = {
  button: buttonElement,
  chart: chartElement,
  collapsible_panel: collapsiblePanel,
  column_set: columnSet,
  date_picker: dateElement,
  div: divElement,
  form: formElement,
  hr: () => html`<hr />`,
  img: imageElement,
  input: inputElement,
  markdown: markdownElement,
  multi_select_static: multiSelectElement,
  plain_text: plainTextElement,
  select_static: selectElement,
  table: tableElement,
}

/** A list of elements, each in a frame of its own: one that fails leaves the others alone. */
export function renderElements(value: unknown, context: CardContext): TemplateResult {
  let above: CardContext['labelledBy'] = context.labelledBy
  return html`${elementsOf(value).map((element) => {
    const id = labelId(element, context)
    const drawn = frame(element, id, { ...context, labelledBy: above })
    above = id ? { id, text: labelText(element) } : undefined
    return drawn
  })}`
}

function frame(element: CardElement, id: string | undefined, context: CardContext): TemplateResult {
  return html`<div
    class="card-element card-element-${element.tag}"
    id=${id ?? nothing}
    data-testid="card-element"
    data-tag=${element.tag}
    style=${styleMap(styles({ margin: edges(element.margin) }))}
  >
    ${drawn(element, context)}
  </div>`
}

function drawn(element: CardElement, context: CardContext): TemplateResult {
  const draw = Object.hasOwn(renderers, element.tag) ? renderers[element.tag] : undefined
  if (!draw) return placeholder(element, t('unknownElement', { tag: element.tag }))
  try {
    return draw(element, context)
  } catch (error) {
    console.error(`card element ${element.tag}:`, error)
    return placeholder(element, t('brokenElement', { tag: element.tag }))
  }
}

function placeholder(element: CardElement, text: string): TemplateResult {
  return html`<div class="card-unknown" data-testid="card-unknown" data-tag=${element.tag}>${text}</div>`
}

/** Texts may name the field below them, so they have an id. */
function labelId(element: CardElement, context: CardContext): string | undefined {
  const text = labelText(element)
  return text ? partId(context, `text-${hash(text)}`) : undefined
}

function hash(text: string): string {
  let sum = 0
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return sum.toString(36)
}
