import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import type { Schema } from '../../src/db/schema.ts'
import type { ParsedItem } from '../../src/files/item-rows.ts'
import { type ImportOrder, importItems } from '../../src/services/intake/import.ts'
import { appBeside } from '../operator/app.ts'
import { deskWithDirectory, type TestDesk } from '../operator/desk.ts'

const all = 500

test('an import that dies half-way is finished by the same file: every item once, and none without a card', async () => {
  const desk = await deskWithDirectory()
  const { app } = await appBeside(desk)
  const dies = (step: string, at: number) => (now: string, done: number) => {
    if (now === step && done === at) throw new Error('killed')
  }
  // While items are written, and while they are dispatched.
  await expect(importItems(app, { ...order(1_500), progress: dies('writing', 1_000) })).rejects.toThrow(
    'killed',
  )
  expect(await counts(desk)).toEqual({ items: 1_000, assignments: 0, onCards: [] })
  await expect(importItems(app, { ...order(all), progress: dies('dispatching', 400) })).rejects.toThrow(
    'killed',
  )
  expect(await counts(desk), 'what is with the department is on its list').toEqual({
    items: 1_000,
    assignments: 400,
    onCards: [400],
  })

  const { written } = await importItems(app, order(all))
  expect(written).toMatchObject({
    fresh: [],
    notDispatched: [],
    waiting: [],
    dispatched: [{ hasGroup: true }],
  })
  expect(await counts(desk)).toEqual({ items: 1_000, assignments: all, onCards: [400, 100] })

  const again = await importItems(app, order(all))
  expect(again.written?.dispatched).toEqual([])
  expect(await counts(desk)).toEqual({ items: 1_000, assignments: all, onCards: [400, 100] })
}, 60_000)

test('while a file goes out, who writes beside it gets a turn', async () => {
  const desk = await deskWithDirectory()
  const { app } = await appBeside(desk)
  const bot = await openDatabase<Schema>(`file:${desk.folder}/data/duban.db`)
  let dispatched = 0
  let turn: Promise<number> | undefined
  await importItems(app, {
    ...order(all),
    progress(step, done) {
      if (step !== 'dispatching') return
      dispatched = done
      turn ??= bot.write
        .insertInto('settings')
        .values({ key: 'beside', value: '1' })
        .execute()
        .then(() => dispatched)
    },
  })
  expect(await turn).toBeLessThan(all)
  await bot.close()
}, 60_000)

function order(rows: number): ImportOrder {
  return {
    rows: Array.from({ length: rows }, (_, index) => row(index)),
    badRows: [],
    faults: [],
    dispatch: true,
    skipBad: false,
  }
}

function row(index: number): ParsedItem {
  return {
    line: index + 2,
    external_id: `W-${index}`,
    source: 'hotline',
    title: `反映事项${index}`,
    content: '反映小区道路积水',
    category: null,
    urgency: 'normal',
    petitioner: null,
    phone: null,
    address: null,
    received_at: null,
    policy: null,
    lead: '商务委',
    co: [],
  }
}

async function counts(desk: TestDesk) {
  const { read } = await desk.db()
  const cards = await read
    .selectFrom('deliveries')
    .innerJoin('delivery_assignments', 'delivery_assignments.delivery_id', 'deliveries.id')
    .select((e) => e.fn.countAll<number>().as('shown'))
    .where('kind', '=', 'dispatch')
    .groupBy('deliveries.id')
    .execute()
  return {
    items: (await read.selectFrom('items').select('code').execute()).length,
    assignments: (await read.selectFrom('assignments').select('id').execute()).length,
    onCards: cards.map(({ shown }) => shown),
  }
}
