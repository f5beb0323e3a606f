import { expect, test } from 'vitest'
import { addEvents } from '../../src/db/audit.ts'
import { itemsToErase } from '../../src/db/retention.ts'
import type { EventName } from '../../src/domain/event.ts'
import type { ItemStatus } from '../../src/domain/item.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

const day = 24 * 60 * 60 * 1000
/** So many days ago, an item came to this. */
type Past = [daysAgo: number, what: EventName][]

test.each<[string, ItemStatus, Past, boolean]>([
  ['closed long ago', 'closed', [[31, 'closed']], true],
  ['closed lately', 'closed', [[29, 'closed']], false],
  [
    'closed, reopened, closed lately',
    'closed',
    [
      [90, 'closed'],
      [80, 'reopened'],
      [5, 'closed'],
    ],
    false,
  ],
  [
    'reopened',
    'open',
    [
      [90, 'closed'],
      [80, 'reopened'],
    ],
    false,
  ],
  ['in hand for years', 'open', [[900, 'dispatched']], false],
  ['done and not closed', 'done', [[900, 'done']], false],
  ['declined long ago', 'declined', [[31, 'declined']], true],
  [
    'erased already',
    'closed',
    [
      [60, 'closed'],
      [30, 'erased'],
    ],
    false,
  ],
  [
    'erased, and seen since',
    'closed',
    [
      [60, 'closed'],
      [30, 'erased'],
      [2, 'details-shown'],
    ],
    false,
  ],
  [
    'erased, and taken up since',
    'closed',
    [
      [60, 'closed'],
      [30, 'erased'],
      [2, 'uptake'],
    ],
    true,
  ],
  [
    'erased, reopened, closed long ago',
    'closed',
    [
      [90, 'closed'],
      [60, 'erased'],
      [55, 'reopened'],
      [31, 'closed'],
    ],
    true,
  ],
])('an item that was %s', async (_name, status, past, isErased) => {
  const db = await testDatabase()
  const code = await item(db, status, past)
  expect(await toErase(db)).toEqual(isErased ? [code] : [])
})

test.each<[string, ItemStatus, Past, boolean]>([
  ['in hand', 'open', [[900, 'dispatched']], false],
  ['closed lately', 'closed', [[2, 'closed']], false],
  ['closed long ago', 'closed', [[31, 'closed']], true],
])('what was merged long ago into an item that is %s', async (_name, status, past, isErased) => {
  const db = await testDatabase()
  const into = await item(db, status, past)
  const code = await item(db, 'merged', [[500, 'merged']], into)
  expect(await toErase(db)).toEqual(isErased ? [into, code] : [])
})

function toErase({ read }: TestDatabase): Promise<number[]> {
  return itemsToErase(read, { endedBefore: Date.now() - 30 * day, after: 0, upTo: 10 })
}

async function item(
  { write }: TestDatabase,
  status: ItemStatus,
  past: Past,
  into: number | null = null,
): Promise<number> {
  const { code } = await write
    .insertInto('items')
    .values({
      source: 'hotline',
      external_id: null,
      title: '蔬菜滞销',
      content: '',
      category: null,
      urgency: 'normal',
      petitioner: null,
      phone: '13800005678',
      address: null,
      received_at: 0,
      status,
      policy: null,
      merged_into: into,
      created_at: 0,
    })
    .returning('code')
    .executeTakeFirstOrThrow()
  await addEvents(
    write,
    past.map(([daysAgo, what]) => ({ at: Date.now() - daysAgo * day, what, item: code })),
  )
  return code
}
