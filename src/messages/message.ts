/**
 * A message in no platform's words. `messages/` makes it from data; a bot turns it into a card or into text.
 * All strings are plain text: a bot must escape whatever its platform would read as markup.
 */
export interface Message {
  /** One line: the card's header and the notification. A message of a title alone is sent as plain text. */
  title: string
  tone: Tone
  blocks: Block[]
  /** People whom the platform must alert, each once. */
  mentions?: Mention[]
}

export type Tone = 'info' | 'success' | 'warning' | 'danger' | 'muted'

/** `account` is the person's id on the platform that the message goes to. */
export interface Mention {
  account: string
  name: string
}

export type Block =
  | { kind: 'text'; text: string; strong?: boolean }
  /** The citizen's own words. */
  | { kind: 'quote'; text: string }
  | { kind: 'fields'; fields: Field[] }
  /** `seeAll`: where the rest is found, for those who are not shown all of them. */
  | { kind: 'entries'; entries: Entry[]; seeAll?: string }
  | { kind: 'table'; columns: Column[]; rows: Record<string, string>[] }
  | { kind: 'chart'; chart: Chart }
  | { kind: 'actions'; actions: Action[] }
  | { kind: 'form'; form: Form }
  /** Small print; `on`: which speaks of a card's buttons or forms, and says nothing where there are none. */
  | { kind: 'note'; text: string; on?: 'cards' }
  | { kind: 'divider' }

export interface Field {
  label: string
  value: string
  tone?: Tone
}

/** One line of a list: an item, say, with what can be done about it. */
export interface Entry {
  text: string
  note?: string
  tone?: Tone
  actions?: Action[]
}

export interface Column {
  key: string
  label: string
  align?: 'left' | 'right'
}

export interface Chart {
  type: 'bar' | 'pie'
  title: string
  values: { label: string; value: number; group?: string }[]
  /** What a group means, so that it is not told by its name alone. */
  tones?: Record<string, Tone>
}

/** A button: pressing it runs the chat command of that name with these arguments. */
export interface Action {
  label: string
  style: 'primary' | 'default' | 'danger'
  command: string
  args: Record<string, string | number | boolean>
  /** Asked before the action is taken. */
  confirm?: string
}

/** A form: submitting runs `submit` with the fields' values, by their names, added to its arguments. */
export interface Form {
  /** Unique within the message. */
  id: string
  fields: FormField[]
  submit: Action
}

export type FormField =
  | {
      kind: 'choice'
      name: string
      label: string
      required: boolean
      options: { value: string; label: string }[]
      initial?: string
    }
  /** Any number of them; its value is a list. */
  | {
      kind: 'choices'
      name: string
      label: string
      required: boolean
      options: { value: string; label: string }[]
      initial?: string[]
    }
  | {
      kind: 'text'
      name: string
      label: string
      required: boolean
      multiline?: boolean
      maxLength: number
      placeholder?: string
      initial?: string
    }
  /** Its value is a date, `2026-11-30`. */
  | { kind: 'date'; name: string; label: string; required: boolean; initial?: string }

/** A message that is one line of text. */
export function line(title: string, tone: Tone = 'info', mentions: Mention[] = []): Message {
  return { title, tone, blocks: [], mentions }
}
