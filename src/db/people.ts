import type { Role } from '../domain/person.ts'
import { loginOf } from '../domain/platform.ts'
import type { Mention } from '../messages/message.ts'
import type { Platform } from '../ports.ts'
import { isInForce } from './logins.ts'
import type { Db } from './schema.ts'
import { standInsAt, standsFor } from './stand-ins.ts'

export interface Person {
  id: number
  name: string
  memberships: Membership[]
}

export interface Membership {
  role: Role
  department: { id: number; name: string }
  /** In whose place, where the role is another's for a while. */
  insteadOf?: { id: number; name: string }
}

/** The person of that account, where it is good now, with the roles that are theirs at that moment, a stand-in's too. */
export async function personByAccount(
  db: Db,
  platform: Platform,
  account: string,
  now: number,
): Promise<Person | null> {
  const person = await db
    .selectFrom('person_accounts')
    .innerJoin('people', 'people.id', 'person_accounts.person_id')
    .select(['people.id', 'people.name'])
    .where('platform', '=', platform)
    .where('account', '=', account)
    .where(isInForce('person_accounts'))
    .executeTakeFirst()
  if (!person) return null
  const own = await membershipsOf(db, person.id)
  return { ...person, memberships: [...own, ...(await standsFor(db, person.id, now))] }
}

/** The roles that are a person's own. */
export async function membershipsOf(db: Db, personId: number): Promise<Membership[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('departments', 'departments.id', 'memberships.department_id')
    .select(['memberships.role', 'departments.id', 'departments.name'])
    .where('person_id', '=', personId)
    .orderBy('departments.id')
    .execute()
  return rows.map((row) => ({ role: row.role, department: { id: row.id, name: row.name } }))
}

/**
 * The person of that account, made if new; the name follows the newest word on it. `known`: who has it now, where it was
 * nobody's.
 */
export async function upsertPerson(
  db: Db,
  person: { platform: Platform; account: string; name: string },
  at: number,
  known: number | null = null,
): Promise<number> {
  const owner = await db
    .selectFrom('person_accounts')
    .select('person_id')
    .where('platform', '=', person.platform)
    .where('account', '=', person.account)
    .executeTakeFirst()
  if (owner) {
    await db.updateTable('people').set({ name: person.name }).where('id', '=', owner.person_id).execute()
    return owner.person_id
  }
  const id = known ?? (await addPerson(db, person.name, at))
  await db
    .insertInto('person_accounts')
    .values({
      platform: person.platform,
      account: person.account,
      person_id: id,
      login: loginOf(person.account),
    })
    .execute()
  return id
}

async function addPerson(db: Db, name: string, at: number): Promise<number> {
  const { id } = await db
    .insertInto('people')
    .values({ name, created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whether they have an account there that is only good under another login. */
export async function hasFormerAccount(db: Db, personId: number, platform: Platform): Promise<boolean> {
  const row = await db
    .selectFrom('person_accounts')
    .select('account')
    .where('person_id', '=', personId)
    .where('platform', '=', platform)
    .where((e) => e.not(isInForce('person_accounts')))
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Those of that name who have a role, that one and there where they are given, and whom no account reaches now: none on the
 * platform, or none at all.
 */
export async function namesakes(
  db: Db,
  name: string,
  { platform, role, departmentId }: { platform?: Platform; role?: Role; departmentId?: number | undefined },
): Promise<number[]> {
  let query = db
    .selectFrom('people')
    .innerJoin('memberships', 'memberships.person_id', 'people.id')
    .select('people.id')
    .where('people.name', '=', name)
    .where((e) => {
      let accounts = e
        .selectFrom('person_accounts')
        .select('account')
        .whereRef('person_accounts.person_id', '=', 'people.id')
        .where(isInForce('person_accounts'))
      if (platform !== undefined) accounts = accounts.where('person_accounts.platform', '=', platform)
      return e.not(e.exists(accounts))
    })
    .distinct()
    .orderBy('people.id')
  if (role !== undefined) query = query.where('memberships.role', '=', role)
  if (departmentId !== undefined) query = query.where('memberships.department_id', '=', departmentId)
  const rows = await query.execute()
  return rows.map(({ id }) => id)
}

/** @returns whether it is new. */
export async function addMembership(
  db: Db,
  personId: number,
  departmentId: number,
  role: Role,
): Promise<boolean> {
  const result = await db
    .insertInto('memberships')
    .values({ person_id: personId, department_id: departmentId, role })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/**
 * Those of a department in these roles, by their accounts on one platform, in the order of the roles; in the place of
 * whoever is away, who answers for them now. Whom no account reaches now is named by a former one.
 */
export async function mentionsOf(
  db: Db,
  platform: Platform,
  departmentId: number,
  roles: readonly Role[],
  now: number,
): Promise<Mention[]> {
  if (roles.length === 0) return []
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person_id')
    .innerJoin('person_accounts', 'person_accounts.person_id', 'people.id')
    .select([
      'people.id',
      'people.name',
      'person_accounts.account',
      isInForce('person_accounts').as('is_in_force'),
      'memberships.role',
    ])
    .where('memberships.department_id', '=', departmentId)
    .where('memberships.role', 'in', [...roles])
    .where('person_accounts.platform', '=', platform)
    .orderBy('people.id')
    .execute()
  const instead = await standInsAt(db, now, departmentId)
  const reached = new Set(rows.filter((row) => row.is_in_force).map(({ name }) => name))
  const formerOf = (person: number) => rows.find(({ id }) => id === person)?.account
  const mentions = rows
    .filter((row) => row.is_in_force || (!reached.has(row.name) && row.account === formerOf(row.id)))
    .sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role))
    .map(({ id, account, name }): Mention => {
      const by = instead.find(({ away }) => away.id === id)?.by
      const other = by?.accounts.find((known) => known.platform === platform)
      return by && other ? { account: other.account, name: by.name } : { account, name }
    })
  return [...new Map(mentions.map((mention) => [mention.account, mention])).values()]
}

/** Names of those in a role, by department, for "who answers" at that moment. */
export async function namesByDepartment(db: Db, role: Role, now: number): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person_id')
    .select(['memberships.department_id', 'people.id', 'people.name'])
    .where('role', '=', role)
    .orderBy('people.id')
    .execute()
  const instead = await standInsAt(db, now)
  const names = new Map<number, Set<string>>()
  for (const { department_id: department, id, name } of rows) {
    const standIn = instead.find((row) => row.away.id === id && row.department.id === department)
    const answers = standIn && standIn.by.accounts.length > 0 ? standIn.by.name : name
    names.set(department, (names.get(department) ?? new Set()).add(answers))
  }
  return new Map([...names].map(([department, all]) => [department, [...all]]))
}

/** Those of the task force, for people who must be told whom to ask. */
export async function leadNames(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person_id')
    .select('people.name')
    .where('role', '=', 'lead')
    .distinct()
    .orderBy('people.id')
    .execute()
  return rows.map((row) => row.name)
}

export async function hasLead(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('memberships')
    .select('person_id')
    .where('role', '=', 'lead')
    .executeTakeFirst()
  return row !== undefined
}
