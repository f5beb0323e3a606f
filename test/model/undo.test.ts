import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aCity, type City, type Who } from './city.ts'

const numRuns = Number(process.env.MODEL_RUNS ?? 6)

/** Each is possible after those before it, and is done, undone and done again. */
const everyAct: [Who, string][] = [
  ['lead', '/不予受理 #5 不属于建议'],
  ['lead', '/合并 #6 #4'],
  ['lead', '/派单 #1 #2 市农业农村委员会 市商务委员会 急'],
  ['lead', '/派单 #3 市卫生健康委员会 主办即可'],
  ['lead', '/派单 #3 市卫生健康委员会 市商务委员会'],
  ['contact', '/签收'],
  ['trade', '#1 收到'],
  ['health', '/退回 #3 不属于我单位职责 市商务委员会'],
  ['second', '/派单 #3 市商务委员会 市农业农村委员会'],
  ['contact', '/延期 #1 需要会商'],
  ['lead', '/延期 #1 不同意 请抓紧'],
  ['contact', '/延期 #1 需要会商'],
  ['lead', '/延期 #1 批准'],
  ['contact', '/挂账 #2 2026-12-10 等待政策'],
  ['second', '/挂账 #2 不同意 请抓紧'],
  ['lead', '/挂账 #2 2026-12-10 等待政策'],
  ['lead', '/挂账 #2 2026-12-20'],
  ['lead', '/挂账 #2 恢复'],
  ['contact', '#1 正在办理，12月10日前办结'],
  ['lead', '/审核 #1 通过'],
  ['contact', '#1 基本解决，已对接商超'],
  ['contact', '#1 已解决，已对接商超并全部售出'],
  ['second', '/审核 #1 退回 请补充数量'],
  ['contact', '#1 已解决，已全部售出'],
  ['lead', '/审核 #1 通过'],
  ['trade', '#1 已解决，已配合'],
  ['lead', '/审核 #1 通过'],
  ['lead', '/回访 #1 满意 很快'],
  ['lead', '/公开 #1 https://example.org/a 已公开'],
  ['lead', '/公开 #1 https://example.org/b'],
  ['lead', '/转化 #1 政策 已写入'],
  ['second', '/销号 #1'],
  ['lead', '/重新交办 #1 又出现了'],
  ['contact', '/签收 #1'],
  ['contact', '#1 已解决，已全部售出'],
  ['lead', '/审核 #1 通过'],
  ['trade', '#1 已解决，已配合'],
  ['lead', '/审核 #1 通过'],
  ['lead', '/回访 #1 不满意 没有解决'],
  ['trade', '#3 已解决，已补货'],
  // The co-departments are released with it.
  ['lead', '/审核 #3 通过'],
  ['lead', '/销号 #3'],
]

/** Of these many make no sense when their turn comes, and change nothing. */
const anyAct: [Who, string][] = everyAct.flatMap(([who, words]): [Who, string][] => [
  [who, words],
  [who, words.replace('#1', '#2')],
  [who, words.replace(/#[23]/, '#1')],
])

test('whatever can be undone: done and undone, every row is as it was', async () => {
  const city = await aCity(6)
  const undone = new Set<string>()
  for (const [who, words] of everyAct) {
    const before = await rows(city)
    await city.say(who, words)
    const done = await rows(city)
    expect(done, `${words} changes something`).not.toEqual(before)
    undone.add(await undo(city, { who, words, before }))
    await city.say(who, words)
    expect(states(await rows(city)), `${words}, once more`).toEqual(states(done))
  }
  expect(city.bugs).toEqual([])
  expect([...undone].sort()).toEqual([
    'accepted',
    'acknowledged',
    'called-back',
    'closed',
    'declined',
    'dispatched',
    'extended',
    'extension-asked',
    'extension-refused',
    'feedback',
    'merged',
    'published',
    'redo',
    'reopened',
    'resumed',
    'returned',
    'suspended',
    'suspension-asked',
    'suspension-moved',
    'suspension-refused',
    'uptake',
  ])
})

test('in whichever order things are done, undone or left', async () => {
  let undone = 0
  const step = fc.record({ act: fc.constantFrom(...anyAct), leave: fc.nat({ max: 2 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }), async (steps) => {
      const city = await aCity(6)
      await city.say('lead', '/派单 #1 #2 市农业农村委员会 市商务委员会')
      for (const { act, leave } of steps) {
        const [who, words] = act
        const before = await rows(city)
        await city.say(who, words)
        if (JSON.stringify(await rows(city)) === JSON.stringify(before)) continue
        await undo(city, { who, words, before })
        undone += 1
        if (leave > 0) await city.say(who, words)
      }
      expect(city.bugs).toEqual([])
    }),
    { numRuns, endOnFailure: true },
  )
  expect(undone).toBeGreaterThan(numRuns * 2)
})

type Rows = Awaited<ReturnType<typeof rows>>

/** Takes it back, and looks whether all is as it was. @returns what was undone */
async function undo(
  city: City,
  { who, words, before }: { who: Who; words: string; before: Rows },
): Promise<string> {
  await city.say(who, '/撤销')
  expect(asBefore(await rows(city), before), `${words}, undone`).toEqual(before)
  const last = await city.app.db.read
    .selectFrom('events')
    .select(['what', 'detail'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(last.what, words).toBe('undone')
  return (JSON.parse(last.detail) as { what: string }).what
}

/** Every row that somebody may change. */
async function rows({ app }: City) {
  const { read } = app.db
  return {
    items: await read.selectFrom('items').selectAll().orderBy('code').execute(),
    assignments: await read.selectFrom('assignments').selectAll().orderBy('id').execute(),
    feedback: await read.selectFrom('feedback').selectAll().orderBy('id').execute(),
    requests: await read.selectFrom('requests').selectAll().orderBy('id').execute(),
    callbacks: await read.selectFrom('callbacks').selectAll().orderBy('id').execute(),
    publications: await read.selectFrom('publications').selectAll().orderBy('id').execute(),
    uptakes: await read.selectFrom('uptakes').selectAll().orderBy('id').execute(),
  }
}

/** Without what the act had made, which stays behind where the audit trail and the messages name it, and counts for nothing. */
function asBefore(now: Rows, before: Rows): Rows {
  const isOld = (old: { id: number }[]) => (row: { id: number }) => old.some(({ id }) => id === row.id)
  const left = {
    assignments: now.assignments.filter((row) => !isOld(before.assignments)(row)),
    feedback: now.feedback.filter((row) => !isOld(before.feedback)(row)),
    requests: now.requests.filter((row) => !isOld(before.requests)(row)),
  }
  expect(left.assignments.filter(({ round, status }) => round > 0 || status !== 'withdrawn')).toEqual([])
  expect(left.feedback.filter(({ review }) => review !== 'superseded')).toEqual([])
  expect(left.requests.filter(({ status }) => status !== 'dropped')).toEqual([])
  return {
    ...now,
    assignments: now.assignments.filter(isOld(before.assignments)),
    feedback: now.feedback.filter(isOld(before.feedback)),
    requests: now.requests.filter(isOld(before.requests)),
  }
}

function states({ items, assignments }: Rows) {
  return {
    items: items.map(({ status }) => status),
    assignments: assignments
      .filter(({ round }) => round > 0)
      .map((row) => [row.item_code, row.department_id, row.part, row.round, row.status, row.outcome]),
  }
}
