import { addEvents } from '../../db/audit.ts'
import type { Department } from '../../db/departments.ts'
import { hasMember, personOfAccount, removeMemberships } from '../../db/memberships.ts'
import { addMembership, hasLead, membershipsOf, namesakes, upsertPerson } from '../../db/people.ts'
import { endStandIns, standInsAt } from '../../db/stand-ins.ts'
import { type Role, roles } from '../../domain/person.ts'
import { UserError } from '../../errors.ts'
import type { Platform } from '../../ports.ts'
import type { Actor } from '../actor.ts'
import type { Work } from '../work.ts'

export interface Account {
  platform: Platform
  account: string
  name: string
}

/** @returns whether an account was added to somebody who had one elsewhere */
export async function registerPerson(
  work: Work,
  actor: Actor,
  person: Account,
  role: Role,
  department: Department,
): Promise<boolean> {
  const known = await personOfAccount(work.db, person.platform, person.account)
  const same = known ? null : await sameElsewhere(work, person, role, department)
  const id = await upsertPerson(work.db, person, work.now, same)
  await addMembership(work.db, id, department.id, role)
  await addEvents(work.db, [
    {
      at: work.now,
      what: 'person',
      person: actor.id,
      detail: { registered: id, person: person.name, role, department: department.name },
    },
  ])
  return same !== null
}

/**
 * The one person of that name who has that role in that department, and no other anywhere: whoever only has the name gets
 * nothing by it that was not given just now.
 */
async function sameElsewhere(
  { db }: Work,
  person: Account,
  role: Role,
  department: Department,
): Promise<number | null> {
  const [same, another] = await namesakes(db, person, { departmentId: department.id, role })
  if (same === undefined || another !== undefined) return null
  const roles = await membershipsOf(db, same)
  return roles.every((own) => own.role === role && own.department.id === department.id) ? same : null
}

export interface Leaving {
  name: string
  left: { department: Department; roles: Role[] }[]
  /** Those of the departments that nobody answers for now. */
  withoutContact: Department[]
}

/**
 * Takes a person's roles away: in the department that is named, else in the one in whose group it is said, else in all.
 * What they did keeps their name.
 * @throws {UserError} where they have none there, or where nobody would lead the task force
 */
export async function leave(
  work: Work,
  actor: Actor,
  { platform, account, name }: Account,
  { named, here }: { named?: Department; here?: Department },
): Promise<Leaving> {
  const { db, now } = work
  const known = await personOfAccount(db, platform, account)
  const all = known ? await membershipsOf(db, known.id) : []
  const from = named ?? (all.some(({ department }) => department.id === here?.id) ? here : undefined)
  const own = all.filter(({ department }) => !from || department.id === from.id)
  if (!known || own.length === 0) {
    throw new UserError((t) => t.directory.person.hasNoRole(known?.name ?? name, from?.name ?? null))
  }
  const departments = [...new Map(own.map(({ department }) => [department.id, department])).values()]
  const left = departments.map((department) => ({
    department,
    roles: roles.filter((role) =>
      own.some((row) => row.department.id === department.id && row.role === role),
    ),
  }))
  const ids = departments.map(({ id }) => id)
  await removeMemberships(db, known.id, ids)
  if (!(await hasLead(db))) throw new UserError((t) => t.directory.person.lastLead(known.name))
  // Nobody answers for one who is gone, and one who is gone answers for nobody.
  const standIns = (await standInsAt(db, now)).filter(
    ({ department, away, by }) => ids.includes(department.id) && (away.id === known.id || by.id === known.id),
  )
  await endStandIns(
    db,
    standIns.map(({ id }) => id),
    now,
  )
  await addEvents(
    db,
    left.map(({ department, roles: had }) => ({
      at: now,
      what: 'left',
      person: actor.id,
      detail: { person: known.name, roles: had, department: department.name },
    })),
  )
  const withoutContact: Department[] = []
  for (const { department, roles: had } of left) {
    if (had.includes('contact') && !(await hasMember(db, department.id, 'contact')))
      withoutContact.push(department)
  }
  return { name: known.name, left, withoutContact }
}
