import type { Role } from '../domain/person.ts'
import type { Platform } from '../ports.ts'
import type { Db } from './schema.ts'

/** The person of that account, whatever they may do. */
export async function personOfAccount(
  db: Db,
  platform: Platform,
  account: string,
): Promise<{ id: number; name: string } | undefined> {
  return db
    .selectFrom('person_accounts')
    .innerJoin('people', 'people.id', 'person_accounts.person_id')
    .select(['people.id', 'people.name'])
    .where('platform', '=', platform)
    .where('account', '=', account)
    .executeTakeFirst()
}

/** All of a person's roles in these departments. */
export async function removeMemberships(db: Db, personId: number, departmentIds: number[]): Promise<void> {
  await db
    .deleteFrom('memberships')
    .where('person_id', '=', personId)
    .where('department_id', 'in', departmentIds)
    .execute()
}

/** Whether anybody has that role in the department. */
export async function hasMember(db: Db, departmentId: number, role: Role): Promise<boolean> {
  const row = await db
    .selectFrom('memberships')
    .select('person_id')
    .where('department_id', '=', departmentId)
    .where('role', '=', role)
    .executeTakeFirst()
  return row !== undefined
}
