import { buttonsOf, textOf } from '../sandbox/card-reading.ts'
import { dispatch } from '../src/services/assignment/dispatch.ts'
import { resolveDepartment } from '../src/services/directory/departments.ts'
import { work } from '../src/services/work.ts'
import { type Bench, milliseconds, quantile } from './bench.ts'
import { addItems, startCity } from './city.ts'

const clicks = 200

/** From the press of 签收 in the client to the answer with the acknowledged card in it. */
export const click: Bench = {
  name: 'click',
  async run() {
    const city = await startCity(10)
    const { sandbox, duban, departments } = city
    const codes = await work(duban.app, (current) => addItems(current, clicks))
    for (const [index, code] of codes.entries()) {
      const { name } = departments[index % departments.length] ?? { name: '' }
      await work(duban.app, async (current) =>
        dispatch(current, { codes: [code], department: await resolveDepartment(current.db, name), by: null }),
      )
    }
    const cards = () =>
      departments.flatMap(({ chat, contact }) =>
        sandbox
          .messages(chat)
          .filter((message) => textOf(message).includes('【交办】'))
          .map((message) => ({ message, contact })),
      )
    const ready = await sandbox.waitFor(() => cards().length >= clicks && cards(), 'all cards', 60_000)
    const times: number[] = []
    for (const { message, contact } of ready) {
      const [acknowledge] = buttonsOf(message)
      const started = performance.now()
      const answer = await sandbox.act(message.message_id, { operator: contact, value: acknowledge?.value })
      times.push(performance.now() - started)
      if (answer.toast?.type !== 'success')
        throw new Error(`a click was not taken: ${JSON.stringify(answer)}`)
    }
    await city.close()
    return [
      {
        what: `median of ${times.length} clicks, one after another`,
        value: milliseconds(quantile(times, 0.5)),
        wanted: '< 100 ms',
      },
      { what: 'the slowest of a hundred (p99)', value: milliseconds(quantile(times, 0.99)), wanted: '–' },
    ]
  },
}
