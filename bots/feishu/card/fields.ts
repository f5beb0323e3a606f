import type { Block, Field } from '../../../src/messages/message.ts'
import type { Element } from './element.ts'
import { column, columnSet, paragraph, smallPrint } from './element.ts'
import { textColors } from './tones.ts'

/** The widest value, in halves of a Chinese character, that still stands well in half a phone's width. */
const shortWidth = 22

/** Label above value: two short fields side by side, a long one on its own. */
export function renderFields({ fields }: Extract<Block, { kind: 'fields' }>): Element[] {
  const rows: Element[] = []
  let waiting: Field | undefined
  for (const field of fields) {
    if (!isShort(field)) {
      if (waiting) rows.push(row([waiting]))
      waiting = undefined
      rows.push(row([field]))
    } else if (waiting) {
      rows.push(row([waiting, field]))
      waiting = undefined
    } else {
      waiting = field
    }
  }
  if (waiting) rows.push(row([waiting]))
  return rows
}

function row(fields: Field[]): Element {
  return columnSet(fields.map(cell), fields.length === 2 ? 'bisect' : 'none')
}

function cell({ label, value, tone }: Field): Element {
  return column([
    smallPrint(label),
    paragraph(value.trim() || '—', tone ? { text_color: textColors[tone] } : {}),
  ])
}

function isShort({ label, value }: Field): boolean {
  return !value.includes('\n') && width(value) <= shortWidth && width(label) <= shortWidth
}

/** In halves of a Chinese character. */
function width(text: string): number {
  let halves = 0
  for (const character of text) halves += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
  return halves
}
