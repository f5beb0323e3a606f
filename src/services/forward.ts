import { addEvents } from '../db/audit.ts'
import type { Intent } from '../domain/reply.ts'
import type { Field } from '../messages/message.ts'
import { type Actor, answering, departmentsOf, requireOwn } from './actor.ts'
import { assignmentFor } from './assignments.ts'
import { postToTaskForce } from './task-force.ts'
import { requireUnfinished } from './unfinished.ts'
import type { Work } from './work.ts'

type Request = Extract<Intent, { kind: 'extension' | 'return' }>

/** A request that only a lead can grant goes to the task force; nothing else changes. @throws {UserError} */
export async function forward(work: Work, actor: Actor, code: number, request: Request): Promise<void> {
  const own = departmentsOf(actor, answering).map(({ id }) => id)
  const assignment = await assignmentFor(work.db, code, own)
  requireOwn(actor, assignment)
  requireUnfinished(assignment)
  const { voice } = work.app
  const { t } = voice
  const fields: Field[] = [
    { label: t.feedback.fields.reason, value: request.reason },
    { label: t.forwarded.by, value: actor.name },
    { label: t.assignment.fields.due, value: voice.moment(assignment.dueAt) },
  ]
  if (request.kind === 'extension' && request.until) {
    fields.push({ label: t.forwarded.until, value: voice.date(request.until) })
  }
  if (request.kind === 'return' && request.suggested) {
    fields.push({ label: t.forwarded.suggested, value: request.suggested })
  }
  const title = request.kind === 'extension' ? t.forwarded.extensionTitle : t.forwarded.returnTitle
  await addEvents(work.db, [
    {
      at: work.now,
      what: 'forwarded',
      item: code,
      assignment: assignment.id,
      person: actor.id,
      detail: { request: request.kind, reason: request.reason },
    },
  ])
  await postToTaskForce(work, {
    kind: 'notice',
    message: {
      title: title(code, assignment.department.name),
      tone: 'warning',
      blocks: [{ kind: 'fields', fields }],
    },
    assignments: [assignment.id],
  })
}
