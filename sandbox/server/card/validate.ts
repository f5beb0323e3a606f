import { elements, layout } from './component.ts'
import { component } from './components.ts'
import { byLanguage, icon, links, template, textTags, titleText } from './parts.ts'
import { type CardFault, fault, type Place, type Reading } from './place.ts'
import { anyObject, flag, list, object, oneOf, padding, type Rule, readFields, text } from './rules.ts'
import { isObject, tooDeep } from './walk.ts'

export type { CardFault } from './place.ts'

const mostElements = 200

const onlyTrue: Rule = (value, place) => {
  if (value !== true) fault(place, 'update_multi can only be true in schema 2.0')
}

const config = object({
  fields: {
    streaming_mode: flag,
    streaming_config: anyObject,
    summary: object({ fields: { content: text, i18n_content: byLanguage(text) } }),
    locales: list(text),
    enable_forward: flag,
    update_multi: onlyTrue,
    width_mode: oneOf('default', 'compact', 'fill'),
    use_custom_translation: flag,
    enable_forward_interaction: flag,
    style: object({ fields: { text_size: anyObject, color: anyObject } }),
  },
})

const header = object({
  fields: {
    title: titleText,
    subtitle: titleText,
    template,
    icon,
    padding,
    text_tag_list: textTags,
    i18n_text_tag_list: byLanguage(textTags),
  },
  required: ['title'],
})

const body = object({
  fields: {
    ...layout,
    elements,
  },
  required: ['elements'],
})

/** What is known outside the card; without it every key and every id passes. */
export interface Known {
  imageExists(key: string): boolean
  personExists(id: string): boolean
}

const everything: Known = { imageExists: () => true, personExists: () => true }

/**
 * What the platform would not take of a Card JSON 2.0; empty for a good card. The rules are those of the platform's
 * reference, a page a component.
 */
export function validateCard(card: unknown, known: Known = everything): CardFault[] {
  const reading: Reading = {
    faults: [],
    elements: 0,
    tables: 0,
    names: new Set(),
    elementIds: new Set(),
    textSizes: declared(card, 'text_size'),
    colors: declared(card, 'color'),
    ...known,
    component,
  }
  const place: Place = { reading, path: ['ROOT'], depth: 0, atRoot: true, inForm: false }
  if (!isObject(card) || tooDeep(card)) {
    fault(place, 'not an object, or nested without end')
    return reading.faults
  }
  readFields(
    card,
    { fields: { schema: oneOf('2.0'), config, card_link: links, header, body }, required: ['schema'] },
    place,
  )
  if (reading.elements > mostElements) {
    fault(place, `${reading.elements} of ${mostElements}`, 'elements')
  }
  return reading.faults
}

/** The names under `config.style` that the components may use. */
function declared(card: unknown, kind: 'text_size' | 'color'): Set<string> {
  const style =
    isObject(card) && isObject(card.config) && isObject(card.config.style) ? card.config.style : {}
  const names = style[kind]
  return new Set(isObject(names) ? Object.keys(names) : [])
}
