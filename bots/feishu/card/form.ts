import type { CardWords } from '../../../src/messages/limits.ts'
import type { Block, Form, FormField } from '../../../src/messages/message.ts'
import { renderButton } from './button.ts'
import type { Element } from './element.ts'
import { paragraph, plain } from './element.ts'
import type { Names } from './names.ts'

type Choice = Extract<FormField, { kind: 'choice' }>
type Options = Choice['options']

/** The platform's bound on one input. */
const maxInputLength = 1000

/** The client refuses to submit while a required field is empty; what comes back is keyed by the fields' names. */
export function renderForm(
  { form }: Extract<Block, { kind: 'form' }>,
  { names, words }: { names: Names; words: CardWords },
): Element[] {
  return [
    {
      tag: 'form',
      name: names.take(form.id),
      vertical_spacing: '8px',
      elements: [
        ...form.fields.flatMap((field) => [label(field), input(field, names.take(field.name), words)]),
        submitButton(form, names),
      ],
    },
  ]
}

function label({ label, required }: FormField): Element {
  return paragraph(required ? `${label} *` : label)
}

function input(field: FormField, name: string, words: CardWords): Element {
  const common = { name, required: field.required, width: 'fill' }
  switch (field.kind) {
    case 'choice':
      return {
        tag: 'select_static',
        ...common,
        placeholder: plain(words.choose),
        ...initialChoice(field),
        options: optionsOf(field),
      }
    case 'choices':
      return {
        tag: 'multi_select_static',
        ...common,
        placeholder: plain(words.choose),
        options: optionsOf(field),
        ...initialChoices(field),
      }
    case 'text':
      return {
        tag: 'input',
        ...common,
        ...(field.multiline && { input_type: 'multiline_text', rows: 3 }),
        max_length: Math.max(1, Math.min(maxInputLength, field.maxLength)),
        placeholder: plain(field.placeholder ?? words.fillIn),
        ...(field.initial && { default_value: [...field.initial].slice(0, maxInputLength).join('') }),
      }
    case 'date':
      return {
        tag: 'date_picker',
        ...common,
        placeholder: plain(words.chooseDate),
        ...(isDate(field.initial) && { initial_date: field.initial }),
      }
  }
}

/** The platform refuses a card with any other initial date. */
function isDate(text: string | undefined): boolean {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)
}

/** The platform counts a select's options from 1. */
function initialChoice({ options, initial }: Choice): {
  initial_index?: number
} {
  const index = distinct(options).findIndex((option) => option.value === initial)
  return index === -1 ? {} : { initial_index: index + 1 }
}

/** The platform refuses a card with any other. */
function initialChoices({ options, initial = [] }: Extract<FormField, { kind: 'choices' }>): {
  selected_values?: string[]
} {
  const known = initial.filter((value) => options.some((option) => option.value === value))
  return known.length === 0 ? {} : { selected_values: [...new Set(known)] }
}

function optionsOf({ options }: { options: Options }): Element['options'] {
  return distinct(options).map(({ value, label }) => ({ text: plain(label), value }))
}

/** The platform takes no two options of one value. */
function distinct(options: Options): Options {
  return [...new Map(options.map((option) => [option.value, option])).values()]
}

function submitButton({ id, submit }: Form, names: Names): Element {
  return renderButton(submit, { name: names.take(`${id}_submit`), form_action_type: 'submit' })
}
