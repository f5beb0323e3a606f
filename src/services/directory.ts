import { createHash, timingSafeEqual } from 'node:crypto'
import { addEvents } from '../db/audit.ts'
import {
  addDepartment,
  bindChat,
  type Chat,
  type Department,
  departmentOfChat,
  departmentsByName,
  setAliases,
  taskForces,
  unbindChat,
} from '../db/departments.ts'
import { addMembership, hasLead, upsertPerson } from '../db/people.ts'
import { readSetting, writeSetting } from '../db/settings.ts'
import type { Role } from '../domain/person.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import type { IncomingMembership, Platform } from '../ports.ts'
import type { Actor } from './actor.ts'
import { catchUp } from './catch-up.ts'
import { post } from './outbox.ts'
import { postToTaskForce } from './task-force.ts'
import type { Work } from './work.ts'

export interface DirectoryEntry {
  name: string
  aliases: string[]
  chats: { platform: Platform; chat_id: string }[]
  people: { name: string; platform: Platform; account: string; role: Role }[]
}

/** Makes the directory say what these entries say; departments and people that they do not name stay as they are. */
export async function upsertDirectory(
  work: Work,
  entries: DirectoryEntry[],
): Promise<{ departments: number; people: number }> {
  const { db, now } = work
  const known = await departmentsByName(db)
  const people = new Set<number>()
  for (const entry of entries) {
    const department = known.get(entry.name) ?? (await addDepartment(db, entry.name, now))
    await requireFree(entry, department, known)
    if (entry.aliases.length > 0) await setAliases(db, department, entry.aliases)
    for (const { platform, chat_id } of entry.chats) {
      await bindChat(db, department.id, { platform, chatId: chat_id })
    }
    for (const person of entry.people) {
      const id = await upsertPerson(db, person, now)
      await addMembership(db, id, department.id, person.role)
      people.add(id)
    }
    // Only now are there people to mention.
    for (const { platform, chat_id } of entry.chats) {
      await catchUp(work, department, { platform, chatId: chat_id })
    }
  }
  await addEvents(db, [
    { at: now, what: 'directory', detail: { departments: entries.length, people: people.size } },
  ])
  return { departments: entries.length, people: people.size }
}

/**
 * From now on this group is that department's; what did not reach it comes now, also where the group was so already.
 * @returns false where it was so already
 * @throws {UserError} where the group is another department's
 */
export async function bind(work: Work, actor: Actor, department: Department, chat: Chat): Promise<boolean> {
  const current = await departmentOfChat(work.db, chat)
  if (current?.id === department.id) {
    await catchUp(work, department, chat)
    return false
  }
  if (current) throw new UserError((t) => t.errors.boundElsewhere(current.name))
  await bindChat(work.db, department.id, chat)
  await addEvents(work.db, [
    {
      at: work.now,
      what: 'bound',
      person: actor.id,
      detail: { department: department.name, platform: chat.platform },
    },
  ])
  await catchUp(work, department, chat)
  return true
}

export async function registerPerson(
  work: Work,
  actor: Actor,
  person: { platform: Platform; account: string; name: string },
  role: Role,
  department: Department,
): Promise<void> {
  const id = await upsertPerson(work.db, person, work.now)
  await addMembership(work.db, id, department.id, role)
  await addEvents(work.db, [
    {
      at: work.now,
      what: 'person',
      person: actor.id,
      detail: { registered: id, role, department: department.name },
    },
  ])
}

/** The first lead, by the code that was printed at the first start. @throws {UserError} */
export async function claimTaskForce(
  work: Work,
  code: string,
  person: { platform: Platform; account: string; name: string },
): Promise<void> {
  const { db, now, app } = work
  if (await hasLead(db)) throw new UserError((t) => t.errors.claimed)
  const expected = await readSetting(db, 'claim_code_sha256')
  if (expected === null || !timingSafeEqual(Buffer.from(expected, 'hex'), digestOf(code.trim()))) {
    throw new UserError((t) => t.errors.badClaim)
  }
  const name = app.voice.t.claim.taskForce
  const department = (await departmentsByName(db)).get(name) ?? (await addDepartment(db, name, now))
  const id = await upsertPerson(db, person, now)
  await addMembership(db, id, department.id, 'lead')
  await addEvents(db, [{ at: now, what: 'claimed', person: id }])
}

/** Sets the code with which the first lead claims the role; only its hash is kept. */
export async function setClaimCode({ db }: Work, code: string): Promise<void> {
  await writeSetting(db, 'claim_code_sha256', digestOf(code).toString('hex'))
}

/** The bot came into a group, or is no longer in it. */
export async function noteMembership(
  work: Work,
  { platform, chat, change, chatName }: IncomingMembership,
): Promise<void> {
  const { t } = work.app.voice
  const where = { platform, chatId: chat.id }
  const department = await departmentOfChat(work.db, where)
  if (change === 'joined') {
    if (department) await catchUp(work, department, where)
    else await post(work, { kind: 'notice', platform, to: { chat: chat.id }, message: line(t.bind.greeting) })
    return
  }
  if (!department) return
  const reason = change === 'dissolved' ? 'chat-dissolved' : 'bot-not-in-chat'
  if (change === 'dissolved') await unbindChat(work.db, where)
  const message = line(
    t.undelivered.lostGroup(department.name, chatName ?? '', t.undelivered.reasons[reason]),
    'danger',
  )
  // A task force that lost its own group would read of it when it has one again.
  const others = (await taskForces(work.db)).filter(({ id }) => id !== department.id)
  await postToTaskForce(work, { kind: 'notice', message }, others)
}

/** @throws {UserError} where an alias is another department's */
async function requireFree(
  entry: DirectoryEntry,
  department: Department,
  known: Map<string, Department>,
): Promise<void> {
  for (const alias of entry.aliases) {
    const owner = known.get(alias)
    if (owner && owner.id !== department.id) {
      throw new UserError((t) => t.errors.aliasTaken(alias, owner.name, entry.name))
    }
  }
}

function digestOf(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
