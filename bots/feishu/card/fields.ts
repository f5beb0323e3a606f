import type { Block, Field } from '../../../src/messages/message.ts'
import type { Element } from './element.ts'
import { column, columnSet, paragraph, smallPrint } from './element.ts'
import { textColors } from './tones.ts'
import { width } from './width.ts'

/** The widest value, in halves of a Chinese character, that still stands well in half and in a third of a phone's width. */
const halfWidth = 26
const thirdWidth = 15
/** So many figures make a panel of three columns. */
const panelSize = 6

/** Label above value: two short fields side by side, figures by three, a long field on its own. */
export function renderFields({ fields }: Extract<Block, { kind: 'fields' }>): Element[] {
  const isPanel = fields.length >= panelSize && fields.every((field) => fitsIn(thirdWidth, field))
  const perRow = isPanel ? 3 : 2
  const rows: Field[][] = []
  for (const field of fields) {
    const last = rows.at(-1)
    const joins = last && last.length < perRow && [...last, field].every((one) => fitsIn(halfWidth, one))
    if (joins) last.push(field)
    else rows.push([field])
  }
  return rows.map((row) => renderRow(row, isPanel))
}

/** In a panel an unfilled row is filled up, so that its columns stand below the others'. */
function renderRow(fields: Field[], isPanel: boolean): Element {
  const cells = fields.map(cell)
  while (isPanel && cells.length < 3) cells.push(column([]))
  return columnSet(cells, 'none')
}

function cell({ label, value, tone }: Field): Element {
  return column([
    smallPrint(label),
    paragraph(value.trim() || '—', tone ? { text_color: textColors[tone] } : {}),
  ])
}

function fitsIn(limit: number, { label, value }: Field): boolean {
  return !value.includes('\n') && width(value) <= limit && width(label) <= limit
}
