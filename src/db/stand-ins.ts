import type { Role } from '../domain/person.ts'
import type { Platform } from '../ports.ts'
import { isInForce } from './logins.ts'
import type { Db } from './schema.ts'

/** Somebody answers in another's place, for a while. */
export interface StandIn {
  id: number
  department: { id: number; name: string }
  /** Who is away. */
  away: { id: number; name: string }
  /** Who answers, by the accounts that are good now. */
  by: { id: number; name: string; accounts: { platform: Platform; account: string }[] }
}

/** Who answers in whose place at that moment, in one department or in all. */
export async function standInsAt(db: Db, at: number, departmentId?: number): Promise<StandIn[]> {
  let query = db
    .selectFrom('stand_ins')
    .innerJoin('departments', 'departments.id', 'stand_ins.department_id')
    .innerJoin('people as away', 'away.id', 'stand_ins.person_id')
    .innerJoin('people as by', 'by.id', 'stand_ins.stand_in_id')
    .leftJoin('person_accounts', (join) =>
      join.onRef('person_accounts.person_id', '=', 'stand_ins.stand_in_id').on(isInForce('person_accounts')),
    )
    .select([
      'stand_ins.id',
      'departments.id as departmentId',
      'departments.name as department',
      'away.id as awayId',
      'away.name as awayName',
      'by.id as byId',
      'by.name as byName',
      'person_accounts.platform',
      'person_accounts.account',
    ])
    .where('from_at', '<=', at)
    .where('until_at', '>', at)
    .orderBy('stand_ins.id')
  if (departmentId !== undefined) query = query.where('stand_ins.department_id', '=', departmentId)
  const standIns = new Map<number, StandIn>()
  for (const row of await query.execute()) {
    const standIn = standIns.get(row.id) ?? {
      id: row.id,
      department: { id: row.departmentId, name: row.department },
      away: { id: row.awayId, name: row.awayName },
      by: { id: row.byId, name: row.byName, accounts: [] },
    }
    if (row.platform !== null && row.account !== null)
      standIn.by.accounts.push({ platform: row.platform, account: row.account })
    standIns.set(row.id, standIn)
  }
  return [...standIns.values()]
}

/** The roles of others in whose place a person answers at that moment, as far as they still have them. */
export async function standsFor(
  db: Db,
  standInId: number,
  at: number,
): Promise<
  { role: Role; department: { id: number; name: string }; insteadOf: { id: number; name: string } }[]
> {
  const rows = await db
    .selectFrom('stand_ins')
    .innerJoin('memberships', (join) =>
      join
        .onRef('memberships.person_id', '=', 'stand_ins.person_id')
        .onRef('memberships.department_id', '=', 'stand_ins.department_id'),
    )
    .innerJoin('departments', 'departments.id', 'stand_ins.department_id')
    .innerJoin('people', 'people.id', 'stand_ins.person_id')
    .select([
      'memberships.role',
      'departments.id',
      'departments.name',
      'people.id as personId',
      'people.name as person',
    ])
    .where('stand_ins.stand_in_id', '=', standInId)
    .where('from_at', '<=', at)
    .where('until_at', '>', at)
    // A lead's and an observer's rights are nobody else's.
    .where('memberships.role', 'in', [...placesToFill])
    .orderBy('stand_ins.id')
    .execute()
  return rows.map((row) => ({
    role: row.role,
    department: { id: row.id, name: row.name },
    insteadOf: { id: row.personId, name: row.person },
  }))
}

/** The roles in which somebody may answer for another. */
export const placesToFill = ['contact', 'backup', 'leader'] as const satisfies readonly Role[]

export async function addStandIn(
  db: Db,
  standIn: { departmentId: number; personId: number; standInId: number; fromAt: number; untilAt: number },
): Promise<void> {
  await db
    .insertInto('stand_ins')
    .values({
      department_id: standIn.departmentId,
      person_id: standIn.personId,
      stand_in_id: standIn.standInId,
      from_at: standIn.fromAt,
      until_at: standIn.untilAt,
    })
    .execute()
}

export async function endStandIns(db: Db, ids: number[], at: number): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('stand_ins').set({ until_at: at }).where('id', 'in', ids).execute()
}
