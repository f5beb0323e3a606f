import type { Db } from '../../db/schema.ts'
import { periodFacts } from '../../db/totals.ts'
import { type Period, type PeriodKind, periodBefore, periodOf, spanOf } from '../../domain/period.ts'
import { type PeriodNumbers, periodNumbers } from '../../domain/report.ts'
import { localDate } from '../../domain/time.ts'
import type { ReportData } from '../../messages/report.ts'
import type { App } from '../app.ts'
import { totalsIn } from './status.ts'

export interface ReportOrder {
  kind: PeriodKind
  /** The period before the one that runs. */
  last: boolean
}

/** The numbers of a period beside those of the one before, all from one snapshot so that they agree with each other. */
export async function report(app: App, { kind, last }: ReportOrder, now: number): Promise<ReportData> {
  const today = localDate(now, app.office().hours.timezone)
  const current = periodOf(kind, today)
  const period = last ? periodBefore(current) : current
  return app.db.read.transaction().execute(async (db) => ({
    period,
    numbers: await numbersOf(db, app, period, now),
    before: await numbersOf(db, app, periodBefore(period), now),
    ...(last ? {} : { standing: { at: now, today, ...(await totalsIn(db, app, now)) } }),
  }))
}

async function numbersOf(db: Db, app: App, period: Period, now: number): Promise<PeriodNumbers> {
  const office = app.office()
  const span = spanOf(period, office.hours.timezone)
  return periodNumbers(await periodFacts(db, span), span, Math.min(now, span.to), office)
}
