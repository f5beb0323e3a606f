import { dispatch } from '../src/services/assignment/dispatch.ts'
import { resolveDepartment } from '../src/services/directory/departments.ts'
import { allTotals } from '../src/services/reports/status.ts'
import { work } from '../src/services/work.ts'
import { type Bench, milliseconds, quantile } from './bench.ts'
import { addItems, startCity } from './city.ts'

const collected = 20_000
const dispatched = 2_000

/** The numbers of /status out of a long list. */
export const status: Bench = {
  name: 'status',
  async run() {
    const city = await startCity(20)
    const { duban, departments } = city
    const codes = await work(duban.app, (current) => addItems(current, collected))
    for (const [index, { name }] of departments.entries()) {
      const share = codes.slice(
        (index * dispatched) / departments.length,
        ((index + 1) * dispatched) / departments.length,
      )
      await work(duban.app, async (current) =>
        dispatch(current, { codes: share, department: await resolveDepartment(current.db, name), by: null }),
      )
    }
    const times: number[] = []
    for (let turn = 0; turn < 20; turn += 1) {
      const started = performance.now()
      const { totals } = await allTotals(duban.app, duban.app.clock.now())
      times.push(performance.now() - started)
      if (totals.dispatched !== dispatched)
        throw new Error(`${totals.dispatched} of ${dispatched} are counted`)
    }
    await city.close()
    return [
      {
        what: `totals of ${collected} items, ${dispatched} of them dispatched, median`,
        value: milliseconds(quantile(times, 0.5)),
        wanted: '–',
      },
    ]
  },
}
