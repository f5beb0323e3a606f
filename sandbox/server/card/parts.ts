import { fault, type Place, within } from './place.ts'
import {
  anyObject,
  color,
  elementId,
  filled,
  horizontalAlign,
  image,
  integer,
  list,
  markdown,
  matching,
  oneOf,
  type Rule,
  readFields,
  type Shape,
  tagColor,
  text,
  textSize,
} from './rules.ts'
import { isObject } from './walk.ts'

/** An object with a tag that counts among the card's elements. */
export function tagged(tags: readonly string[], shape: Shape): Rule {
  return (value, place) => {
    if (!isObject(value)) return fault(place, 'must be an object')
    place.reading.elements += 1
    if (typeof value.tag !== 'string' || !tags.includes(value.tag)) {
      return fault(place, `tag ${JSON.stringify(value.tag)} is none of ${tags.join(', ')}`)
    }
    readFields(value, { ...shape, fields: { tag: text, ...shape.fields } }, place)
  }
}

const languages =
  /^(zh_cn|en_us|ja_jp|zh_hk|zh_tw|id_id|vi_vn|th_th|pt_br|es_es|ko_kr|de_de|fr_fr|it_it|ru_ru|ms_my)$/

/** The same thing in several languages. */
export function byLanguage(rule: Rule): Rule {
  return (value, place) => {
    if (!isObject(value)) return fault(place, 'must be an object')
    for (const [language, part] of Object.entries(value)) {
      if (languages.test(language)) rule(part, place)
      else fault(place, `unknown language ${language}`)
    }
  }
}

const content = { content: text, i18n_content: byLanguage(text) }

/** `lark_md` may mention people. */
function marked(text: Rule): Rule {
  return (value, place) => {
    text(value, place)
    if (isObject(value) && value.tag === 'lark_md') markdown(value.content, within(place, 'content'))
  }
}

export const plainText = tagged(['plain_text'], { fields: content, required: ['content'] })
export const titleText = marked(tagged(['plain_text', 'lark_md'], { fields: content, required: ['content'] }))

export const styledText = marked(
  tagged(['plain_text', 'lark_md'], {
    fields: {
      ...content,
      text_size: textSize,
      text_color: color,
      text_align: horizontalAlign,
      lines: integer(1, 1000),
    },
    required: ['content'],
  }),
)

/** A prompt in an empty field: 100 characters at most. */
export const placeholder: Rule = (value, place) => {
  plainText(value, place)
  if (isObject(value) && typeof value.content === 'string' && value.content.length > 100) {
    fault(place, 'placeholder is longer than 100 characters')
  }
}

/** The platform lets the fields of the other kind of icon stand, and an empty color. */
function iconOf(more: Record<string, Rule>): Rule {
  const icon = tagged(['standard_icon', 'custom_icon'], {
    fields: { token: text, color: emptyOr(color), img_key: text, ...more },
  })
  return (value, place) => {
    icon(value, place)
    if (!isObject(value)) return
    if (value.tag === 'standard_icon') filled(value.token, place)
    if (value.tag === 'custom_icon') image(value.img_key, place)
  }
}

function emptyOr(rule: Rule): Rule {
  return (value, place) => {
    if (value !== '') rule(value, place)
  }
}

export const icon = iconOf({})
export const panelIcon = iconOf({ size: matching(/^\d{1,3}px \d{1,3}px$/, '[1,999]px [1,999]px') })

export const confirm: Rule = (value, place) => {
  if (!isObject(value)) return fault(place, 'must be an object')
  readFields(value, { fields: { title: plainText, text: plainText }, required: ['title', 'text'] }, place)
}

export const textTags = list(
  tagged(['text_tag'], { fields: { element_id: elementId, text: plainText, color: tagColor } }),
  { max: 3 },
)

const address = matching(/^(https?|lark|tel):\/\/\S+$|^lark:\/\/\S+$/, 'an address with its schema')

export const links: Rule = (value, place) => {
  if (!isObject(value)) return fault(place, 'must be an object')
  const fields = { url: address, pc_url: address, ios_url: address, android_url: address }
  readFields(value, { fields }, place)
  needsAddress(place, value.url, value)
}

function needsAddress(place: Place, fallback: unknown, value: Record<string, unknown>): void {
  if (fallback === undefined && !(value.pc_url && value.ios_url && value.android_url)) {
    fault(place, 'an address for all platforms, or one for each, is required')
  }
}

/** What a press does: `open_url` and `callback`, nothing else. A callback's value is an object. */
export const behaviors = list((value, place) => {
  if (!isObject(value)) return fault(place, 'must be an object')
  if (value.type === 'callback') {
    return readFields(value, { fields: { type: text, value: anyObject }, required: ['value'] }, place)
  }
  if (value.type !== 'open_url') {
    return fault(place, `behavior type ${JSON.stringify(value.type)} is none of open_url, callback`)
  }
  const fields = { type: text, default_url: address, pc_url: address, ios_url: address, android_url: address }
  readFields(value, { fields }, place)
  needsAddress(place, value.default_url, value)
})

export const widthOrFill: Rule = (value, place) => {
  const number = typeof value === 'string' ? /^(\d+)px$/.exec(value)?.[1] : undefined
  if (value === 'default' || value === 'fill' || (number !== undefined && Number(number) >= 100)) return
  fault(place, `${JSON.stringify(value)} is not default, fill or at least 100px`)
}

export const template = oneOf(
  ...'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' '),
)
