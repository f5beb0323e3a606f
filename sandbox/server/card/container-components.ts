import { type Component, elements, layout } from './component.ts'
import { behaviors, confirm, links, panelIcon, plainText } from './parts.ts'
import { fault, type Place } from './place.ts'
import {
  color,
  elementId,
  flag,
  horizontalAlign,
  integer,
  list,
  margin,
  matching,
  name,
  object,
  oneOf,
  padding,
  pixels,
  type Rule,
  readFields,
  spacing,
  text,
  verticalAlign,
} from './rules.ts'
import { isObject, type JsonObject, objectsWithin } from './walk.ts'

const column: Rule = (value, place) => {
  if (!isObject(value)) return fault(place, 'must be an object')
  place.reading.elements += 1
  if (value.tag !== 'column') return fault(place, 'tag must be column')
  readFields(
    value,
    {
      fields: {
        ...layout,
        tag: text,
        element_id: elementId,
        margin,
        background_style: color,
        width: pixels(16, 600, 'auto', 'weighted'),
        weight: integer(1, 5),
        action: object({ fields: { multi_url: links }, required: ['multi_url'] }),
        elements,
      },
    },
    place,
  )
}

/** What holds others. */
export const containerComponents: Record<string, Component> = {
  column_set: {
    fields: {
      horizontal_spacing: spacing,
      horizontal_align: horizontalAlign,
      flex_mode: oneOf('none', 'stretch', 'flow', 'bisect', 'trisect'),
      background_style: color,
      action: object({ fields: { multi_url: links }, required: ['multi_url'] }),
      columns: list(column, { min: 1 }),
    },
    required: ['columns'],
    container: true,
  },
  form: {
    fields: { ...layout, name, confirm, elements },
    required: ['name', 'elements'],
    container: true,
    rootOnly: true,
    notInForm: true,
    check: checkForm,
  },
  interactive_container: {
    fields: {
      ...layout,
      width: pixels(16, 999, 'fill', 'auto'),
      height: pixels(10, 999, 'auto'),
      background_style: color,
      has_border: flag,
      border_color: color,
      corner_radius: matching(/^\d+(px|%)$/, '[0,∞]px or [0,100]%'),
      behaviors,
      disabled: flag,
      disabled_tips: plainText,
      hover_tips: plainText,
      confirm,
      elements,
    },
    required: ['behaviors', 'elements'],
    container: true,
  },
  collapsible_panel: {
    fields: {
      ...layout,
      expanded: flag,
      background_color: color,
      header: object({
        fields: {
          title: panelTitle,
          background_color: color,
          vertical_align: verticalAlign,
          padding,
          position: oneOf('top', 'bottom'),
          width: oneOf('fill', 'auto', 'auto_when_fold'),
          icon: panelIcon,
          icon_position: oneOf('left', 'right', 'follow_text'),
          icon_expanded_angle: oneOf(-180, -90, 90, 180),
        },
      }),
      border: object({ fields: { color, corner_radius: pixels(0, 999) } }),
      elements,
    },
    required: ['header'],
    container: true,
  },
}

function checkForm({ elements }: JsonObject, place: Place): void {
  const submits = [...objectsWithin(elements)].some(
    (part) => part.tag === 'button' && part.form_action_type === 'submit',
  )
  if (!submits) fault(place, 'a form must contain a submit button')
}

function panelTitle(value: unknown, place: Place): void {
  if (isObject(value) && value.tag === 'markdown') place.reading.component(value, place)
  else plainText(value, place)
}
