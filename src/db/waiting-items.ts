import type { Department } from './departments.ts'
import type { ItemRow } from './items.ts'
import type { Db } from './schema.ts'

const waitingStatuses = ['triage', 'ready'] as const

export async function itemsByCode(db: Db, codes: readonly number[]): Promise<ItemRow[]> {
  if (codes.length === 0) return []
  return db
    .selectFrom('items')
    .selectAll()
    .where('code', 'in', [...codes])
    .execute()
}

/** The item to be judged next: the most urgent, then the one received first. */
export async function nextWaiting(db: Db, skipped: readonly number[]): Promise<ItemRow | undefined> {
  const waiting = db
    .selectFrom('items')
    .selectAll()
    .where('status', 'in', waitingStatuses)
    .orderBy((e) => e.case('urgency').when('critical').then(0).when('urgent').then(1).else(2).end())
    .orderBy('received_at')
    .orderBy('code')
    .limit(1)
  return (skipped.length === 0 ? waiting : waiting.where('code', 'not in', [...skipped])).executeTakeFirst()
}

export async function countWaiting(db: Db): Promise<number> {
  const { total } = await db
    .selectFrom('items')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('status', 'in', waitingStatuses)
    .executeTakeFirstOrThrow()
  return total
}

export async function departmentsById(db: Db, ids: readonly number[]): Promise<Map<number, Department>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('departments')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function allDepartments(db: Db): Promise<Department[]> {
  return db.selectFrom('departments').select(['id', 'name']).orderBy('id').execute()
}
