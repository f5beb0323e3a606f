export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every object within `value`, itself first, in order. */
export function* objectsWithin(value: unknown): Generator<JsonObject> {
  if (Array.isArray(value)) {
    for (const part of value) yield* objectsWithin(part)
    return
  }
  if (!isObject(value)) return
  yield value
  for (const part of Object.values(value)) yield* objectsWithin(part)
}

/** The same text for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
  return `{${fields.join(',')}}`
}

/** What pressing the card's components would send, as canonical JSON. */
export function offeredValues(card: unknown): string[] {
  return [...objectsWithin(card)]
    .filter((part) => part.type === 'callback' && isObject(part.value))
    .map((behaviour) => canonical(behaviour.value))
}

/** Whom a text mentions by id: `<at id=ou_…></at>`, `<at ids=ou_1,ou_2></at>`, `<person id='ou_…'>`; `@all` left out. */
export function mentionsOf(text: string): string[] {
  const found = [...text.matchAll(/<(?:at|person)\s+ids?=["']?([^"'>\s]+)/g)]
  return found.flatMap(([, ids = '']) => ids.split(',')).filter((id) => id !== 'all')
}

/** The people whom the card's texts mention. */
export function mentionedIn(card: unknown): string[] {
  const texts = [...objectsWithin(card)].map(({ content }) => content)
  return [...new Set(texts.flatMap((text) => (typeof text === 'string' ? mentionsOf(text) : [])))]
}

const deepest = 64

/** Whether the value is nested deeper than any honest content: what walks it by recursion need not bear more. */
export function tooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true
    level = level.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []))
  }
  return false
}
