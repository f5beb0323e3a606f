import { z } from 'zod'
import type { Department } from '../db/departments.ts'
import { UserError } from '../errors.ts'
import { assignmentFields, feedbackFields, quoted, reportsField, statusWord } from '../messages/assignment.ts'
import { afterwardsFields } from '../messages/done.ts'
import type { Field } from '../messages/message.ts'
import { departmentStatusMessage, itemStatusMessage, statusMessage } from '../messages/status.ts'
import { departmentsOf, hasRole, ofDepartment } from '../services/actor.ts'
import { resolveDepartment } from '../services/directory/departments.ts'
import { allTotals, itemWithHistory, totalsOfDepartment } from '../services/reports/status.ts'
import { type Call, defineQuery, type Result } from './command.ts'
import { codeOf, itemArg } from './words.ts'

export const status = defineQuery({
  name: 'status',
  roles: ['lead', 'observer', 'contact', 'backup', 'leader'],
  args: z.object({ item: itemArg.optional(), department: z.string().optional() }),
  parse(words) {
    if (words === '') return {}
    const item = codeOf(words)
    return item === null ? { department: words } : { item }
  },
  async run(call, { item, department }): Promise<Result> {
    if (item !== undefined) return oneItem(call, item)
    if (department !== undefined) {
      const named = await resolveDepartment(call.app.db.read, department)
      requireSeeing(call, [named])
      return oneDepartment(call, named)
    }
    return ownTotals(call)
  },
})

/** The whole for those who may see it, else the asker's own department: of several, the one in whose group they ask. */
async function ownTotals(call: Call): Promise<Result> {
  const { app, actor, now } = call
  if (hasRole(actor, ['lead', 'observer'])) {
    const { totals, departments } = await allTotals(app, now)
    return { about: 'all', reply: statusMessage(totals, departments, app.voice, now) }
  }
  const [department] = departmentsOf(actor, ofDepartment)
  if (!department) throw new UserError((t) => t.errors.noDepartment)
  return oneDepartment(call, department)
}

async function oneDepartment({ app, now }: Call, department: Department): Promise<Result> {
  const totals = await totalsOfDepartment(app, department, now)
  return { about: [department.id], reply: departmentStatusMessage(totals, app.voice, now) }
}

async function oneItem(call: Call, code: number): Promise<Result> {
  const { voice } = call.app
  const { t } = voice
  const { item, reports, assignments, afterwards, history } = await itemWithHistory(call.app, code)
  // Whose it is not, by its own words, sees no more of it than others.
  const departments = assignments
    .filter(({ status }) => status !== 'returned')
    .map(({ department }) => department)
  requireSeeing(call, departments, code)
  const fields: Field[] = [
    { label: t.status.fields.status, value: t.itemStatuses[item.status] },
    { label: t.assignment.fields.source, value: t.sources[item.source] },
    { label: t.assignment.fields.urgency, value: t.urgencies[item.urgency] },
    ...reportsField(reports, voice),
    ...(item.merged_into === null
      ? []
      : [{ label: t.triage.fields.merged, value: t.codes([item.merged_into]) }]),
  ]
  const reply = itemStatusMessage(
    {
      code,
      title: item.title,
      fields,
      quote: quoted(item.content),
      afterwards: afterwardsFields(afterwards, voice),
    },
    assignments.map((assignment) => ({
      assignment,
      fields: [
        { label: t.assignment.fields.status, value: statusWord(assignment, voice) },
        ...assignmentFields(assignment, voice).slice(0, 1),
        ...(assignment.feedback ? feedbackFields(assignment.feedback, assignment.evidence, voice) : []),
      ],
    })),
    history,
    voice,
  )
  return { about: departments.map(({ id }) => id), reply }
}

/** Nobody but the task force sees another department's. @throws {UserError} */
function requireSeeing({ actor }: Call, departments: Department[], code?: number): void {
  if (hasRole(actor, ['lead'])) return
  const own = departmentsOf(actor, ofDepartment)
  if (departments.some(({ id }) => own.some((department) => department.id === id))) return
  if (own.length === 0) throw new UserError((t) => t.errors.onlyTotals)
  throw new UserError((t) => (code === undefined ? t.errors.notAllowed : t.errors.notYours(code)))
}
