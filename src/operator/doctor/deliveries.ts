import { refusedSince, waitingSince } from '../../db/diagnosis.ts'
import type { Wording } from '../../messages/wording.ts'
import { withApp } from '../open.ts'
import { type Check, type Finding, ok, warning } from './finding.ts'

const minuteMs = 60 * 1000
const weekMs = 7 * 24 * 60 * minuteMs
/** What waits for longer waits for something. */
const patienceMs = 10 * minuteMs

export const deliveriesCheck: Check = {
  name: 'deliveries',
  async run(desk) {
    const { t } = desk.voice
    const words = t.operator.doctor.deliveries
    return withApp(desk, { made: false }, async ({ app }) => {
      const now = app.clock.now()
      const findings: Finding[] = []
      const refused = await refusedSince(app.db.read, now - weekMs)
      if (refused.length > 0) {
        const total = refused.reduce((sum, row) => sum + row.total, 0)
        const lines = refused.map((row) =>
          words.of(row.department ?? words.nobody, reasonWords(row.reason, t), row.total),
        )
        findings.push(warning([words.refused(total), ...lines].join('\n'), words.refusedAdvice))
      }
      const waiting = await waitingSince(app.db.read, now - patienceMs)
      if (waiting.total > 0) {
        const minutes = Math.floor((now - (waiting.oldest ?? now)) / minuteMs)
        findings.push(warning(words.waiting(waiting.total, minutes), words.waitingAdvice))
      }
      return findings.length > 0 ? findings : [ok(words.ok)]
    })
  },
}

function reasonWords(reason: string | null, { undelivered: { reasons } }: Wording): string {
  return reason !== null && reason in reasons ? reasons[reason as keyof typeof reasons] : reasons.other
}
