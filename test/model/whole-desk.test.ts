import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStanding } from '../../src/domain/assignment.ts'
import type { Action, FormField, Message } from '../../src/messages/message.ts'
import { aCity, type City, everyone, type Who } from './city.ts'
import { faultsBetween, faultsOf, type Snapshot, snapshot } from './rules.ts'

const items = 4
/** `MODEL_RUNS=500` for a long walk. */
const numRuns = Number(process.env.MODEL_RUNS ?? 8)

type Deed =
  | { kind: 'say'; who: Who; words: string; below: number | null }
  | { kind: 'press'; who: Who; card: number; button: number; fill: number }
  | { kind: 'pass'; hours: number }
  /** Something that makes sense for that item now. */
  | { kind: 'step'; item: number; choice: number }

const leads: Who[] = ['lead', 'second']
const contacts: Who[] = ['contact', 'backup', 'trade', 'health']

/** `%` is an item, `@` a department; who says it as a rule. */
const phrases: [Who[], string][] = [
  [leads, '/派单 % @ @'],
  [leads, '/派单 % @ 主办即可'],
  [leads, '/派单 % 市农业农村委员会 市商务委员会'],
  [leads, '/审核 % 通过'],
  [leads, '/审核 % 通过'],
  [leads, '/审核 % 退回 请补充材料'],
  [leads, '/延期 % 批准'],
  [leads, '/延期 % 批准 2026-12-31'],
  [leads, '/延期 % 不同意 请抓紧'],
  [leads, '/挂账 % 2026-12-10 等待政策'],
  [leads, '/挂账 % 恢复'],
  [leads, '/挂账 % 不同意 请抓紧'],
  [leads, '/回访 % 满意'],
  [leads, '/回访 % 不满意 没有解决'],
  [leads, '/公开 % https://example.org/a'],
  [leads, '/转化 % 议题 已列入'],
  [leads, '/销号 %'],
  [leads, '/重新交办 % 又出现了'],
  [leads, '/不予受理 % 不属于建议'],
  [leads, '/合并 % %'],
  [leads, '/催办 %'],
  [leads, '/研判'],
  [leads, '/撤销'],
  [contacts, '/签收 %'],
  [contacts, '/签收'],
  [contacts, '% 已解决，已对接商超'],
  [contacts, '% 已解决，已对接商超'],
  [contacts, '% 基本解决，已补货'],
  [contacts, '% 正在办理，11月30日前办结'],
  [contacts, '% 暂缓，因条件限制'],
  [contacts, '% 不属于我单位职责'],
  [contacts, '% 申请延期，需会商'],
  [contacts, '% 收到'],
  [contacts, '/退回 % 不属于我单位职责'],
  [contacts, '/延期 % 需要会商'],
  [contacts, '/挂账 % 2026-12-10 等待政策'],
  [contacts, '/撤销'],
  [contacts, '收到'],
  [contacts, '已解决'],
  [contacts, '/待办'],
  [leads, '/进度 %'],
]
const departments = ['市农业农村委员会', '市商务委员会', '市卫生健康委员会']
const anyone = fc.constantFrom(...everyone)
/** Mostly somebody who may. */
const said = fc
  .tuple(
    fc.constantFrom(...phrases),
    fc.array(fc.integer({ min: 1, max: items }), { minLength: 2, maxLength: 2 }),
    fc.array(fc.constantFrom(...departments), { minLength: 2, maxLength: 2 }),
    fc.nat({ max: 100 }),
    anyone,
  )
  .map(([[suited, phrase], codes, named, choice, any]) => {
    let item = 0
    let department = 0
    const words = phrase
      .replaceAll('%', () => `#${codes[item++ % codes.length]}`)
      .replaceAll('@', () => named[department++ % named.length] ?? '')
    return { words, who: choice % 6 === 0 ? any : (suited[choice % suited.length] ?? any) }
  })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .tuple(said, fc.option(fc.nat({ max: 30 }), { freq: 1, nil: null }))
      .map(([{ who, words }, below]) => ({ kind: 'say' as const, who, words, below })),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      who: fc.oneof(fc.constantFrom(...leads, ...contacts), anyone),
      card: fc.nat({ max: 40 }),
      button: fc.nat({ max: 10 }),
      fill: fc.nat({ max: 100 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('step' as const),
      item: fc.integer({ min: 1, max: items }),
      choice: fc.nat({ max: 1000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), hours: fc.nat({ max: 40 }) }) },
)
/** Random sequences seldom get far; each starts with items that departments have. */
const opening: Deed[] = [
  '/派单 #1 #2 市农业农村委员会 市商务委员会',
  '/派单 #3 市卫生健康委员会 市商务委员会 主办即可',
].map((said) => ({
  kind: 'say',
  who: 'lead',
  words: said,
  below: null,
}))

test('whoever does whatever in whichever order: no state outside the table, no event lost, every sum right', async () => {
  const reached = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 30, maxLength: 60, size: 'max' }), async (deeds) => {
      const city = await aCity(items)
      let before = await snapshot(city)
      for (const [index, next] of [...opening, ...deeds].entries()) {
        await perform(city, next, before)
        const after = await snapshot(city)
        const faults = [...faultsBetween(before, after), ...(await faultsOf(city, after)), ...city.bugs]
        expect(faults, `after ${index}: ${JSON.stringify(next)}`).toEqual([])
        if ('who' in next && (next.who === 'stranger' || next.who === 'observer' || next.who === 'leader'))
          expect(changed(before, after), `${next.who} may change nothing`).toBe(false)
        for (const { what } of after.events.slice(before.events.length))
          reached.set(what, (reached.get(what) ?? 0) + 1)
        before = after
      }
    }),
    { numRuns, endOnFailure: true },
  )
  process.stdout.write(`${[...reached].map(([what, times]) => `${what} ${times}`).join(', ')}\n`)
  expect(reached.size).toBeGreaterThanOrEqual(8)
})

