import fc from 'fast-check'
import { expect, test } from 'vitest'
import { insertAssignment } from '../../src/db/assignments.ts'
import { addDepartment } from '../../src/db/departments.ts'
import { insertItem } from '../../src/db/items.ts'
import type { Tx } from '../../src/db/schema.ts'
import type { AssignmentStatus, Outcome } from '../../src/domain/assignment.ts'
import { isOverdue } from '../../src/domain/nudge-ladder.ts'
import type { Office } from '../../src/domain/office-hours.ts'
import { type Rates, ratedDays, rateWindows, solvedWithin } from '../../src/domain/rates.ts'
import { totalsIn, totalsOfDepartment } from '../../src/services/reports/status.ts'
import { anyInstant, anyOffice } from '../domain/offices.ts'
import { testDatabase } from '../support/database.ts'

const hour = 60 * 60 * 1000
const names = ['甲局', '乙局', '丙委']

interface Row {
  department: number
  part: 'lead' | 'co'
  round: number
  status: AssignmentStatus
  outcome: Outcome | null
  hoursAgo: number
  dueAfter: number
  solvedAfter: number | keyof Rates | null
  promised: string | null
}

const anyRate = fc.constantFrom<(keyof Rates)[]>('rate_3wd', 'rate_7d')
const anyRow: fc.Arbitrary<Row> = fc
  .record({
    department: fc.constantFrom(0, 1, 2),
    part: fc.constantFrom('lead' as const, 'lead' as const, 'co' as const),
    round: fc.integer({ min: 1, max: 2 }),
    state: fc.constantFrom(
      ['sent', null] as const,
      ['working', null] as const,
      ['working', 'in_progress'] as const,
      ['review', null] as const,
      ['suspended', null] as const,
      ['accepted', 'resolved'] as const,
      ['accepted', 'mostly_resolved'] as const,
      ['accepted', 'deferred'] as const,
      ['returned', null] as const,
      ['withdrawn', null] as const,
    ),
    hoursAgo: fc.integer({ min: -30, max: 40 * 24 }),
    dueAfter: fc.integer({ min: 0, max: 20 * 24 }),
    // To the last moment of a window, too.
    solvedAfter: fc.option(fc.oneof(fc.integer({ min: 0, max: 20 * 24 }), anyRate)),
    promised: fc.constantFrom(null, '2026-11-21', '2025-02-28', '2027-10-01'),
  })
  .map(({ state: [status, outcome], ...row }) => ({ ...row, status, outcome }))
/** Of one item; a department has a share in a round but once. */
const anyItem = fc.uniqueArray(anyRow, {
  maxLength: 4,
  selector: ({ department, round }) => `${round} ${department}`,
})

test('what SQL counts is what counting one by one comes to', async () => {
  const db = await testDatabase()
  const { write, read } = db
  const departments = await Promise.all(names.map((name) => addDepartment(write, name, 0)))
  const ids = departments.map(({ id }) => id)
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyItem, { maxLength: 12 }),
      anyInstant,
      anyOffice,
      async (items, now, office) => {
        const { rows, found } = await write.transaction().execute(async (db) => {
          await db.deleteFrom('assignments').execute()
          await db.deleteFrom('items').execute()
          const rows = await stored(db, items, { departments: ids, now, office })
          return { rows, found: await totalsIn(db, { office: () => office }, now) }
        })
        for (const [index, name] of [...names.entries(), [undefined, undefined] as const]) {
          const own = rows.filter(({ department }) => index === undefined || department === index)
          const counted =
            name === undefined ? found.totals : found.departments.find((row) => row.department === name)
          const { dispatched, ...expected } = recount(own, now, office)
          if (counted) expect(counted).toMatchObject({ dispatched, ...expected })
          else expect(dispatched).toBe(0)
        }
        for (const [index, department] of departments.entries()) {
          const own = rows.filter((row) => row.department === index)
          const counted = await totalsOfDepartment({ db, office: () => office }, department, now)
          expect(counted).toMatchObject({ department: department.name, ...recount(own, now, office) })
        }
      },
    ),
    { numRuns: 60 },
  )
  expect(await read.selectFrom('departments').selectAll().execute()).toHaveLength(3)
})

