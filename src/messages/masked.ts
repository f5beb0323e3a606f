import { maskPersonal } from '../domain/masking.ts'
import type { Block, Entry, Field, Message } from './message.ts'

/** The message as a whole group may read it: whoever wrote a citizen's numbers into it, they are masked. */
export function masked(message: Message): Message {
  return { ...message, title: maskPersonal(message.title), blocks: message.blocks.map(maskedBlock) }
}

function maskedBlock(block: Block): Block {
  switch (block.kind) {
    case 'text':
    case 'quote':
    case 'note':
      return { ...block, text: maskPersonal(block.text) }
    case 'fields':
      return { ...block, fields: block.fields.map(maskedField) }
    case 'entries':
      return { ...block, entries: block.entries.map(maskedEntry) }
    case 'table':
      return { ...block, rows: block.rows.map(maskedRow) }
    // Our own words and numbers.
    case 'form':
    case 'chart':
    case 'actions':
    case 'divider':
      return block
  }
}

function maskedField(field: Field): Field {
  return { ...field, value: maskPersonal(field.value) }
}

function maskedEntry(entry: Entry): Entry {
  return { ...entry, text: maskPersonal(entry.text), note: entry.note && maskPersonal(entry.note) }
}

function maskedRow(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([key, text]) => [key, maskPersonal(text)]))
}
