import type { Action, Block, Entry } from '../../../src/messages/message.ts'
import { renderButton, renderButtonRow } from './button.ts'
import type { Element } from './element.ts'
import { column, columnSet, narrowColumn } from './element.ts'
import { escapeMarkdown } from './escape.ts'
import { textColors } from './tones.ts'
import { width } from './width.ts'

/** Labels up to this width, in halves of a Chinese character, leave the words room beside them on a phone. */
const widestBeside = 10

/**
 * One line a piece, its note below in grey. A list may be long and a card holds 200 elements, so an entry's words are
 * one markdown element rather than several plain ones.
 */
export function renderEntries({ entries }: Extract<Block, { kind: 'entries' }>): Element[] {
  return entries.flatMap(renderEntry)
}

function renderEntry(entry: Entry): Element[] {
  const words: Element = { tag: 'markdown', content: renderWords(entry) }
  const actions = entry.actions ?? []
  if (actions.length === 0) return [words]
  if (sumOfWidths(actions) > widestBeside) return [words, ...renderButtonRow(actions, 'small')]
  const buttons = actions.map((action) => narrowColumn([renderButton(action, { size: 'small' })]))
  return [columnSet([column([words], { vertical_align: 'center' }), ...buttons], 'none')]
}

function sumOfWidths(actions: Action[]): number {
  return actions.reduce((sum, { label }) => sum + width(label), 0)
}

function renderWords({ text, note, tone }: Entry): string {
  const line = colored(escapeMarkdown(text), tone ? textColors[tone] : 'default')
  return note ? `${line}\n${colored(escapeMarkdown(note), 'grey')}` : line
}

function colored(escaped: string, color: string): string {
  return color === 'default' ? escaped : `<font color='${color}'>${escaped}</font>`
}
