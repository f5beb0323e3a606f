import type { CalendarDay } from '../domain/calendar.ts'
import type { Db } from './schema.ts'

export async function loadCalendarDays(db: Db): Promise<CalendarDay[]> {
  const rows = await db.selectFrom('calendar_days').selectAll().orderBy('date').execute()
  return rows.map((row) => ({ date: row.date, workday: row.workday === 1, name: row.name ?? undefined }))
}

/** Replaces the whole year that the days belong to. */
export async function replaceCalendarYear(db: Db, year: number, days: CalendarDay[]): Promise<void> {
  await db.deleteFrom('calendar_days').where('year', '=', year).execute()
  if (days.length === 0) return
  await db
    .insertInto('calendar_days')
    .values(
      days.map((day) => ({ date: day.date, year, workday: day.workday ? 1 : 0, name: day.name ?? null })),
    )
    // The days around the turn of a year may stand in both years' notices; the newer one counts.
    .onConflict((c) =>
      c.column('date').doUpdateSet((e) => ({
        year,
        workday: e.ref('excluded.workday'),
        name: e.ref('excluded.name'),
      })),
    )
    .execute()
}
