import { addEvents } from '../../db/audit.ts'
import type { Department } from '../../db/departments.ts'
import { hasMember, personOfAccount, removeMemberships } from '../../db/memberships.ts'
import { addMembership, hasLead, type Membership, membershipsOf, namesakes } from '../../db/people.ts'
import { endStandIns, standInsAt } from '../../db/stand-ins.ts'
import { type Role, roles } from '../../domain/person.ts'
import { UserError } from '../../errors.ts'
import type { Actor } from '../actor.ts'
import type { Work } from '../work.ts'
import { type Account, giveAccount, type Known } from './accounts.ts'

export interface Place {
  role: Role
  department: Department
}

/** @returns who was registered already */
export async function registerPerson(
  work: Work,
  actor: Actor,
  person: Account,
  places: Place[],
): Promise<Known | null> {
  const owner = await personOfAccount(work.db, person.platform, person.account)
  const { id, known } = await giveAccount(work, person, owner ? null : await sameBefore(work, person, places))
  for (const { role, department } of places) await addMembership(work.db, id, department.id, role)
  await addEvents(
    work.db,
    places.map(({ role, department }) => ({
      at: work.now,
      what: 'person',
      person: actor.id,
      detail: { registered: id, person: person.name, role, department: department.name },
    })),
  )
  return known
}

/**
 * The one person of that name who has one of these roles there, and no other anywhere: whoever only has the name gets
 * nothing by it that was not given just now.
 */
async function sameBefore({ db }: Work, person: Account, places: Place[]): Promise<number | null> {
  const found = new Set<number>()
  for (const { role, department } of places) {
    for (const id of await namesakes(db, person.name, {
      platform: person.platform,
      departmentId: department.id,
      role,
    }))
      found.add(id)
  }
  const [same, another] = found
  if (same === undefined || another !== undefined) return null
  const roles = await membershipsOf(db, same)
  const isGiven = (own: Place) =>
    places.some(({ role, department }) => own.role === role && own.department.id === department.id)
  return roles.every(isGiven) ? same : null
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
  const called = known?.name ?? name
  const present = known ? await membershipsOf(db, known.id) : []
  // Under another login they may be another person, who would be back with it.
  const former = await namesakes(db, called, { departmentId: named?.id })
  const formerly: Membership[] = []
  for (const id of former) formerly.push(...(await membershipsOf(db, id)))
  const all = present.length > 0 ? present : former.length === 1 ? formerly : []
  const from = named ?? (all.some(({ department }) => department.id === here?.id) ? here : undefined)
  const places = new Set(all.map(({ department }) => department.id).filter((id) => !from || id === from.id))
  const own = [...present, ...formerly].filter(({ department }) => places.has(department.id))
  if (own.length === 0) {
    throw new UserError((t) => t.directory.person.hasNoRole(called, from?.name ?? null))
  }
  const departments = [...new Map(own.map(({ department }) => [department.id, department])).values()]
  const left = departments.map((department) => ({
    department,
    roles: roles.filter((role) =>
      own.some((row) => row.department.id === department.id && row.role === role),
    ),
  }))
  const ids = departments.map(({ id }) => id)
  const gone = known ? [known.id, ...former] : former
  for (const id of gone) await removeMemberships(db, id, ids)
  if (!(await hasLead(db))) throw new UserError((t) => t.directory.person.lastLead(called))
  // Nobody answers for one who is gone, and one who is gone answers for nobody.
  const standIns = (await standInsAt(db, now)).filter(
    ({ department, away, by }) =>
      ids.includes(department.id) && (gone.includes(away.id) || gone.includes(by.id)),
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
      detail: { person: called, roles: had, department: department.name },
    })),
  )
  const withoutContact: Department[] = []
  for (const { department, roles: had } of left) {
    if (had.includes('contact') && !(await hasMember(db, department.id, 'contact')))
      withoutContact.push(department)
  }
  return { name: called, left, withoutContact }
}
