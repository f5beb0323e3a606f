import { z } from 'zod'
import { periodKinds } from '../domain/period.ts'
import { UserError } from '../errors.ts'
import { reportMessage } from '../messages/report.ts'
import { hasRole } from '../services/actor.ts'
import { report as reportOf } from '../services/reports/report.ts'
import { overdueRows } from '../services/reports/status.ts'
import { defineQuery } from './command.ts'
import { plainWords, wordings } from './words.ts'

export const report = defineQuery({
  name: 'report',
  roles: ['lead', 'observer'],
  args: z.object({ kind: z.enum(periodKinds), last: z.boolean() }),
  parse(words) {
    const said = plainWords(words).toLowerCase()
    if (said === '') return { kind: 'day', last: false }
    for (const kind of periodKinds) {
      if (wordings.some((t) => t.reports.words.current[kind].includes(said))) return { kind, last: false }
      if (wordings.some((t) => t.reports.words.past[kind].includes(said))) return { kind, last: true }
    }
    throw new UserError((t) => t.reports.wrongPeriod(words))
  },
  async run({ app, actor, now }, order) {
    const data = await reportOf(app, order, now)
    // An observer reads totals, and no item.
    if (data.standing && hasRole(actor, ['lead'])) data.standing.overdue = await overdueRows(app, now)
    return { about: 'all', reply: reportMessage(data, app.voice) }
  },
})
