import { Refusal } from './row-fault.ts'

/**
 * Readers of single fields, from a file's cell or a JSON value alike. Nothing written (undefined, null, blank) is
 * null.
 */
export type FieldReader<T, C = unknown> = (input: unknown, context: C) => T | Refusal

/** One line, at most `max` characters; line breaks become spaces. */
export function oneLine(max: number, { personal = false } = {}): FieldReader<string | null> {
  return (input) => {
    const text = textIn(input)
    if (typeof text !== 'string') return text
    return atMost(max, text.replace(/\s+/g, ' '), personal)
  }
}

/** Any number of lines, at most `max` characters. */
export function paragraphs(max: number): FieldReader<string | null> {
  return (input) => {
    const text = textIn(input)
    return typeof text === 'string' ? atMost(max, text, true) : text
  }
}

export function required<T, C>(read: FieldReader<T | null, C>): FieldReader<T, C> {
  return (input, context) => read(input, context) ?? new Refusal('required')
}

/** What `find` makes of the text; null from it means that the text is refused with `code`. */
export function found<T, C = unknown>(
  find: (text: string, context: C) => T | null,
  code: 'unknown-name' | 'not-a-time' | 'not-a-date' | 'not-a-policy',
): FieldReader<T | null, C> {
  return (input, context) => {
    const text = textIn(input)
    if (typeof text !== 'string') return text
    return find(text, context) ?? new Refusal(code, { value: text })
  }
}

/** Names in one text, separated by ; ； 、 or |, or a list of them; each once. */
export function nameList(max: number): FieldReader<string[]> {
  const readName = oneLine(max)
  return (input) => {
    const parts = Array.isArray(input) ? input : splitNames(textIn(input))
    if (parts instanceof Refusal) return parts
    const names = new Set<string>()
    for (const part of parts) {
      const name = readName(part, undefined)
      if (name instanceof Refusal) return name
      if (name !== null) names.add(name)
    }
    return [...names]
  }
}

function splitNames(text: string | null | Refusal): string[] | Refusal {
  return typeof text === 'string' ? text.split(/[;；、|｜]/) : (text ?? [])
}

function textIn(input: unknown): string | null | Refusal {
  if (input === undefined || input === null) return null
  const isText = typeof input === 'string' || (typeof input === 'number' && Number.isFinite(input))
  if (!isText) return new Refusal('not-text')
  return cleaned(String(input)) || null
}

/** Without control characters and the marks that turn the direction of writing, which can disguise a text. */
function cleaned(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim()
}

function atMost(max: number, text: string, personal: boolean): string | Refusal {
  const isLong = text.length > max && [...text].length > max
  return isLong ? new Refusal('too-long', personal ? { max } : { max, value: text }) : text
}
