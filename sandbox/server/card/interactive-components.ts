import { type Component, elements } from './component.ts'
import { behaviors, confirm, icon, links, placeholder, plainText, styledText, widthOrFill } from './parts.ts'
import { fault, type Place } from './place.ts'
import {
  anyObject,
  flag,
  integer,
  list,
  matching,
  name,
  object,
  oneOf,
  padding,
  personId,
  type Rule,
  text,
} from './rules.ts'
import { isObject, type JsonObject } from './walk.ts'

const stringOrObject: Rule = (value, place) => {
  if (typeof value !== 'string') anyObject(value, place)
}

const field = { name, required: flag, disabled: flag, behaviors, confirm, width: widthOrFill, placeholder }

const option = object({
  fields: { text: plainText, value: text, icon },
  required: ['text', 'value'],
})

const person = object({ fields: { value: personId }, required: ['value'] })

const date = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'yyyy-MM-dd')
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm')
const dateTime = matching(
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d$/,
  'yyyy-MM-dd HH:mm',
)

/** What people press, choose and fill in. */
export const interactiveComponents: Record<string, Component> = {
  button: {
    fields: {
      type: oneOf(
        ...'default primary danger text primary_text danger_text primary_filled danger_filled laser'.split(
          ' ',
        ),
      ),
      size: oneOf('tiny', 'small', 'medium', 'large'),
      width: widthOrFill,
      text: plainText,
      icon,
      hover_tips: plainText,
      disabled: flag,
      disabled_tips: plainText,
      confirm,
      behaviors,
      name,
      required: flag,
      form_action_type: oneOf('submit', 'reset'),
    },
    interactive: true,
    check: checkButton,
  },
  input: {
    fields: {
      ...field,
      default_value: text,
      disabled_tips: plainText,
      max_length: integer(1, 1000),
      input_type: oneOf('text', 'multiline_text', 'password'),
      show_icon: flag,
      rows: integer(1, 1000),
      auto_resize: flag,
      max_rows: integer(1, 1000),
      label: plainText,
      label_position: oneOf('top', 'left'),
      value: stringOrObject,
    },
    interactive: true,
  },
  select_static: {
    fields: {
      ...field,
      type: oneOf('default', 'text'),
      options: list(option),
      initial_option: text,
      initial_index: integer(0, 1000),
    },
    interactive: true,
    check: (element, place) => checkOptions(element, [element.initial_option], place),
  },
  multi_select_static: {
    fields: { ...field, type: oneOf('default', 'text'), options: list(option), selected_values: list(text) },
    interactive: true,
    check: (element, place) => checkOptions(element, [element.selected_values ?? []].flat(), place),
  },
  select_person: {
    fields: { ...field, type: oneOf('default', 'text'), options: list(person), initial_option: text },
    interactive: true,
  },
  multi_select_person: {
    fields: { ...field, type: oneOf('default', 'text'), options: list(person), selected_values: list(text) },
    interactive: true,
  },
  date_picker: { fields: { ...field, initial_date: date, value: anyObject }, interactive: true },
  picker_time: { fields: { ...field, initial_time: time, value: anyObject }, interactive: true },
  picker_datetime: { fields: { ...field, initial_datetime: dateTime, value: anyObject }, interactive: true },
  overflow: {
    fields: {
      width: widthOrFill,
      value: anyObject,
      confirm,
      behaviors,
      options: list(
        object({ fields: { text: plainText, value: text, multi_url: links }, required: ['text'] }),
        {
          min: 1,
        },
      ),
    },
    required: ['options'],
  },
  checker: {
    fields: {
      name,
      checked: flag,
      disabled: flag,
      disabled_tips: plainText,
      hover_tips: plainText,
      text: styledText,
      overall_checkable: flag,
      button_area: object({ fields: { pc_display_rule: oneOf('always', 'on_hover'), buttons: elements } }),
      checked_style: object({ fields: { show_strikethrough: flag, opacity: anyNumber } }),
      padding,
      confirm,
      behaviors,
    },
    interactive: true,
  },
}

function checkButton({ form_action_type }: JsonObject, place: Place): void {
  if (place.inForm && form_action_type === undefined) {
    fault(place, 'a button inside a form must have a form_action_type')
  }
  if (!place.inForm && form_action_type !== undefined)
    fault(place, 'form_action_type is only for buttons in a form')
}

function checkOptions({ options }: JsonObject, chosen: unknown[], place: Place): void {
  const values = (Array.isArray(options) ? options : []).filter(isObject).map(({ value }) => value)
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (twice !== undefined) fault(place, `option values must be unique, value: ${JSON.stringify(twice)}`)
  const unknown = chosen.find(
    (value) => value !== undefined && value !== '' && !values.includes(value as string),
  )
  if (unknown !== undefined) fault(place, `no option has the initial value ${JSON.stringify(unknown)}`)
}

function anyNumber(value: unknown, place: Place): void {
  if (typeof value !== 'number') fault(place, 'must be a number')
}
