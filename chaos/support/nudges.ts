import type { Case } from './cases.ts'
import type { City } from './city.ts'
import { until } from './until.ts'

/** Waits for that stage's nudge of everything that nobody has acknowledged. @returns a line where one does not come */
export async function nudged(city: City, cases: Case[], stage: string): Promise<string[]> {
  const waiting = cases.filter((one) => one.until === 'sent').map(({ code }) => code)
  const missing = async () => {
    const there = new Set((await nudges(city)).filter((one) => one.stage === stage).map(({ code }) => code))
    return waiting.filter((code) => !there.has(code))
  }
  await until(async () => (await missing()).length === 0, stage).catch(() => {})
  return (await missing()).map((code) => `the nudge ${stage} of #${code}`)
}

/** A line for each nudge that the platform took more than once. */
export async function nudgedTwice(city: City): Promise<string[]> {
  const same = Map.groupBy(await nudges(city), ({ code, stage }) => `${stage} of #${code}`)
  return [...same].filter(([, all]) => all.length > 1).map(([which, all]) => `${all.length} nudges ${which}`)
}

/** The nudges that the platform took. */
async function nudges({ app }: City): Promise<{ code: number | null; stage: string }[]> {
  const rows = await app.db.read
    .selectFrom('events')
    .select(['item_code', 'detail'])
    .where('what', '=', 'nudged')
    .execute()
  return rows.map(({ item_code, detail }) => ({
    code: item_code,
    stage: (JSON.parse(detail) as { stage: string }).stage,
  }))
}
