import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { changeable } from '../../chaos/support/truth.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import type { DeliveryKind, Schema } from '../../src/db/schema.ts'
import type { World } from './duban.ts'

const eyes = new WeakMap<World, Database<Schema>>()

/** Looks into the world's database beside whoever has it open: the bot, another process, nobody. */
export async function look<T>(world: World, query: (db: Database<Schema>['read']) => Promise<T>): Promise<T> {
  const known = eyes.get(world)
  if (known) return query(known.read)
  const opened = await openDatabase<Schema>(world.env.DATABASE_URL ?? '', { readers: 1 })
  onTestFinished(opened.close)
  eyes.set(world, opened)
  return query(opened.read)
}

/** What happened to an item, in order. */
export function history(world: World, code: number | undefined): Promise<string[]> {
  return look(world, async (db) => {
    const rows = await db
      .selectFrom('events')
      .select('what')
      .where('item_code', '=', code ?? 0)
      .orderBy('id')
      .execute()
    return rows.map(({ what }) => what)
  })
}

/** Where the deliveries of a kind stand, oldest first. */
export function deliveriesOf(world: World, kind: DeliveryKind, op: 'send' | 'update' | 'urge' = 'send') {
  return look(world, async (db) => {
    const rows = await db
      .selectFrom('deliveries')
      .select('status')
      .where('kind', '=', kind)
      .where('op', '=', op)
      .orderBy('id')
      .execute()
    return rows.map(({ status }) => status)
  })
}

/**
 * Everything that an act could change, as one text to compare. Left out: what was brought in, and what was only said in
 * answer to it.
 */
export function truth(world: World): Promise<string> {
  return look(world, async (db) => {
    const kept: Record<string, unknown> = {}
    for (const table of changeable) kept[table] = await db.selectFrom(table).selectAll().execute()
    kept.deliveries = await db
      .selectFrom('deliveries')
      .select(['id', 'op', 'kind', 'payload'])
      .where('kind', '!=', 'reply')
      .execute()
    return JSON.stringify(kept, null, 1)
  })
}

/** @throws once the condition has not held for so long */
export async function until(
  condition: () => Promise<boolean> | boolean,
  what = 'a condition',
  timeoutMs = 10_000,
): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`)
    await sleep(20)
  }
}
