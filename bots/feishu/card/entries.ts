import type { Block, Entry } from '../../../src/messages/message.ts'
import { renderButton, renderButtonRow } from './button.ts'
import type { Element } from './element.ts'
import { column, columnSet, narrowColumn } from './element.ts'
import { escapeMarkdown } from './escape.ts'
import { textColors } from './tones.ts'

/**
 * One line a piece, its note below in grey. A list may be long and a card holds 200 elements, so an entry's words are
 * one markdown element rather than several plain ones.
 */
export function renderEntries({ entries }: Extract<Block, { kind: 'entries' }>): Element[] {
  return entries.flatMap(renderEntry)
}

function renderEntry(entry: Entry): Element[] {
  const words: Element = { tag: 'markdown', content: renderWords(entry) }
  const [first, ...more] = entry.actions ?? []
  if (!first) return [words]
  if (more.length > 0) return [words, ...renderButtonRow([first, ...more], 'small')]
  const button = narrowColumn([renderButton(first, { size: 'small' })])
  return [columnSet([column([words], { vertical_align: 'center' }), button], 'none')]
}

function renderWords({ text, note, tone }: Entry): string {
  const line = colored(escapeMarkdown(text), tone ? textColors[tone] : 'default')
  return note ? `${line}\n${colored(escapeMarkdown(note), 'grey')}` : line
}

function colored(escaped: string, color: string): string {
  return color === 'default' ? escaped : `<font color='${color}'>${escaped}</font>`
}
