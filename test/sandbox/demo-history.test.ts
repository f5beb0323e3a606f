import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { dispatchedParts } from '../../src/domain/totals.ts'
import { allTotals } from '../../src/services/status.ts'
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
    collected: 20,
    waiting: 3,
    dispatched: 17,
    unacknowledged: 4,
    working: 3,
    review: 1,
    in_progress: 1,
    resolved: 6,
    mostly_resolved: 1,
    deferred: 1,
    rate_3wd: { n: 7, m: 12 },
  })
  expect(dispatchedParts.reduce((sum, part) => sum + totals[part], 0)).toBe(17)
  expect(totals.overdue).toBeGreaterThanOrEqual(2)

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
