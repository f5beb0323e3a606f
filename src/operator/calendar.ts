import { z } from 'zod'
import { parseCalendarRows } from '../files/calendar-rows.ts'
import { calendarColumns } from '../files/headers.ts'
import { loadCalendarYear, recomputeDue } from '../services/calendar.ts'
import { work } from '../services/work.ts'
import { defineOperatorCommand } from './command.ts'
import { refusal } from './fault-list.ts'
import { readOperatorFile, sayIgnored } from './files.ts'
import { withApp } from './open.ts'

/** Half a year's table would make working days of the other half's holidays: a bad row is never left out here. */
export const calendarCommand = defineOperatorCommand({
  name: 'calendar',
  takesFile: true,
  options: {},
  input: z.object({ file: z.string() }),
  async run(desk, { file }) {
    const { terminal, voice } = desk
    const { calendar: words, files } = voice.t.operator
    const { name, table, labels } = await readOperatorFile(desk, file, calendarColumns)
    const { year, days, faults, ignored } = parseCalendarRows(table)
    if (year === null || faults.length > 0) {
      terminal.complain(refusal(name, faults, labels, files.adviceWhole, voice))
      return false
    }
    return withApp(desk, { made: true }, async ({ app, office }) => {
      const wasCovered = office.office().calendar.covers(`${year}-06-01`)
      await work(app, (current) => loadCalendarYear(current, year, days))
      await office.reload()
      // A bot that runs does the same as soon as it sees the new table; whoever is second has nothing left to do.
      const moved = await work(app, (current) => recomputeDue(current, office.office(), 'all'))
      await desk.outside.wakeBot()
      const workdays = days.filter(({ workday }) => workday).length
      terminal.say(words.done(name, year, days.length - workdays, workdays))
      if (wasCovered) terminal.say(words.replaced(year))
      terminal.say(words.moved(moved))
      terminal.say(words.covered(office.office().calendar.lastCoveredYear()))
      sayIgnored(desk, ignored)
      return true
    })
  },
})
