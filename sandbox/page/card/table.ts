import { html, nothing, type TemplateResult } from 'lit-html'
import { type StyleInfo, styleMap } from 'lit-html/directives/style-map.js'
import { t } from '../i18n.ts'
import { icon } from '../icons.ts'
import { asRecord } from '../plain.ts'
import { mention } from '../rich-text.ts'
import { change, state } from '../store.ts'
import { dayOf } from '../time.ts'
import { textTag } from './header.ts'
import { markdown } from './markdown.ts'
import type { CardContext, CardElement } from './schema.ts'
import { styles } from './style.ts'

interface Column {
  name: string
  display_name?: string
  data_type?: string
  width?: string
  horizontal_align?: string
  format?: { precision?: number; symbol?: string; separator?: boolean }
}

/** Rows in pages. Which page is shown stays with the card. */
export function tableElement(element: CardElement, context: CardContext): TemplateResult {
  const columns = (Array.isArray(element.columns) ? element.columns : []) as Column[]
  const rows = (Array.isArray(element.rows) ? element.rows : []).map(asRecord)
  const size = Math.min(Math.max(Number(element.page_size) || 5, 1), 10)
  const pages = Math.max(Math.ceil(rows.length / size), 1)
  const key = element.element_id ?? columns.map((one) => one.name).join('|')
  const page = Math.min(context.session.pages.get(key) ?? 0, pages - 1)
  const turn = (to: number) => {
    context.session.pages.set(key, to)
    change()
  }
  return html`<div class="card-table" data-testid="card-table">
    <div class="card-table-scroll" tabindex="0" role="region" aria-label=${columns.map((one) => one.display_name).join(' ')}>
      <table>
        <thead>
          <tr>
            ${columns.map((one) => html`<th scope="col" style=${styleMap(cellStyle(one))}>${one.display_name ?? one.name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(page * size, (page + 1) * size).map(
            (row) => html`<tr>
                ${columns.map((one) => html`<td style=${styleMap(cellStyle(one))}>${cell(row[one.name], one)}</td>`)}
              </tr>`,
          )}
          ${rows.length === 0 ? html`<tr><td colspan=${columns.length} class="muted">${t('emptyTable')}</td></tr>` : nothing}
        </tbody>
      </table>
    </div>
    ${pages > 1 ? pager(page, pages, turn) : nothing}
  </div>`
}

function pager(page: number, pages: number, turn: (to: number) => void): TemplateResult {
  return html`<div class="pager">
    <button class="icon-button small" data-testid="table-previous" aria-label=${t('previousPage')} ?disabled=${page === 0} @click=${() => turn(page - 1)}>
      ${icon('left')}
    </button>
    <span aria-live="polite">${t('page', { n: page + 1, m: pages })}</span>
    <button class="icon-button small" data-testid="table-next" aria-label=${t('nextPage')} ?disabled=${page === pages - 1} @click=${() => turn(page + 1)}>
      ${icon('right')}
    </button>
  </div>`
}

function cell(value: unknown, column: Column): unknown {
  if (value === undefined || value === null || value === '') return nothing
  switch (column.data_type) {
    case 'lark_md':
    case 'markdown':
      return html`<div class="markdown">${markdown(String(value))}</div>`
    case 'options':
      return optionsOf(value).map(({ text, color }) => textTag(text, color ?? 'grey'))
    case 'number':
      return formatNumber(Number(value), column.format)
    case 'persons':
      return [value].flat().map((id) => mention(String(id)))
    case 'date':
      return dayOf(Number(value), state.clock.timezone)
    default:
      return String(value)
  }
}

function optionsOf(value: unknown): { text: string; color?: unknown }[] {
  return [value].flat().map((one) => {
    const { text, color } = asRecord(one)
    return typeof text === 'string' ? { text, color } : { text: String(one) }
  })
}

function formatNumber(
  value: number,
  { precision, symbol = '', separator = false }: Column['format'] = {},
): string {
  if (Number.isNaN(value)) return ''
  const digits =
    precision === undefined ? {} : { minimumFractionDigits: precision, maximumFractionDigits: precision }
  return (
    symbol + value.toLocaleString('en-US', { useGrouping: separator, maximumFractionDigits: 10, ...digits })
  )
}

function cellStyle({ width, horizontal_align, data_type }: Column): StyleInfo {
  const align = horizontal_align ?? (data_type === 'number' ? 'right' : 'left')
  const wide = typeof width === 'string' && /^\d{1,3}(px|%)$/.test(width) ? width : undefined
  return styles({ 'text-align': align === 'center' || align === 'right' ? align : 'left', width: wide })
}
