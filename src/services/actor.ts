import type { Department } from '../db/departments.ts'
import type { Person } from '../db/people.ts'
import type { Assignment } from '../domain/assignment.ts'
import type { Role } from '../domain/person.ts'
import { UserError } from '../errors.ts'

/** Whoever acts; Duban acting by itself has none. */
export type Actor = Person

export function hasRole(actor: Actor, roles: readonly Role[]): boolean {
  return actor.memberships.some(({ role }) => roles.includes(role))
}

/** The departments for which the actor has one of these roles, each once. */
export function departmentsOf(actor: Actor, roles: readonly Role[]): Department[] {
  const own = actor.memberships.filter(({ role }) => roles.includes(role))
  return [...new Map(own.map(({ department }) => [department.id, department])).values()]
}

/** Whoever serves several departments means the one in whose group it is said, or clicked, before the others. */
export function hereFirst(actor: Actor, here: Department | undefined): Actor {
  const rank = ({ department }: Person['memberships'][number]) => (department.id === here?.id ? 0 : 1)
  return { ...actor, memberships: actor.memberships.toSorted((a, b) => rank(a) - rank(b)) }
}

export const answering = ['contact', 'backup'] as const satisfies readonly Role[]
export const ofDepartment = ['contact', 'backup', 'leader'] as const satisfies readonly Role[]

/** @throws {UserError} where the assignment is another department's. */
export function requireOwn(actor: Actor, assignment: Assignment): void {
  const own = departmentsOf(actor, answering)
  if (own.some(({ id }) => id === assignment.department.id)) return
  throw new UserError((t) => t.errors.notYours(assignment.item.code))
}
