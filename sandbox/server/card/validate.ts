import { isObject } from './walk.ts'

/** What is wrong with a card, in the platform's words. */
export interface CardFault {
  /** The inner code that stands in `ext=ErrCode: …`. */
  code: number
  message: string
  /** Where: `body.elements[0].columns[1]`. */
  path: string
}

/** Empty for a card that the platform takes. */
export function validateCard(card: unknown): CardFault[] {
  if (!isObject(card)) return [{ code: 200621, message: 'parse card json err', path: '' }]
  if (card.schema !== '2.0') return [{ code: 200621, message: 'schema must be 2.0', path: 'schema' }]
  return []
}
