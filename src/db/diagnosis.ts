import type { Kysely } from 'kysely'
import type { Role } from '../domain/person.ts'
import { isInForce } from './logins.ts'
import type { Schema } from './schema.ts'

/** A department, and whether messages and people can be found for it. */
export interface DepartmentReach {
  name: string
  groups: number
  roles: Set<Role>
}

export async function departmentReach(db: Kysely<Schema>): Promise<DepartmentReach[]> {
  const departments = await db.selectFrom('departments').select(['id', 'name']).orderBy('id').execute()
  const chats = await db
    .selectFrom('department_chats')
    .select('department_id')
    .where(isInForce('department_chats'))
    .execute()
  const memberships = await db
    .selectFrom('memberships')
    .select(['department_id', 'role'])
    .distinct()
    .execute()
  return departments.map(({ id, name }) => ({
    name,
    groups: chats.filter((chat) => chat.department_id === id).length,
    roles: new Set(memberships.filter((row) => row.department_id === id).map((row) => row.role)),
  }))
}

/** Messages that a platform refused since then, counted by department and reason, most first. */
export async function refusedSince(
  db: Kysely<Schema>,
  since: number,
): Promise<{ department: string | null; reason: string | null; total: number }[]> {
  return db
    .selectFrom('deliveries')
    .leftJoin('departments', 'departments.id', 'deliveries.department_id')
    .select((e) => [
      'departments.name as department',
      'deliveries.error as reason',
      e.fn.countAll<number>().as('total'),
    ])
    .where('deliveries.status', '=', 'refused')
    .where('deliveries.op', '=', 'send')
    .where('deliveries.created_at', '>=', since)
    .groupBy(['departments.name', 'deliveries.error'])
    .orderBy('total', 'desc')
    .execute()
}

/** Messages that are still to be sent, and were to be already at `by`. */
export async function waitingSince(
  db: Kysely<Schema>,
  by: number,
): Promise<{ total: number; oldest: number | null }> {
  const { total, oldest } = await db
    .selectFrom('deliveries')
    .select((e) => [e.fn.countAll<number>().as('total'), e.fn.min<number | null>('created_at').as('oldest')])
    .where('status', 'in', ['pending', 'sending'])
    .where('created_at', '<=', by)
    .executeTakeFirstOrThrow()
  return { total, oldest }
}
