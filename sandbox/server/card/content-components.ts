import { chartShape } from './chart.ts'
import type { Component } from './component.ts'
import { icon, plainText, styledText } from './parts.ts'
import { fault, type Place } from './place.ts'
import {
  flag,
  horizontalAlign,
  image,
  integer,
  list,
  markdown,
  matching,
  object,
  oneOf,
  personId,
  pixels,
  textSize,
} from './rules.ts'
import { checkTable, tableShape } from './table.ts'
import type { JsonObject } from './walk.ts'

const mostTables = 5
const mostMarkdownTables = 4
const personSize = oneOf('extra_small', 'small', 'medium', 'large')

/** What shows and does nothing. */
export const contentComponents: Record<string, Component> = {
  markdown: {
    fields: { content: markdown, text_size: textSize, text_align: horizontalAlign, icon },
    required: ['content'],
    check: checkMarkdown,
  },
  div: {
    fields: { text: styledText, icon, width: pixels(16, 999, 'fill', 'auto') },
  },
  hr: { fields: {} },
  img: {
    fields: {
      img_key: image,
      alt: plainText,
      title: plainText,
      corner_radius: matching(/^\d+(px|%)$/, '[0,∞]px or [0,100]%'),
      scale_type: oneOf('crop_center', 'crop_top', 'fit_horizontal'),
      size: matching(/^(large|medium|small|tiny|stretch|\d{1,4}px \d{1,4}px)$/, 'a size of an image'),
      transparent: flag,
      preview: flag,
      mode: oneOf('crop_center', 'fit_horizontal', 'stretch', 'large', 'medium', 'small', 'tiny'),
    },
    required: ['img_key', 'alt'],
  },
  img_combination: {
    fields: {
      combination_mode: oneOf('double', 'triple', 'bisect', 'trisect'),
      combination_transparent: flag,
      corner_radius: pixels(0, 999),
      img_list: list(object({ fields: { img_key: image }, required: ['img_key'] }), { min: 1, max: 9 }),
    },
    required: ['combination_mode', 'img_list'],
  },
  person: {
    fields: {
      user_id: personId,
      size: personSize,
      show_avatar: flag,
      show_name: flag,
      style: oneOf('normal', 'capsule'),
    },
    required: ['user_id'],
  },
  person_list: {
    fields: {
      persons: list(object({ fields: { id: personId }, required: ['id'] })),
      size: personSize,
      show_name: flag,
      show_avatar: flag,
      lines: integer(1, 100),
      drop_invalid_user_id: flag,
      icon,
    },
    required: ['persons'],
  },
  chart: { ...chartShape, notInForm: true },
  table: { ...tableShape, rootOnly: true, notInForm: true, check: countTable },
}

function checkMarkdown({ content }: JsonObject, place: Place): void {
  const tables = String(content).split('\n').filter(isBelowHeader).length
  if (tables > mostMarkdownTables) fault(place, `${tables} tables in one markdown`, 'tables')
}

/** `|---|:-:|`, with or without the outer bars. */
function isBelowHeader(line: string): boolean {
  const cells = line.split('|').map((cell) => cell.trim())
  if (cells[0] === '') cells.shift()
  if (cells.at(-1) === '') cells.pop()
  return cells.length > 1 && cells.every((cell) => /^:?-+:?$/.test(cell))
}

function countTable(table: JsonObject, place: Place): void {
  place.reading.tables += 1
  if (place.reading.tables === mostTables + 1) fault(place, 'table', 'tables')
  checkTable(table, place)
}
