import { maskPersonal } from '../domain/masking.ts'
import type { Action, Block, Entry, Field, Form, FormField, Message } from './message.ts'

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
    case 'form':
      return { ...block, form: maskedForm(block.form) }
    case 'actions':
      return { ...block, actions: block.actions.map(maskedAction) }
    // Our own words and numbers.
    case 'chart':
    case 'divider':
      return block
  }
}

function maskedField(field: Field): Field {
  return { ...field, value: maskPersonal(field.value) }
}

function maskedEntry(entry: Entry): Entry {
  return {
    ...entry,
    text: maskPersonal(entry.text),
    note: entry.note && maskPersonal(entry.note),
    ...(entry.actions && { actions: entry.actions.map(maskedAction) }),
  }
}

/** What a button sends stays as it is; what it says does not. */
function maskedAction(action: Action): Action {
  return {
    ...action,
    label: maskPersonal(action.label),
    ...(action.confirm !== undefined && { confirm: maskPersonal(action.confirm) }),
  }
}

/** A form comes filled in with what somebody wrote. */
function maskedForm(form: Form): Form {
  return { ...form, fields: form.fields.map(maskedFormField), submit: maskedAction(form.submit) }
}

function maskedFormField(field: FormField): FormField {
  if (field.kind === 'choice' || field.kind === 'choices') {
    const options = field.options.map(({ value, label }) => ({ value, label: maskPersonal(label) }))
    return { ...field, options }
  }
  if (field.kind === 'date' || field.initial === undefined) return field
  return { ...field, initial: maskPersonal(field.initial) }
}

function maskedRow(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([key, text]) => [key, maskPersonal(text)]))
}