/** What somebody would do next about an item. */
function sensible(
  { items: all, assignments, requests }: Snapshot,
  item: number,
  choice: number,
): [Who, string] {
  const status = all.find(({ code }) => code === item)?.status ?? 'triage'
  const pick = (options: [Who, string][]): [Who, string] =>
    options[choice % options.length] ?? ['lead', '/进度']
  const own = assignments.filter(({ item_code }) => item_code === item)
  const round = Math.max(...own.map((assignment) => assignment.round))
  const standing = own.filter((assignment) => assignment.round === round && isStanding(assignment))
  const assignment = standing[choice % Math.max(1, standing.length)]
  if (status === 'done' || status === 'closed') {
    return pick([
      ['lead', `/回访 #${item} 满意`],
      ['lead', `/回访 #${item} 不满意 没有解决`],
      ['lead', `/公开 #${item} https://example.org/a`],
      ['lead', `/转化 #${item} 政策 已写入`],
      ['second', `/销号 #${item}`],
      ['second', `/重新交办 #${item} 又出现了`],
      ['lead', '/撤销'],
    ])
  }
  if (status !== 'open' || !assignment) {
    return pick([
      ['lead', `/派单 #${item} ${departments[choice % 3]}`],
      ['lead', `/派单 #${item} ${departments[choice % 3]} ${departments[(choice + 1) % 3]}`],
      ['lead', `/派单 #${item} ${departments[choice % 3]} ${departments[(choice + 2) % 3]} 主办即可`],
      ['second', `/合并 #${item} #${(item % items) + 1}`],
      ['lead', `/不予受理 #${item} 不属于建议`],
      ['lead', '/撤销'],
    ])
  }
  // The departments were made in the order of the people: the task force is the first.
  const contact = contactOf[assignment.department_id] ?? 'contact'
  const asked = requests.find(
    ({ assignment_id, status: state }) => assignment_id === assignment.id && state === 'pending',
  )
  if (asked) {
    const command = asked.kind === 'extension' ? '延期' : '挂账'
    return pick([
      ['lead', command === '延期' ? `/延期 #${item} 批准 2026-12-31` : `/挂账 #${item} 2026-12-10 同意`],
      ['second', `/${command} #${item} 不同意 请抓紧`],
      [contact, `#${item} 已解决，已对接商超`],
      [contact, '/撤销'],
    ])
  }
  if (assignment.status === 'review') {
    return pick([
      ['lead', `/审核 #${item} 通过`],
      ['lead', `/审核 #${item} 通过`],
      ['second', `/审核 #${item} 退回 请补充`],
      [contact, '/撤销'],
      ['lead', '/撤销'],
    ])
  }
  if (assignment.status === 'suspended') return pick([['lead', `/挂账 #${item} 恢复`]])
  return pick([
    [contact, `/签收 #${item}`],
    [contact, `#${item} 已解决，已对接商超`],
    [contact, `#${item} 基本解决，已补货`],
    [contact, `#${item} 正在办理，12月10日前办结`],
    [contact, `/延期 #${item} 需要会商`],
    [contact, `/挂账 #${item} 2026-12-10 等待政策`],
    [contact, `/退回 #${item} 不属于我单位职责`],
    ['lead', `/派单 #${item} ${departments[assignment.department_id - 2]} ${departments[choice % 3]}`],
    ['lead', '/撤销'],
  ])
}

const contactOf: Record<number, Who> = { 2: 'contact', 3: 'trade', 4: 'health' }

async function perform(city: City, next: Deed, now: Snapshot): Promise<void> {
  const cards = [...city.board.keys()]
  switch (next.kind) {
    case 'step':
      return city.say(...sensible(now, next.item, next.choice))
    case 'pass':
      return city.pass(next.hours * 60 * 60 * 1000)
    case 'say':
      return city.say(next.who, next.words, next.below === null ? undefined : cards.at(-1 - next.below))
    case 'press': {
      const id = cards.at(-1 - (next.card % Math.max(1, cards.length)))
      const message = id === undefined ? undefined : city.board.get(id)?.message
      if (id === undefined || !message) return
      const buttons = buttonsOf(message)
      const button = buttons[next.button % Math.max(1, buttons.length)]
      if (!button) return
      const form = Object.fromEntries(button.fields.map((field) => [field.name, filled(field, next.fill)]))
      await city.press(next.who, id, button.action.command, { ...button.action.args, ...form })
    }
  }
}

function buttonsOf({ blocks }: Message): { action: Action; fields: FormField[] }[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'actions') return block.actions.map((action) => ({ action, fields: [] }))
    if (block.kind === 'form') return [{ action: block.form.submit, fields: block.form.fields }]
    if (block.kind === 'entries')
      return block.entries.flatMap(({ actions = [] }) => actions.map((action) => ({ action, fields: [] })))
    return []
  })
}

function filled(field: FormField, fill: number): unknown {
  switch (field.kind) {
    case 'text':
      return fill % 5 === 0 ? '' : '已对接商超，请核'
    case 'date':
      return fill % 3 === 0 ? undefined : '2026-12-15'
    case 'choice':
      return field.options[fill % Math.max(1, field.options.length)]?.value
    default:
      return undefined
  }
}

function changed(before: Snapshot, after: Snapshot): boolean {
  const { events: _, ...was } = before
  const { events: __, ...is } = after
  return JSON.stringify(was) !== JSON.stringify(is)
}
