import { setTimeout as pause } from 'node:timers/promises'
import { insertItemWords, itemsWithoutWords } from '../../db/item-words.ts'
import type { Db } from '../../db/schema.ts'
import { fingerprintOf, type ItemText } from '../../domain/similarity.ts'
import type { App } from '../app.ts'
import { work } from '../work.ts'

/** What one transaction holds. */
const atOnce = 200
/** After each, whoever else writes has a turn. */
const turnMs = 20

/** Keeps by which words the items are found again. */
export async function storeWords(db: Db, items: readonly ({ code: number } & ItemText)[]): Promise<void> {
  await insertItemWords(
    db,
    items.map((item) => ({ code: item.code, words: [...fingerprintOf(item).keys()] })),
  )
}

/** The words of items that came before words were kept, piece by piece. @returns how many items it were */
export async function backfillWords(app: App, isWanted: () => boolean = () => true): Promise<number> {
  let done = 0
  let last = 0
  while (isWanted()) {
    const items = await itemsWithoutWords(app.db.read, last, atOnce)
    if (items.length === 0) return done
    await work(app, ({ db }) => storeWords(db, items))
    done += items.length
    last = items.at(-1)?.code ?? last
    await pause(turnMs)
  }
  return done
}
