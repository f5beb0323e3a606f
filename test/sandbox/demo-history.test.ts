import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import type { Db } from '../../src/db/schema.ts'
import { dispatchedParts } from '../../src/domain/totals.ts'
import { allTotals } from '../../src/services/reports/status.ts'
import { triageCardOf } from '../../src/services/triage/triage.ts'
import { testDemo } from '../support/browser.ts'

/** Days from which counting back working days is not the usual thing. */
const days = [
  ['on the first morning after a long holiday', '2026-10-08T00:10:00+08:00'],
  ['in a year whose calendar is not published', '2027-01-06T09:00:01+08:00'],
] as const

test.each(days)('the demo has a past that adds up when it starts %s', { timeout: 40_000 }, async (_, now) => {
  const { duban, sandbox } = await testDemo({ startAt: Date.parse(now), history: true })
  const { totals } = await allTotals(duban.app, duban.app.clock.now())
  expect(totals).toMatchObject({
    collected: 26,
    waiting: 9,
    merged: 1,
    dispatched: 16,
    unacknowledged: 3,
    working: 4,
    review: 1,
    suspended: 1,
    in_progress: 1,
    resolved: 4,
    mostly_resolved: 1,
    deferred: 1,
    rate_3wd: { n: 5, m: 11 },
  })
  expect(dispatchedParts.reduce((sum, part) => sum + totals[part], 0)).toBe(16)
  expect(totals.overdue).toBeGreaterThanOrEqual(2)

  expect(await standing(duban.app.db.read)).toEqual({
    coDepartments: [11],
    returned: [22],
    extensionsToDecide: [15],
    suspended: [21],
    calledBack: [1, 4],
    closed: [1, 4],
    mergedInto: [17],
  })
  for (const [waiting, similar] of [
    [22, 5],
    [24, 11],
    [25, 13],
    [26, 12],
  ] as const) {
    const { message } = await triageCardOf(duban.app, waiting)
    const offered = message.blocks.flatMap((block) =>
      block.kind === 'entries' ? block.entries.map(({ text }) => text) : [],
    )
    expect(offered.join('\n'), `what is like #${waiting}`).toContain(`#${similar} `)
  }

  const said = sandbox.chats().flatMap(({ chat_id }) => sandbox.messages(chat_id))
  expect(said.map(textOf).filter((text) => text.includes('抱歉，系统出错'))).toEqual([])
  const deliveries = await duban.app.db.read
    .selectFrom('deliveries')
    .select(['kind', 'created_at', 'sent_at'])
    .where('status', '!=', 'cancelled')
    .execute()
  expect(deliveries.length).toBeGreaterThan(100)
  // The clock never ran away from a message that was still on its way.
  expect(deliveries.filter(({ created_at, sent_at }) => !sent_at || sent_at - created_at > 60_000)).toEqual(
    [],
  )
})

/** The items of each standing that a newcomer should meet. */
async function standing(db: Db): Promise<Record<string, number[]>> {
  const codes = (rows: { code: number | null }[]) =>
    [...new Set(rows.map(({ code }) => code ?? 0))].toSorted((a, b) => a - b)
  const assignments = db.selectFrom('assignments').select('item_code as code')
  const requests = db
    .selectFrom('requests')
    .innerJoin('assignments', 'assignments.id', 'requests.assignment_id')
    .select('assignments.item_code as code')
  return {
    coDepartments: codes(await assignments.where('part', '=', 'co').execute()),
    returned: codes(await assignments.where('status', '=', 'returned').execute()),
    extensionsToDecide: codes(await requests.where('requests.status', '=', 'pending').execute()),
    suspended: codes(await assignments.where('status', '=', 'suspended').execute()),
    calledBack: codes(await db.selectFrom('callbacks').select('item_code as code').execute()),
    closed: codes(await db.selectFrom('items').select('code').where('status', '=', 'closed').execute()),
    mergedInto: codes(
      await db.selectFrom('items').select('merged_into as code').where('status', '=', 'merged').execute(),
    ),
  }
}
