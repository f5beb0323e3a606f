import { textOf } from '../sandbox/card-reading.ts'
import { dispatch } from '../src/services/assignment/dispatch.ts'
import { resolveDepartment } from '../src/services/directory/departments.ts'
import { work } from '../src/services/work.ts'
import { type Bench, milliseconds, quantile } from './bench.ts'
import { addItems, startCity } from './city.ts'

const assignments = 20
/** Due 10.8 s after dispatch, so the stages at 50, 75 and 100 % come within that time. */
const policy = { kind: 'hours', hours: 0.003 } as const

/** How long after its moment a nudge stands in the group. */
export const nudge: Bench = {
  name: 'nudge',
  async run() {
    const city = await startCity(assignments)
    const { sandbox, duban, departments } = city
    const codes = await work(duban.app, (current) => addItems(current, assignments))
    const due: { chat: string; at: number }[] = []
    for (const [index, code] of codes.entries()) {
      const { name, chat } = departments[index] ?? { name: '', chat: '' }
      const [assignment] = await work(duban.app, async (current) =>
        dispatch(current, {
          codes: [code],
          department: await resolveDepartment(current.db, name),
          policy,
          by: null,
        }),
      )
      if (assignment) due.push({ chat, at: assignment.dueAt })
    }
    const late: number[] = []
    for (const { chat, at } of due) {
      const notice = await sandbox.waitFor(
        () => sandbox.messages(chat).find((message) => textOf(message).includes('【督办】')),
        'the nudge at the due time',
        30_000,
      )
      late.push(notice.at - at)
    }
    await city.close()
    return [
      {
        what: `${late.length} nudges, median lateness`,
        value: milliseconds(quantile(late, 0.5)),
        wanted: '< 1 s',
      },
      { what: 'the latest', value: milliseconds(Math.max(...late)), wanted: '< 1 s' },
    ]
  },
}
