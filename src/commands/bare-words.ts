import { findAssignments } from '../db/assignments.ts'
import { departmentOfChat } from '../db/departments.ts'
import { personByAccount } from '../db/people.ts'
import type { Assignment, AssignmentStatus } from '../domain/assignment.ts'
import type { Reading } from '../domain/reply.ts'
import type { IncomingText } from '../ports.ts'
import { answering, departmentsOf } from '../services/actor.ts'
import type { App } from '../services/app.ts'
import type { DecisionCard } from './lead-words.ts'

export const open: readonly AssignmentStatus[] = ['sent', 'working']
const unfinished: readonly AssignmentStatus[] = [...open, 'review']

/** A photo that follows what the same person reported belongs to it. */
const evidenceFollowsMs = 10 * 60 * 1000

const voice = /\.(?:sil|silk|slk|amr|mp3|wav|ogg|m4a|aac)$/i

/**
 * What words are about that answer nothing, name nothing and nobody, where people often answer so: the only thing that is
 * open with the department in whose group its own contact says them, and says something certain. Null for all that
 * people say to each other.
 */
export async function meantBarely(
  app: App,
  incoming: IncomingText,
  reading: Reading,
  now: number,
): Promise<DecisionCard | null> {
  const { chat, mentions, mentionsBot, platform, quoted, replyTo, sender } = incoming
  if (!incoming.mayBeBare || chat.kind !== 'group' || mentionsBot) return null
  if (mentions.length > 0 || quoted !== undefined || replyTo.length > 0 || reading.items.length > 0)
    return null
  const isPhoto = incoming.text.trim() === '' && isEvidence(incoming)
  if (!isPhoto && !isAnswer(reading)) return null
  const here = await departmentOfChat(app.db.read, { platform, chatId: chat.id })
  const speaker = here && (await personByAccount(app.db.read, platform, sender.account, now))
  if (!speaker || !departmentsOf(speaker, answering).some(({ id }) => id === here.id)) return null
  const all = await findAssignments(app.db.read, {
    department: here.id,
    statuses: [...(isPhoto ? unfinished : open)],
  })
  const [only, another] = isPhoto
    ? all.filter(({ feedback }) => feedback?.byId === speaker.id && feedback.at >= now - evidenceFollowsMs)
    : all
  if (!only || another || !(isPhoto || answers(reading, only))) return null
  return { kind: 'dispatch', feedbackId: null, requestId: null, assignments: [only] }
}

/** Somebody's voice is talk. */
function isEvidence({ attachments }: IncomingText): boolean {
  return attachments.length > 0 && !attachments.some(({ fileName }) => fileName && voice.test(fileName))
}

/** Whether the words are a certain answer to what is open, where nobody was asked. */
export function answers(reading: Reading, { status }: Assignment): boolean {
  // Whoever has acknowledged it says 收到 to somebody else.
  return (
    open.includes(status) && isAnswer(reading) && (reading.intent.kind !== 'acknowledge' || status === 'sent')
  )
}

/** Nothing that would be answered by a question. */
function isAnswer({ intent }: Reading): boolean {
  switch (intent.kind) {
    case 'acknowledge':
    case 'extension':
    case 'return':
      return true
    case 'feedback':
      return intent.outcome !== 'in_progress' || intent.promisedDate !== null
    default:
      return false
  }
}
