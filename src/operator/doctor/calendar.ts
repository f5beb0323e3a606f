import { addDays, localDate } from '../../domain/time.ts'
import { withApp } from '../open.ts'
import { type Check, fault, ok, warning } from './finding.ts'

const warnedDays = 60
const dayMs = 24 * 60 * 60 * 1000

/** Due times beyond the calendar's end are provisional: the next year is to be loaded before it is needed. */
export const calendarCheck: Check = {
  name: 'calendar',
  async run(desk) {
    const words = desk.voice.t.operator.doctor.calendar
    return withApp(desk, { made: false }, async ({ app }) => {
      const { calendar, hours } = app.office()
      const today = localDate(app.clock.now(), hours.timezone)
      const last = calendar.lastCoveredYear()
      const advice = words.advice(last + 1)
      if (`${last}-12-31` < today) return [fault(words.ended(last), advice)]
      if (`${last}-12-31` >= addDays(today, warnedDays)) return [ok(words.ok(last))]
      const days = Math.round((Date.parse(`${last}-12-31`) - Date.parse(today)) / dayMs)
      return [warning(words.endsSoon(last, days), advice)]
    })
  },
}
