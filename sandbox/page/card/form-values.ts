import { t } from '../i18n.ts'
import { asRecord } from '../plain.ts'
import { isIsoDay, offsetOn } from '../time.ts'
import { labelText } from './label.ts'
import { type CardContext, type CardElement, contentOf, elementsOf, partId } from './schema.ts'
import type { CardSession } from './session.ts'

/** A field of a form, with the words that name it. */
export interface Field {
  name: string
  element: CardElement
  label: string
}

const fieldTags = new Set(['input', 'select_static', 'multi_select_static', 'date_picker'])

/** The fields of a form, those in its columns and panels too. */
export function fieldsIn(form: unknown): Field[] {
  let above = ''
  return elementsOf(form).flatMap((element) => {
    if (fieldTags.has(element.tag) && typeof element.name === 'string') {
      return [{ name: element.name, element, label: contentOf(element.label) || above }]
    }
    above = labelText(element)
    return [...fieldsIn(element.elements), ...fieldsIn(element.columns)]
  })
}

/** What a field holds: what was typed or chosen, else what the card gave. */
export function fieldValue(element: CardElement, session: CardSession): string {
  return session.values.get(String(element.name)) ?? initialOf(element)
}

/** The values that are chosen where several can be; they are held as one text, as every field's value is. */
export function chosenOf(value: string): string[] {
  return value === '' ? [] : (JSON.parse(value) as string[])
}

export function asChosen(values: string[]): string {
  return values.length === 0 ? '' : JSON.stringify(values)
}

/** Notes what is wrong, field by field; returns whether nothing is. */
export function validate({ form, session }: CardContext): boolean {
  session.errors.clear()
  for (const field of fieldsIn(form)) {
    const fault = faultOf(field, fieldValue(field.element, session))
    if (fault) session.errors.set(field.name, fault)
  }
  return session.errors.size === 0
}

/** The form's values as the platform sends them: dates with the zone's offset, optional fields that are empty left out. */
export function collect({ form, session }: CardContext, zone: string): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {}
  for (const { name, element } of fieldsIn(form)) {
    const value = fieldValue(element, session)
    if (value === '' && element.tag !== 'input') continue
    values[name] = sentAs(element, value, zone)
  }
  return values
}

function sentAs(element: CardElement, value: string, zone: string): string | string[] {
  switch (element.tag) {
    case 'date_picker':
      return `${value} ${offsetOn(value, zone)}`
    case 'multi_select_static':
      return chosenOf(value)
    default:
      return value
  }
}

export function focusFirstError(context: CardContext): void {
  const first = fieldsIn(context.form).find(({ name }) => context.session.errors.has(name))
  if (first)
    requestAnimationFrame(() => document.getElementById(partId(context, `field-${first.name}`))?.focus())
}

export function maxLengthOf(element: CardElement): number {
  return Number(element.max_length) || 1_000
}

function faultOf({ element, label }: Field, value: string): string | undefined {
  if (element.required === true && value.trim() === '') {
    if (element.tag === 'input') return label ? t('requiredNamed', { name: label }) : t('required')
    return label ? t('chooseRequiredNamed', { name: label }) : t('chooseRequired')
  }
  if (element.tag === 'date_picker' && value !== '' && !isIsoDay(value)) return t('badDate')
  const over = element.tag === 'input' ? value.length - maxLengthOf(element) : 0
  return over > 0 ? t('tooLong', { max: maxLengthOf(element), over }) : undefined
}

function initialOf(element: CardElement): string {
  if (element.tag === 'input') return contentOf(element.default_value)
  if (element.tag === 'date_picker') return String(element.initial_date ?? '')
  if (element.tag === 'multi_select_static') {
    return asChosen(Array.isArray(element.selected_values) ? element.selected_values.map(String) : [])
  }
  const options = Array.isArray(element.options) ? element.options.map(asRecord) : []
  if (Number(element.initial_index) > 0)
    return String(options[Number(element.initial_index) - 1]?.value ?? '')
  return String(element.initial_option ?? '')
}
