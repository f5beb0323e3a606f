import { asRecord } from '../plain.ts'
import { type CardElement, contentOf } from './schema.ts'

/** What a button does when it is pressed, as its card says. */

/** The value that the card wants back, where it wants one. */
export function callbackValue(element: CardElement): unknown {
  return behavior(element, 'callback')?.value ?? element.value
}

/** The address that the button opens; only http and https. */
export function linkOf(element: CardElement): string | undefined {
  const url = behavior(element, 'open_url')?.default_url ?? element.url
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url : undefined
}

export function isFormButton(element: CardElement, action: 'submit' | 'reset'): boolean {
  return element.form_action_type === action || element.action_type === `form_${action}`
}

/** What tells one button of a card from the others. */
export function buttonKey(element: CardElement): string {
  return JSON.stringify([element.name, contentOf(element.text), callbackValue(element)])
}

function behavior(element: CardElement, type: string): Record<string, unknown> | undefined {
  const behaviors = Array.isArray(element.behaviors) ? element.behaviors.map(asRecord) : []
  return behaviors.find((one) => one.type === type)
}
