import { type FaultKind, fault, type Place, within } from './place.ts'
import { isObject, type JsonObject, mentionsOf } from './walk.ts'

/** Reports what is wrong with a value at its place. */
export type Rule = (value: unknown, place: Place) => void

export interface Shape {
  fields: Record<string, Rule>
  required?: readonly string[]
}

/** An object of exactly these fields: anything more is an error, as on the platform. */
export function object({ fields, required = [] }: Shape): Rule {
  return (value, place) => {
    if (!isObject(value)) return fault(place, 'must be an object')
    readFields(value, { fields, required }, place)
  }
}

export function readFields(value: JsonObject, { fields, required = [] }: Shape, place: Place): void {
  for (const name of required) {
    if (value[name] === undefined) fault(place, `property is required, property: ${name}`)
  }
  for (const [name, part] of Object.entries(value)) {
    const rule = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (rule) rule(part, within(place, name))
    else fault(place, `unknown property, property: ${name}`)
  }
}

/** A list; `each` is told the place of every part, with its tag as the platform shows it. */
export function list(
  each: Rule,
  { min = 0, max = Number.POSITIVE_INFINITY, kind = 'json' as FaultKind } = {},
): Rule {
  return (value, place) => {
    if (!Array.isArray(value)) return fault(place, 'must be an array', kind)
    if (value.length < min) fault(place, `must have at least ${min}`, kind)
    if (value.length > max) fault(place, `must have at most ${max}`, kind)
    for (const [index, part] of value.entries()) {
      const tag = isObject(part) && typeof part.tag === 'string' ? `(tag: ${part.tag})` : ''
      each(part, within(place, `[${index}]${tag}`))
    }
  }
}

export const text: Rule = (value, place) => {
  if (typeof value !== 'string') fault(place, 'must be a string')
}

export const filled: Rule = (value, place) => {
  if (typeof value !== 'string' || value === '') fault(place, 'must be a string that is not empty')
}

export const flag: Rule = (value, place) => {
  if (typeof value !== 'boolean') fault(place, 'must be a boolean')
}

export const anyObject: Rule = (value, place) => {
  if (!isObject(value)) fault(place, 'must be an object')
}

export function integer(min: number, max: number): Rule {
  return (value, place) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      fault(place, `must be an integer in [${min},${max}]`)
    }
  }
}

export function oneOf(...allowed: readonly (string | number)[]): Rule {
  return (value, place) => {
    if (!allowed.includes(value as string)) {
      fault(place, `${JSON.stringify(value)} is none of ${allowed.join(', ')}`)
    }
  }
}

export function matching(pattern: RegExp, form: string): Rule {
  return (value, place) => {
    if (typeof value !== 'string' || !pattern.test(value))
      fault(place, `${JSON.stringify(value)} is not ${form}`)
  }
}

/** Pixels between the bounds, or one of the words. */
export function pixels(min: number, max: number, ...words: string[]): Rule {
  return (value, place) => {
    if (typeof value === 'string' && words.includes(value)) return
    const number = typeof value === 'string' ? /^(-?\d+)px$/.exec(value)?.[1] : undefined
    if (number === undefined || Number(number) < min || Number(number) > max) {
      fault(
        place,
        `${JSON.stringify(value)} is not [${min},${max}]px${words.map((word) => ` or ${word}`).join('')}`,
      )
    }
  }
}

/** One, two or four lengths: `4px 0 4px 0`. */
function lengths(min: number, max: number): Rule {
  return (value, place) => {
    const parts = typeof value === 'string' ? value.split(' ') : []
    const inRange = parts.every((part) => {
      const number = /^(-?\d+)(px)?$/.exec(part)
      return (
        number && (number[2] || number[1] === '0') && Number(number[1]) >= min && Number(number[1]) <= max
      )
    })
    if (![1, 2, 4].includes(parts.length) || !inRange) {
      fault(place, `${JSON.stringify(value)} is not one, two or four of [${min},${max}]px`)
    }
  }
}

export const margin = lengths(-99, 99)
export const padding = lengths(0, 99)
export const spacing = pixels(0, 99, 'small', 'medium', 'large', 'extra_large', 'default')
export const horizontalAlign = oneOf('left', 'center', 'right')
export const verticalAlign = oneOf('top', 'center', 'bottom')

const hues = 'blue|carmine|green|indigo|lime|grey|orange|purple|red|sunflower|turquoise|violet|wathet|yellow'
const namedColor = new RegExp(
  `^(default|white|bg-white|light_grey|(${hues})(-(50|100|200|300|350|400|500|600|700|800|900))?)$`,
)
const rgba = /^rgba\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*(0|1|0?\.\d+|\d{1,3}%)\s*\)$/

export const color: Rule = (value, place) => {
  if (typeof value === 'string') {
    if (namedColor.test(value) || rgba.test(value) || place.reading.colors.has(value)) return
  }
  fault(place, `${JSON.stringify(value)} is no color of the platform`)
}

const textSizes = [
  'heading-0 heading-1 heading-2 heading-3 heading-4 heading normal notation',
  'xxxx-large xxx-large xx-large x-large large medium small x-small',
].flatMap((names) => names.split(' '))

export const textSize: Rule = (value, place) => {
  if (typeof value === 'string' && (textSizes.includes(value) || place.reading.textSizes.has(value))) return
  fault(place, `${JSON.stringify(value)} is no text size`)
}

export const tagColor = oneOf(
  ...'neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine'.split(' '),
)

export const personId: Rule = (value, place) => {
  if (typeof value !== 'string' || !place.reading.personExists(value)) {
    fault(place, JSON.stringify(value), 'person')
  }
}

/** Text that the client reads as Markdown: whom it mentions must exist. */
export const markdown: Rule = (value, place) => {
  if (typeof value !== 'string') return fault(place, 'must be a string')
  for (const id of mentionsOf(value)) personId(id, place)
}

export const image: Rule = (value, place) => {
  if (typeof value !== 'string' || !place.reading.imageExists(value)) {
    fault(place, `image key ${JSON.stringify(value)}`, 'image')
  }
}

/** Names of form fields, buttons and forms: unique in the card. */
export const name: Rule = (value, place) => {
  if (typeof value !== 'string' || value === '')
    return fault(place, 'name must be a string that is not empty')
  if (place.reading.names.has(value)) fault(place, `name must be unique in the card, name: ${value}`)
  place.reading.names.add(value)
}

export const elementId: Rule = (value, place) => {
  if (typeof value !== 'string' || !/^[A-Za-z]\w{0,19}$/.test(value)) {
    return fault(place, 'element_id must be at most 20 letters, digits and _, a letter first')
  }
  if (place.reading.elementIds.has(value)) fault(place, `element_id must be unique in the card: ${value}`)
  place.reading.elementIds.add(value)
}
