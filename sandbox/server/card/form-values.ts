import type { ActionRequest } from '../../api.ts'
import { canonical, isObject, type JsonObject, objectsWithin } from './walk.ts'

const dateForm = /^\d{4}-\d{2}-\d{2} [+-]\d{4}$/
const inputLimit = 1000

type Check = (field: JsonObject, value: unknown) => boolean

/** What a client can send for each kind of field. */
const checks: Record<string, Check> = {
  input: (field, value) =>
    typeof value === 'string' &&
    value.length <= (typeof field.max_length === 'number' ? field.max_length : inputLimit),
  select_static: (field, value) => optionValues(field).includes(value),
  multi_select_static: (field, value) =>
    Array.isArray(value) && value.every((one) => optionValues(field).includes(one)),
  date_picker: (_, value) => typeof value === 'string' && dateForm.test(value),
  picker_time: (_, value) => typeof value === 'string' && /^\d{2}:\d{2} [+-]\d{4}$/.test(value),
  picker_datetime: (_, value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2} \d{2}:\d{2} [+-]\d{4}$/.test(value),
  checker: (_, value) => typeof value === 'boolean',
}

/**
 * Why the client would not have sent this: a required field left empty, a value that the field cannot give. Nothing is
 * said where the card no longer has the form, for somebody may still see its older version.
 */
export function formFault(card: unknown, request: ActionRequest): string | undefined {
  const form = [...objectsWithin(card)].find((part) => part.tag === 'form' && submits(part, request))
  if (!form) return undefined
  const values = request.form_value ?? {}
  const fields = [...objectsWithin(form.elements)].filter(
    (part) => typeof part.tag === 'string' && part.tag in checks && typeof part.name === 'string',
  )
  const names = new Set(fields.map(({ name }) => name))
  const foreign = Object.keys(values).find((name) => !names.has(name))
  if (foreign !== undefined) return `the form has no field ${foreign}`
  for (const field of fields) {
    const name = String(field.name)
    const value = values[name]
    if (value === undefined || value === '') {
      if (field.required === true) return `the field ${name} is required`
      continue
    }
    if (!checks[String(field.tag)]?.(field, value))
      return `the field ${name} cannot be ${JSON.stringify(value)}`
  }
  return undefined
}

function submits(form: JsonObject, request: ActionRequest): boolean {
  return [...objectsWithin(form.elements)].some(
    (part) =>
      part.tag === 'button' &&
      (request.name === undefined || part.name === request.name) &&
      [...objectsWithin(part.behaviors)].some(
        (behaviour) =>
          behaviour.type === 'callback' && canonical(behaviour.value) === canonical(request.value),
      ),
  )
}

function optionValues(field: JsonObject): unknown[] {
  return Array.isArray(field.options) ? field.options.filter(isObject).map(({ value }) => value) : []
}
