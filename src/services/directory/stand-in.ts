import { addEvents } from '../../db/audit.ts'
import { chatsOf, type Department } from '../../db/departments.ts'
import { personOfAccount } from '../../db/memberships.ts'
import { type Membership, membershipsOf, upsertPerson } from '../../db/people.ts'
import { addStandIn, endStandIns, placesToFill, type StandIn, standInsAt } from '../../db/stand-ins.ts'
import { addDays, instantAt, type LocalDate } from '../../domain/time.ts'
import { UserError } from '../../errors.ts'
import { line } from '../../messages/message.ts'
import { type Actor, departmentsOf, hasRole } from '../actor.ts'
import { post } from '../delivery/outbox.ts'
import type { Work } from '../work.ts'
import type { Account } from './accounts.ts'

export interface StandInOrder {
  standIn: Account
  /** Whose place it is; absent: the actor's own. */
  insteadOf?: Account
  /** The last day of it. */
  until: LocalDate
  /** In whose group it is said: where the person has a place there, that one alone. */
  here?: Department
}

/** What was arranged, by department. */
export interface Arranged {
  name: string
  insteadOf: string
  departments: Department[]
}

/**
 * From now until the end of that day somebody answers in another's place; an earlier arrangement of the same place ends.
 * @throws {UserError}
 */
export async function arrangeStandIn(work: Work, actor: Actor, order: StandInOrder): Promise<Arranged> {
  const { db, now, app } = work
  const { standIn, until } = order
  const person = await whosePlace(work, actor, order)
  const places = person.departments.filter(({ id }) => id === order.here?.id)
  const departments = places.length > 0 ? places : person.departments
  if (departments.length === 0) {
    throw new UserError((t) => t.directory.standIn.noPlace(person.name))
  }
  const known = await personOfAccount(db, standIn.platform, standIn.account)
  if (known?.id === person.id) throw new UserError((t) => t.directory.standIn.oneself)
  const running = (await standInsAt(db, now)).filter(({ department }) =>
    departments.some(({ id }) => id === department.id),
  )
  requireFree(running, person, known)
  const id = await upsertPerson(db, standIn, now)
  await endStandIns(
    db,
    running.filter(({ away }) => away.id === person.id).map((row) => row.id),
    now,
  )
  const untilAt = instantAt(addDays(until, 1), '00:00', app.voice.timezone)
  for (const department of departments) {
    await addStandIn(db, {
      departmentId: department.id,
      personId: person.id,
      standInId: id,
      fromAt: now,
      untilAt,
    })
  }
  await addEvents(
    db,
    departments.map((department) => ({
      at: now,
      what: 'stand-in',
      person: actor.id,
      detail: { person: standIn.name, insteadOf: person.name, until, department: department.name },
    })),
  )
  return { name: standIn.name, insteadOf: person.name, departments }
}

/** Who is away: the actor, or for a lead whoever is named; with the departments in which somebody may answer for them. */
async function whosePlace(
  work: Work,
  actor: Actor,
  { insteadOf }: StandInOrder,
): Promise<{ id: number; name: string; departments: Department[] }> {
  if (!insteadOf) return { id: actor.id, name: actor.name, departments: placesOf(actor.memberships) }
  const person = await personOfAccount(work.db, insteadOf.platform, insteadOf.account)
  if (!hasRole(actor, ['lead']) && person?.id !== actor.id)
    throw new UserError((t) => t.directory.standIn.onlyLead)
  if (!person) throw new UserError((t) => t.directory.standIn.noPlace(insteadOf.name))
  return { ...person, departments: placesOf(await membershipsOf(work.db, person.id)) }
}

/** What one does for another can't be handed on. */
function placesOf(memberships: Membership[]): Department[] {
  const own = memberships.filter(({ insteadOf }) => !insteadOf)
  return departmentsOf({ id: 0, name: '', memberships: own }, placesToFill)
}

/** @throws {UserError} where the stand-in is away too, or the other answers for somebody else: there are no chains */
function requireFree(
  running: StandIn[],
  person: { id: number; name: string },
  standIn?: { id: number },
): void {
  const absent = running.find(({ away }) => away.id === standIn?.id)
  if (absent) throw new UserError((t) => t.directory.standIn.isAway(absent.away.name, absent.by.name))
  const busy = running.find(({ by }) => by.id === person.id)
  if (busy) throw new UserError((t) => t.directory.standIn.standsIn(person.name, busy.away.name))
}

/**
 * Ends what the named person, or the actor, has arranged; where they have arranged nothing, what they stand in for.
 * @throws {UserError} where there is nothing to end
 */
export async function endStandIn(work: Work, actor: Actor, who?: Account): Promise<Arranged[]> {
  const { db, now } = work
  const person = who ? await personOfAccount(db, who.platform, who.account) : actor
  const mayAll = hasRole(actor, ['lead'])
  const concerned = (await standInsAt(db, now)).filter(
    ({ away, by }) =>
      (away.id === person?.id || by.id === person?.id) &&
      (mayAll || away.id === actor.id || by.id === actor.id),
  )
  const arranged = concerned.filter(({ away }) => away.id === person?.id)
  const ended = arranged.length > 0 ? arranged : concerned
  if (ended.length === 0) throw new UserError((t) => t.directory.standIn.nothing(who?.name ?? null))
  await endStandIns(
    db,
    ended.map(({ id }) => id),
    now,
  )
  await addEvents(
    db,
    ended.map(({ department, away, by }) => ({
      at: now,
      what: 'stand-in',
      person: actor.id,
      detail: { person: by.name, insteadOf: away.name, ended: true, department: department.name },
    })),
  )
  const pairs = Map.groupBy(ended, ({ away, by }) => `${away.id} ${by.id}`)
  return [...pairs.values()].map((rows) => ({
    name: rows[0]?.by.name ?? '',
    insteadOf: rows[0]?.away.name ?? '',
    departments: rows.map(({ department }) => department),
  }))
}

/** One line to each department's groups, but the one in which it was said and is answered. */
export async function tellDepartments(
  work: Work,
  departments: Department[],
  words: string,
  { except, mention }: { except: string; mention?: Account },
): Promise<void> {
  for (const { id } of departments) {
    for (const { platform, chatId } of await chatsOf(work.db, id)) {
      if (chatId === except) continue
      await post(work, {
        kind: 'notice',
        platform,
        to: { chat: chatId },
        department: id,
        message: line(words, 'info', mention?.platform === platform ? [mention] : []),
      })
    }
  }
}
