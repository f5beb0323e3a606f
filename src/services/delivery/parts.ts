import type { Platform } from '../../ports.ts'
import type { Work } from '../work.ts'
import { entriesInMessage } from './courier.ts'

/** A list in as many messages as it takes there: whoever answers one of them has seen all that it is about. */
export function inParts<T>({ app }: Pick<Work, 'app'>, platform: Platform, list: readonly T[]): T[][] {
  const length = entriesInMessage(app, platform)
  return Array.from({ length: Math.ceil(list.length / length) }, (_, at) =>
    list.slice(at * length, (at + 1) * length),
  )
}
