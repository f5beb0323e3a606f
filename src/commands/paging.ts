import { z } from 'zod'
import { UserError } from '../errors.ts'
import { listLength, type Page } from '../messages/lists.ts'
import { entriesInMessage } from '../services/delivery/courier.ts'
import type { Call } from './command.ts'
import { plainWords } from './words.ts'

export const pageArgs = { page: z.number().int().default(1), words: z.string().default('') }

/** `教委 2`, `教委 第2页`: the number of a page, and the words before it. `#2` is an item. */
export function pageAndWords(said: string): { page: number; words: string } {
  const text = plainWords(said)
  const found = /(?:^|[\s,、;])(?:第 ?|page )?(\d{1,6}) ?页?$/i.exec(text)
  return found
    ? { page: Number(found[1]), words: text.slice(0, found.index).trim() }
    : { page: 1, words: text }
}

/** For commands that take the number of a page alone. @throws {UserError} naming what is too much */
export function pageOnly(said: string): { page: number } {
  const { page, words } = pageAndWords(said)
  if (words !== '') throw new UserError((t) => t.errors.surplus(words))
  return { page }
}

/** A page is as long as one message there surely shows. */
export function pageHere(
  { app, incoming }: Call,
  { page, words = '' }: { page: number; words?: string },
): Page {
  return { number: page, length: Math.min(listLength, entriesInMessage(app, incoming.platform)), words }
}

/** @throws {UserError} where the list has no such page */
export function requirePage({ number, length }: Page, total: number): void {
  const pages = Math.max(1, Math.ceil(total / length))
  if (number < 1 || number > pages) throw new UserError((t) => t.errors.noSuchPage(number, pages))
}
