import type { Block, Column, Field, Message } from '../../messages/message.ts'
import { displayWidth, padEnd, padStart } from './display-width.ts'

const gap = '  '

/** A message as lines of a terminal. Buttons, forms and charts have no place there; their figures stand in tables. */
export function messageText({ title, blocks }: Message): string {
  return [title, ...blocks.map(blockText)].filter((text) => text !== '').join('\n\n')
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'quote':
    case 'note':
      return block.text
    case 'fields':
      return fieldsText(block.fields)
    case 'table':
      return tableText(block.columns, block.rows)
    case 'entries':
      return block.entries.map(({ text, note }) => [text, note].filter(Boolean).join(gap)).join('\n')
    case 'actions':
    case 'form':
    case 'chart':
    case 'divider':
      return ''
  }
}

/** Labels and values, each in a column of its own. */
export function fieldsText(fields: readonly Field[]): string {
  const width = Math.max(...fields.map(({ label }) => displayWidth(label)))
  return fields.map(({ label, value }) => `${padEnd(label, width)}${gap}${value}`).join('\n')
}

/** A header, and a line for each row; every column as wide as its widest cell. */
export function tableText(columns: readonly Column[], rows: readonly Record<string, string>[]): string {
  const widths = columns.map(({ key, label }) =>
    Math.max(displayWidth(label), ...rows.map((row) => displayWidth(row[key] ?? ''))),
  )
  const lines = [
    columns.map(({ label }) => label),
    widths.map((width) => '-'.repeat(width)),
    ...rows.map((row) => columns.map(({ key }) => row[key] ?? '')),
  ]
  return lines
    .map((cells) =>
      cells
        .map((cell, index) => {
          const pad = columns[index]?.align === 'right' ? padStart : padEnd
          return pad(cell, widths[index] ?? 0)
        })
        .join(gap)
        .trimEnd(),
    )
    .join('\n')
}