/** A row as the database has it; those that count are told apart here, one by one. */
interface Stored {
  department: number
  status: AssignmentStatus
  outcome: Outcome | null
  promisedDate: string | null
  dispatchedAt: number
  dueAt: number
  solvedAt: number | null
  counted: boolean
}

async function stored(
  db: Tx,
  items: Row[][],
  { departments, now, office }: { departments: number[]; now: number; office: Office },
): Promise<Stored[]> {
  const all: Stored[] = []
  for (const rows of items) {
    const code = await insertItem(db, {
      source: 'hotline',
      external_id: null,
      title: '蔬菜滞销',
      content: '',
      category: null,
      urgency: 'normal',
      petitioner: null,
      phone: null,
      address: null,
      received_at: now,
      status: 'open',
      policy: null,
      created_at: now,
    })
    const newest = Math.max(...rows.map(({ round }) => round))
    for (const { department, part, round, status, outcome, promised, ...row } of rows) {
      const dispatchedAt = now - row.hoursAgo * hour
      const dueAt = dispatchedAt + row.dueAfter * hour
      const solvedAt = solvedTime(row.solvedAfter, dispatchedAt, office)
      const isOut = status === 'returned' || status === 'withdrawn'
      const counted = part === 'lead' && round === newest && !isOut
      all.push({
        department,
        status,
        outcome,
        promisedDate: promised,
        dispatchedAt,
        dueAt,
        solvedAt,
        counted,
      })
      await insertAssignment(db, {
        item_code: code,
        department_id: departments[department] ?? 0,
        part,
        round,
        status,
        policy: '3wd',
        due_from: dispatchedAt,
        dispatched_at: dispatchedAt,
        dispatched_by: null,
        acknowledged_at: null,
        acknowledged_by: null,
        due_at: dueAt,
        due_set_at: dispatchedAt,
        provisional: 0,
        promised_date: promised,
        promised_set_at: null,
        review_date: null,
        suspended_at: null,
        returned_at: null,
        return_reason: null,
        suggested_department_id: null,
        outcome,
        solved_at: solvedAt,
        accepted_at: null,
        next_nudge_at: null,
      })
    }
  }
  return all
}

function solvedTime(after: Row['solvedAfter'], dispatchedAt: number, office: Office): number | null {
  if (after === null) return null
  if (typeof after === 'number') return dispatchedAt + after * hour
  const [day] = ratedDays(dispatchedAt, rateWindows[after], dispatchedAt + 100 * 24 * hour, office)
  return day?.end ?? null
}

function recount(rows: Stored[], now: number, office: Office) {
  const counted = rows.filter((row) => row.counted)
  const count = (fits: (row: Stored) => boolean) => counted.filter(fits).length
  return {
    dispatched: counted.length,
    unacknowledged: count(({ status }) => status === 'sent'),
    working: count(({ status, outcome }) => status === 'working' && outcome === null),
    in_progress: count(({ status, outcome }) => status === 'working' && outcome === 'in_progress'),
    review: count(({ status }) => status === 'review'),
    suspended: count(({ status }) => status === 'suspended'),
    resolved: count(({ status, outcome }) => status === 'accepted' && outcome === 'resolved'),
    mostly_resolved: count(({ status, outcome }) => status === 'accepted' && outcome === 'mostly_resolved'),
    deferred: count(({ status, outcome }) => status === 'accepted' && outcome === 'deferred'),
    overdue: count((row) => isOverdue(row, now, office)),
    rate_3wd: solvedWithin(rows, rateWindows.rate_3wd, now, office),
    rate_7d: solvedWithin(rows, rateWindows.rate_7d, now, office),
  }
}
