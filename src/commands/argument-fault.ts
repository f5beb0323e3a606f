import type { z } from 'zod'
import { UserError } from '../errors.ts'
import type { Wording } from '../messages/wording.ts'
import type { CommandName } from './command.ts'

/** The first fault, by the label that the person sees in the form; of what no form asks, only that it is wrong. */
export function argumentFault(error: z.ZodError, command: CommandName, t: Wording): UserError {
  const labels = labelsOf(command, t)
  const issues = error.issues.flatMap((issue) =>
    issue.code === 'invalid_union' ? (issue.errors.at(-1) ?? []) : [issue],
  )
  const issue = issues.find(({ path }) => String(path[0]) in labels) ?? issues[0]
  // What a form says of how to fill it in is no part of the name.
  const label = labels[String(issue?.path[0])]?.replace(/^([^（(]+)[（(].*[）)]$/u, '$1').trimEnd()
  if (issue?.code === 'too_big') {
    const most = Number(issue.maximum)
    return new UserError((w) =>
      label === undefined ? w.errors.tooMany(most) : w.errors.tooLong(label, most),
    )
  }
  if (!issue || label === undefined) return new UserError((w) => w.errors.badCall)
  const isMissing = issue.input === undefined || issue.input === null || issue.input === ''
  return new UserError((w) => (isMissing ? w.errors.missing(label) : w.errors.badValue(label)))
}

function labelsOf(command: CommandName, t: Wording): Record<string, string> {
  const sendsBack = command === 'review' || command === 'return'
  return {
    outcome: t.form.outcome,
    measures: t.form.measures,
    promisedDate: t.form.promisedDate,
    handler: t.form.handler,
    mayPublish: t.form.mayPublish,
    reason: sendsBack ? t.review.redoReason : t.requests.reason,
    suggested: t.requests.returned.suggested,
    satisfied: t.closing.form.satisfied,
    url: t.closing.form.url,
    text: t.closing.form.text,
    note: command === 'uptake' ? t.closing.fields.uptake : t.closing.form.note,
  }
}
