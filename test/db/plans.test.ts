import { CompiledQuery, createQueryId, type RootOperationNode } from 'kysely'
import { expect, test } from 'vitest'
import { departmentsToNudge } from '../../src/db/assignments.ts'
import { dispatchedIn, newestInChat, newestToAccount } from '../../src/db/deliveries.ts'
import { unsentNudgeDeliveries } from '../../src/db/nudges.ts'
import { lastDone } from '../../src/db/requests.ts'
import { returnedOf } from '../../src/db/returns.ts'
import type { Db } from '../../src/db/schema.ts'
import { solvedInTime } from '../../src/db/totals.ts'
import { testDesk } from '../operator/desk.ts'

test('the unsent nudges of an assignment are looked for from the assignment, not among all that is pending', async () => {
  const { read } = await (await testDesk()).db()
  const [first, ...rest] = await planOf(read, (db) => unsentNudgeDeliveries(db, 1))
  expect(first).toContain('delivery_assignments_assignment (assignment_id=?)')
  expect(rest.join()).toContain('SEARCH deliveries USING INTEGER PRIMARY KEY')
})

test('the items merged into one are found by an index', async () => {
  const { read } = await (await testDesk()).db()
  const plan = await planOf(read, (db) =>
    db.selectFrom('items').select('code').where('merged_into', '=', 1).execute(),
  )
  expect(plan.join()).toContain('items_merged_into (merged_into=?)')
})

test('who last did something to an assignment is looked for among the events of its item', async () => {
  const { read } = await (await testDesk()).db()
  const [first] = await planOf(read, (db) => lastDone(db, [1], 'returned'))
  expect(first).toContain('events_item (item_code=?)')
})

test('the newest messages of a chat, and to a person, are found without reading everybody’s', async () => {
  const { read } = await (await testDesk()).db()
  const inChat = await planOf(read, (db) => newestInChat(db, { platform: 'wechat', chatId: 'a' }, 300))
  expect(inChat.join()).toBe('SEARCH deliveries USING INDEX deliveries_chat (platform=? AND chat_id=?)')
  const alone = await planOf(read, (db) => newestToAccount(db, { platform: 'wechat', account: 'a' }, 300))
  expect(alone.join()).toBe('SEARCH deliveries USING INDEX deliveries_account (platform=? AND account=?)')
})

test('the rates take each day’s assignments from an index, and compare none with every day', async () => {
  const { read } = await (await testDesk()).db()
  const plan = await planOf(read, (db) => solvedInTime(db, [{ from: 0, until: 1, end: 2 }]))
  const inner = plan[plan.indexOf('SCAN days') + 1]
  expect(inner).toContain('assignments_dispatched (part=? AND dispatched_at>? AND dispatched_at<?)')
})

test('whose nudges are due is read from the index of the times', async () => {
  const { read } = await (await testDesk()).db()
  const plan = await planOf(read, (db) => departmentsToNudge(db, 1))
  expect(plan[0]).toContain('COVERING INDEX assignments_nudge (next_nudge_at<?)')
})

test('what was returned of an item is looked for among its own assignments', async () => {
  const { read } = await (await testDesk()).db()
  const plan = await planOf(read, (db) => returnedOf(db, 1))
  expect(plan.join()).toContain('(item_code=?)')
})

test('which of a department’s open assignments a chat shows is looked for from these', async () => {
  const { read } = await (await testDesk()).db()
  const [first] = await planOf(read, (db) => dispatchedIn(db, 1, { platform: 'feishu', chatId: 'a' }))
  expect(first).toContain('assignments_department (department_id=? AND status=?)')
})

test('what keeps SQLite from an index is good in PostgreSQL too, which knows no plus before a text', async () => {
  const { read } = await (await testDesk()).db()
  const queries = [
    (db: Db) => unsentNudgeDeliveries(db, 1),
    (db: Db) => returnedOf(db, 1),
    (db: Db) => dispatchedIn(db, 1, { platform: 'feishu', chatId: 'a' }),
  ]
  for (const query of queries) {
    const { sql } = await compiled(read, query)
    expect(sql).toContain("|| ''")
    expect(sql).not.toContain('+')
  }
})

/** How SQLite goes about the query that `run` makes. */
async function planOf(db: Db, run: (db: Db) => Promise<unknown>): Promise<string[]> {
  const { sql, parameters } = await compiled(db, run)
  const { rows } = await db.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
  )
  return rows.map(({ detail }) => detail)
}

async function compiled(db: Db, run: (db: Db) => Promise<unknown>): Promise<CompiledQuery> {
  let node: RootOperationNode | undefined
  const watched = db.withPlugin({
    transformQuery(args) {
      node = args.node
      return args.node
    },
    transformResult: async ({ result }) => result,
  })
  await run(watched)
  if (!node) throw new Error('there was no query')
  return db.getExecutor().compileQuery(node, createQueryId())
}
