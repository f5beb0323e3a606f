import { expect, test } from 'vitest'
import { findAssignments, setNextNudge } from '../../src/db/assignments.ts'
import { reopenedRounds } from '../../src/db/audit.ts'
import { latestFeedback } from '../../src/db/feedback.ts'
import { firedNudges, forgetUnsentNudges, nudgedByHand } from '../../src/db/nudges.ts'
import { latestRequests } from '../../src/db/requests.ts'
import { work } from '../../src/services/work.ts'
import { aTextCity } from '../support/text-city.ts'

test('more can be asked for, and changed, than SQLite takes values in one statement', async () => {
  const city = await aTextCity()
  await city.items('蔬菜滞销', '水渠淤堵')
  for (const code of [1, 2]) {
    await city.say('陈组长', `/派单 #${code} 市农业农村委`)
    await city.say('陈组长', `/催办 #${code}`)
    await city.say('孙联络', `/反馈 #${code} 已解决 已修好`)
  }
  // What there is comes first and last.
  const ids = [1, ...Array.from({ length: 40_000 }, (_, i) => i + 3), 2]
  const both = (rows: Iterable<number>) => expect([...rows].sort()).toEqual([1, 2])
  await work(city.app, async ({ db, now }) => {
    both((await findAssignments(db, { ids })).map(({ id }) => id))
    both((await firedNudges(db, ids)).map(({ assignmentId }) => assignmentId))
    both((await nudgedByHand(db, ids, { after: 0, before: now + 1 })).keys())
    both((await latestFeedback(db, ids)).keys())
    expect((await latestRequests(db, ids)).size + (await reopenedRounds(db, ids)).size).toBe(0)

    await setNextNudge(db, ids, now)
    const next = await db.selectFrom('assignments').select('next_nudge_at').execute()
    expect(next).toEqual([{ next_nudge_at: now }, { next_nudge_at: now }])

    await db.updateTable('nudges').set({ stage: 'half' }).execute()
    await db.updateTable('deliveries').set({ status: 'refused', error: 'no-chat' }).execute()
    await forgetUnsentNudges(db, ids)
    expect(await firedNudges(db, ids)).toEqual([])
  })
})
