import { loadCalendarDays } from '../db/calendar.ts'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { workCalendar } from '../domain/calendar.ts'
import type { Office, OfficeHours } from '../domain/office-hours.ts'

export interface LiveOffice {
  office(): Office
  /** Reads the calendar anew, for the operator may have loaded a year. @returns whether it changed */
  reload(): Promise<boolean>
}

export async function openOffice(db: Database<Schema>, hours: OfficeHours): Promise<LiveOffice> {
  let days = await loadCalendarDays(db.read)
  let office: Office = { calendar: workCalendar(days), hours }
  return {
    office: () => office,
    async reload() {
      const now = await loadCalendarDays(db.read)
      if (JSON.stringify(now) === JSON.stringify(days)) return false
      days = now
      office = { calendar: workCalendar(days), hours }
      return true
    },
  }
}
