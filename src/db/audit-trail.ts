import type { AuditEntry } from '../domain/event.ts'
import type { Db } from './schema.ts'

/** One line of the whole trail; what concerns no item has none. */
export interface AuditRecord extends AuditEntry {
  item: number | null
}

/** The trail after that record, oldest first. */
export async function auditAfter(
  db: Db,
  id: number,
  limit: number,
): Promise<(AuditRecord & { id: number })[]> {
  const rows = await db
    .selectFrom('events')
    .leftJoin('people', 'people.id', 'events.person_id')
    .leftJoin('assignments', 'assignments.id', 'events.assignment_id')
    .leftJoin('departments', 'departments.id', 'assignments.department_id')
    .select([
      'events.id',
      'events.at',
      'events.what',
      'events.item_code as item',
      'events.detail',
      'people.name as by',
      'departments.name as department',
    ])
    .where('events.id', '>', id)
    .orderBy('events.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }))
}

export async function countEvents(db: Db): Promise<number> {
  const { total } = await db
    .selectFrom('events')
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}
