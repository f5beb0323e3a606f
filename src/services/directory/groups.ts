import { countAssignments, findAssignments } from '../../db/assignments.ts'
import { addEvents } from '../../db/audit.ts'
import {
  bindChat,
  type Chat,
  type Department,
  departmentOfChat,
  taskForces,
  unbindChat,
} from '../../db/departments.ts'
import { readSetting, writeSetting } from '../../db/settings.ts'
import type { AssignmentStatus } from '../../domain/assignment.ts'
import { UserError } from '../../errors.ts'
import { line, type Tone } from '../../messages/message.ts'
import type { IncomingMembership } from '../../ports.ts'
import type { Actor } from '../actor.ts'
import { catchUp } from '../delivery/catch-up.ts'
import { post } from '../delivery/outbox.ts'
import { postToTaskForce } from '../delivery/task-force.ts'
import type { Work } from '../work.ts'

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
  await note(work, 'bound', department, chat, { person: actor.id })
  await catchUp(work, department, chat)
  return true
}

/** The group is nobody's any more: what comes for the department waits until it has another. */
export async function unbind(work: Work, actor: Actor, department: Department, chat: Chat): Promise<void> {
  await unbindChat(work.db, chat)
  await note(work, 'unbound', department, chat, { person: actor.id })
  const { t } = work.app.voice
  const open = await openWords(work, department)
  await tellTaskForce(work, department, t.directory.unbound.told(actor.name, department.name, open))
}

/** What is open with the department, in words: empty where nothing is. */
export async function openWords({ app, db }: Work, department: Department): Promise<string> {
  const { t } = app.voice
  const which = { department: department.id, statuses: openStatuses }
  const count = await countAssignments(db, which)
  if (count === 0) return ''
  const named = await findAssignments(db, { ...which, limit: mostNamed })
  const codes = t.codes(named.map(({ item }) => item.code))
  return t.directory.open(count, codes, count > named.length)
}

/** The bot came into a group, or is no longer in it. */
export async function noteMembership(
  work: Work,
  { platform, chat, change, chatName }: IncomingMembership,
): Promise<void> {
  const { t } = work.app.voice
  const where: Chat = { platform, chatId: chat.id }
  const department = await departmentOfChat(work.db, where)
  if (!department) {
    if (change === 'joined')
      await post(work, { kind: 'notice', platform, to: { chat: chat.id }, message: line(t.bind.greeting) })
    return
  }
  if (change === 'joined') return cameBack(work, department, where)
  const reason = t.undelivered.reasons[change === 'dissolved' ? 'chat-dissolved' : 'bot-not-in-chat']
  if (change === 'dissolved') {
    await unbindChat(work.db, where)
    await note(work, 'unbound', department, where, { reason })
  } else {
    await writeSetting(work.db, lostKey(where), String(work.now))
    await note(work, 'undelivered', department, where, { reason })
  }
  const lost = t.undelivered.lostGroup(department.name, chatName ?? '', reason)
  await tellTaskForce(work, department, `${lost}${await openWords(work, department)}`, 'danger')
}

/** Only a group whose loss was told is told to be back: a bot that joins for the first time is no news. */
async function cameBack(work: Work, department: Department, chat: Chat): Promise<void> {
  await catchUp(work, department, chat)
  if (!(await readSetting(work.db, lostKey(chat)))) return
  await writeSetting(work.db, lostKey(chat), '')
  await note(work, 'bound', department, chat, {})
  await tellTaskForce(work, department, work.app.voice.t.directory.cameBack(department.name), 'success')
}

/** A task force that lost its own group would read of it when it has one again. */
async function tellTaskForce(
  work: Work,
  department: Department,
  words: string,
  tone: Tone = 'warning',
): Promise<void> {
  const others = (await taskForces(work.db)).filter(({ id }) => id !== department.id)
  await postToTaskForce(work, { kind: 'notice', message: line(words, tone) }, others)
}

async function note(
  work: Work,
  what: 'bound' | 'unbound' | 'undelivered',
  department: Department,
  { platform }: Chat,
  { person, reason }: { person?: number; reason?: string },
): Promise<void> {
  const detail = { department: department.name, platform, ...(reason !== undefined && { reason }) }
  await addEvents(work.db, [{ at: work.now, what, person, detail }])
}

const openStatuses: readonly AssignmentStatus[] = ['sent', 'working', 'review', 'suspended']
const mostNamed = 10

function lostKey({ platform, chatId }: Chat): string {
  return `lost-group-${platform}-${chatId}`
}
