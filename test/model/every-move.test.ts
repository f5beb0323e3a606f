import { expect, test } from 'vitest'
import { assignmentMoves, itemMoves } from '../../src/domain/lifecycle.ts'
import { aCity, type City, type Who } from './city.ts'
import { faultsBetween, faultsOf, snapshot } from './rules.ts'

const agriculture = '市农业农村委员会'
const both = `${agriculture} 市商务委员会 主办即可`

/** Who says what, item by item; together they go along every row of both tables. */
const walk: [Who, string][] = [
  ['lead', `/派单 #1 ${both}`],
  ['contact', '/签收 #1'],
  ['contact', '#1 已解决，已对接商超'],
  ['lead', '/审核 #1 退回 请写明数量'],
  ['contact', '#1 已解决，已对接商超三家'],
  ['lead', '/审核 #1 通过'],
  ['lead', '/销号 #1'],
  ['lead', '/重新交办 #1 又出现了'],

  ['lead', `/派单 #2 ${both}`],
  ['trade', '/签收 #2'],
  ['contact', '#2 已解决，已对接商超'],
  ['lead', '/审核 #2 通过'],
  ['lead', '/重新交办 #2 又出现了'],

  ['lead', `/派单 #3 ${both}`],
  ['contact', '#3 已解决，已对接商超'],
  ['trade', '#3 已解决，已设专柜'],
  ['lead', 'accept the lead department of #3'],

  ['lead', `/派单 #4 ${both}`],
  ['trade', '/挂账 #4 2026-12-10 等待政策'],
  ['lead', '/挂账 #4 2026-12-10 同意'],
  ['contact', '#4 已解决，已对接商超'],
  ['lead', '/审核 #4 通过'],

  ['lead', `/派单 #5 ${agriculture}`],
  ['contact', '/签收 #5'],
  ['lead', '/挂账 #5 2026-12-10 等待政策'],
  ['lead', '/挂账 #5 恢复'],
  ['contact', '#5 正在办理，12月10日前办结'],
  ['lead', '/审核 #5 通过'],

  ['lead', `/派单 #6 ${agriculture}`],
  ['contact', '/退回 #6 不属于我单位职责'],
  ['lead', '/派单 #6 市卫生健康委员会'],
  ['health', '/签收 #6'],
  ['health', '/退回 #6 不属于我单位职责'],
  ['lead', '/合并 #6 #5'],

  ['lead', `/派单 #7 ${agriculture}`],
  ['contact', '/退回 #7 不属于我单位职责'],
  ['lead', '/不予受理 #7 不属于建议'],
  ['lead', '/合并 #8 #5'],
  ['lead', '/不予受理 #9 不属于建议'],
]

test('every row of the transition tables can be walked, from each of its states', async () => {
  const city = await aCity(9)
  const seen = new Set<string>()
  let before = await snapshot(city)
  for (const [who, words] of walk) {
    if (words.startsWith('/') || words.startsWith('#')) await city.say(who, words)
    else await acceptLeadOf(city, 3)
    const after = await snapshot(city)
    const faults = [...faultsBetween(before, after), ...(await faultsOf(city, after)), ...city.bugs]
    expect(faults, words).toEqual([])
    const steps = [...stepsOf('item', before.items, after.items, 'code')]
    steps.push(...stepsOf('assignment', before.assignments, after.assignments, 'id'))
    for (const step of steps) seen.add(step)
    before = after
  }
  // Nothing makes an item ready without dispatching it but a return: judging and dispatching are one click.
  const expected = [...rowsOf('item', itemMoves), ...rowsOf('assignment', assignmentMoves)].filter(
    (row) => row !== 'item triage → ready',
  )
  expect([...seen].sort()).toEqual([...new Set(expected)].sort())
})

async function acceptLeadOf(city: City, code: number): Promise<void> {
  const { assignments, feedback } = await snapshot(city)
  const lead = assignments.find(({ item_code, part }) => item_code === code && part === 'lead')
  const given = feedback.find(({ assignment_id }) => assignment_id === lead?.id)
  const [card = ''] = [...city.board].find(([, { message }]) => message.title.includes(`#${code}`)) ?? []
  await city.press('lead', card, 'review', { item: code, decision: 'accept', feedback: given?.id })
}

function stepsOf<Key extends string>(
  what: string,
  before: ({ status: string } & Record<Key, number>)[],
  after: typeof before,
  key: Key,
): string[] {
  return after.flatMap((row) => {
    const from = before.find((earlier) => earlier[key] === row[key])?.status
    return from === undefined || from === row.status ? [] : [`${what} ${from} → ${row.status}`]
  })
}

function rowsOf(what: string, table: Record<string, { from: readonly string[]; to: string }>): string[] {
  return Object.values(table).flatMap(({ from, to }) => from.map((status) => `${what} ${status} → ${to}`))
}
