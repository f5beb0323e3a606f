import type { Message } from './message.ts'
import { lastDay, type ReportData, reportBlocks } from './report.ts'
import type { Voice } from './voice.ts'

/**
 * The task force's end of a working day, or of a week. `calendarEnd`: the last year of the working-day calendar, where
 * that runs out soon.
 */
export function digestMessage(data: ReportData, voice: Voice, calendarEnd?: number): Message {
  const { t } = voice
  const { period } = data
  const blocks = reportBlocks(data, voice)
  if (calendarEnd !== undefined) blocks.push({ kind: 'note', text: t.reports.calendarEnds(calendarEnd) })
  const title =
    period.kind === 'day'
      ? t.reports.daily(voice.date(period.first))
      : t.reports.weekly(voice.date(period.first), voice.date(lastDay(data)))
  return { title, tone: 'info', blocks }
}
