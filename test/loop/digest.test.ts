import { expect, test } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { sendDueDigest } from '../../src/services/reports/digest.ts'
import { work } from '../../src/services/work.ts'
import { appBeside } from '../operator/app.ts'
import { deskWithDirectory } from '../operator/desk.ts'
import { fieldsIn } from '../support/card-fields.ts'
import { tablesIn } from '../support/card-table.ts'
import { type Office, testWorld, type World } from '../support/duban.ts'
import { answerTo } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { told } from '../support/told.ts'

test('two weeks counted by hand: returned, merged, reopened, undone and not yet accepted items', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-10 09:00') })
  const { agriculture, commerce, taskForce } = world
  const titles = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛']
  const codes: (number | undefined)[] = []
  const collect = async (count: number) => {
    const some = titles.slice(codes.length, codes.length + count)
    codes.push(...(await world.items(...some.map((title) => ({ title })))))
  }
  /** `甲` in the words stands for that item's number. */
  const say = async (office: Office, words: string) => {
    const who = office === taskForce ? 'lead' : 'contact'
    const said = words.replace(/[甲乙丙丁戊己庚辛]/g, (title) => `#${codes[titles.indexOf(title)]}`)
    return answerTo(world, office, who, said)
  }
  const lead = (words: string) => say(taskForce, words)

  const observer = { platform: 'feishu', account: world.stranger.open_id, role: 'observer' } as const
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [
      { name: '市督查室', aliases: [], chats: [], people: [{ name: '何观察', ...observer }] },
    ]),
  )

  // Tuesday of the first week.
  await collect(5)
  await lead('/派单 甲 乙 丙 农业农村委')
  await lead('/派单 丁 商务委')
  await goTo(world, '2026-11-11 10:00')
  await say(commerce, '/退回 丁 不属于我单位职责')
  await lead('/派单 丁 农业农村委')
  await goTo(world, '2026-11-12 10:00')
  await say(agriculture, '/反馈 甲 已解决，已对接')
  await lead('/审核 甲 通过')
  await goTo(world, '2026-11-13 10:00')
  // In time, but accepted in the week after.
  await say(agriculture, '/反馈 乙 已解决，已对接')
  await goTo(world, '2026-11-13 18:00')
  const firstWeek = await digest(world, '【每周汇总】11月9日（周一）至11月13日（周五）')
  const asToldThen = tablesIn(firstWeek)[0]

  await goTo(world, '2026-11-16 10:00')
  await lead('/审核 乙 通过')
  await collect(2)
  await lead('/合并 庚 己')
  await lead('/派单 己 商务委')
  await say(agriculture, '/反馈 丁 已解决，已对接')
  await lead('/审核 丁 通过')
  await goTo(world, '2026-11-17 10:00')
  await lead('/重新交办 甲 市民反映问题仍在')
  await goTo(world, '2026-11-18 10:00')
  await say(commerce, '/反馈 己 已解决，已对接')
  await goTo(world, '2026-11-20 10:00')
  await lead('/审核 己 通过')
  await collect(1)
  await lead('/派单 辛 农业农村委')
  await lead('/派单 戊 农业农村委')
  await lead('/撤销')
  await lead('/派单 戊 商务委')
  await say(commerce, '/退回 戊 不属于我单位职责')
  await goTo(world, '2026-11-20 18:00')

  const daily = await digest(world, '【每日汇总】11月20日')
  expect(fieldsIn(daily)).toMatchObject({
    今日新增: '1',
    今日派单: '1',
    今日解决: '1',
    今日退回: '1',
    // 丙 since last week, 甲 since half past five.
    当前逾期: '2',
    收集: '8',
    待派单: '1',
    已合并: '1',
    已派单: '6',
    '3个工作日解决率': '3/5（60%）',
    '7日解决率': '2/3（66.7%）',
  })
  expect(tablesIn(daily)).toEqual([
    [
      { 单位: agriculture.name, 派单: '1', 解决: '0', 退回: '0', 在办: '3', 逾期: '2' },
      { 单位: commerce.name, 派单: '0', 解决: '1', 退回: '1', 在办: '0', 逾期: '0' },
    ],
  ])
  expect(textOf(daily)).toContain('逾期清单')
  expect(JSON.stringify(daily.content)).toContain('"tag":"chart"')

  const weekly = await digest(world, '【每周汇总】11月16日（周一）至11月20日（周五）')
  expect(tablesIn(weekly)).toEqual([
    [
      { 指标: '新增', 本周: '3', 上周: '5', 增减: '−2' },
      { 指标: '派单', 本周: '3', 上周: '4', 增减: '−1' },
      { 指标: '解决', 本周: '3', 上周: '1', 增减: '+2' },
      { 指标: '退回', 本周: '1', 上周: '1', 增减: '持平' },
      { 指标: '3个工作日解决率', 本周: '60%', 上周: '33.3%', 增减: '+26.7个百分点' },
      { 指标: '7日解决率', 本周: '66.7%', 上周: '—', 增减: '—' },
    ],
    [
      { 单位: agriculture.name, 派单: '2', 解决: '2', 退回: '0', 在办: '3', 逾期: '2' },
      { 单位: commerce.name, 派单: '1', 解决: '1', 退回: '1', 在办: '0', 逾期: '0' },
    ],
  ])
  expect(JSON.stringify(weekly.content)).toContain('"tag":"chart"')
  expect(textOf(weekly)).toContain('3个工作日解决率：本周3/5，上周1/3')
  expect(textOf(weekly)).toContain('7日解决率：本周2/3')
  // What a week said of itself it says a week later too, whatever was accepted and reopened since.
  const column = (table: Record<string, unknown>[] | undefined, label: string) =>
    table?.map((row) => row[label])
  expect(column(tablesIn(weekly)[0], '上周')).toEqual(column(asToldThen, '本周'))

  for (const words of ['/报表 周', '/report week', '/report 本周']) {
    const asked = await lead(words)
    expect(textOf(asked)).toContain('周报　11月16日（周一）至11月20日（周五）')
    expect(tablesIn(asked)).toEqual(tablesIn(weekly))
    expect(textOf(asked)).toContain('逾期清单')
  }
  const today = await lead('/报表')
  expect(textOf(today)).toContain('日报　11月20日')
  expect(fieldsIn(today)).toEqual(fieldsIn(daily))
  const lastWeek = await lead('/报表 上周')
  expect(textOf(lastWeek)).toContain('周报　11月9日（周一）至11月15日（周日）')
  expect(column(tablesIn(lastWeek)[0], '上周')).toEqual(column(asToldThen, '本周'))
  expect(column(tablesIn(lastWeek)[0], '上上周')).toEqual(['0', '0', '0', '0', '—', '—'])
  expect(tablesIn(lastWeek)[1]).toEqual([
    { 单位: agriculture.name, 派单: '4', 解决: '1', 退回: '0' },
    { 单位: commerce.name, 派单: '0', 解决: '0', 退回: '1' },
  ])
  const month = await lead('/report month')
  expect(textOf(month)).toContain('月报　2026年11月')
  // 甲 is open again, 戊 came back, and 庚 is one with 己.
  expect(column(tablesIn(month)[0], '本月')).toEqual(['8', '6', '3', '2', '60%', '66.7%'])
  expect(fieldsIn(await lead('/报表 昨日'))).toEqual({
    昨日新增: '0',
    昨日派单: '0',
    昨日解决: '0',
    昨日退回: '0',
  })
  for (const words of ['/报表 年', '/report 2026-11-20', '/报表 周 上周']) {
    expect(textOf(await lead(words)), words).toContain('无法识别，可写：日、周、月、昨日、上周、上月')
  }
  const watching = { ...taskForce, people: { observer: world.stranger } }
  const watched = await told(world, watching, 'observer', '/报表 周')
  expect(watched).toContain('逾期')
  expect(watched).not.toContain(`#${codes[0]}`)
  expect(watched).not.toContain('逾期清单')
}, 60_000)

test('the weekly digest comes with the last daily one of the week: a Friday, a Thursday, a make-up Saturday', async () => {
  const { app, at } = await appBeside(await deskWithDirectory())
  const sent: string[] = []
  let known = 0
  for (const day of [
    '2026-02-27',
    '2026-02-28',
    '2026-04-29',
    '2026-04-30',
    '2026-05-01',
    '2026-11-19',
    '2026-11-20',
  ]) {
    at(`${day}T18:00:00`)
    await sendDueDigest(app)
    await sendDueDigest(app)
    const rows = await app.db.read
      .selectFrom('deliveries')
      .select('payload')
      .where('kind', '=', 'digest')
      .where('id', '>', known)
      .orderBy('id')
      .execute()
    sent.push(...rows.map(({ payload }) => (JSON.parse(payload) as { title: string }).title))
    known += rows.length
  }
  expect(sent).toEqual([
    '【每日汇总】2月27日（周五）',
    '【每日汇总】2月28日（周六）',
    '【每周汇总】2月23日（周一）至2月28日（周六）',
    '【每日汇总】4月29日（周三）',
    '【每日汇总】4月30日（周四）',
    '【每周汇总】4月27日（周一）至4月30日（周四）',
    '【每日汇总】11月19日（周四）',
    '【每日汇总】11月20日（周五）',
    '【每周汇总】11月16日（周一）至11月20日（周五）',
  ])
})

test('in English: the digests, a report and an export', async () => {
  const world = await testWorld({
    ticking: true,
    unlimited: true,
    locale: 'en',
    now: shanghai('2026-11-20 17:50'),
  })
  const { taskForce } = world
  const [code] = await world.items({ title: 'Roads' })
  await answerTo(world, taskForce, 'lead', `/dispatch #${code} 商务委`)
  await goTo(world, '2026-11-20 18:00')
  const daily = await digest(world, '[Daily digest] Fri 20 Nov')
  expect(fieldsIn(daily)).toMatchObject({ 'New today': '1', 'Dispatched today': '1', 'Returned today': '0' })
  const weekly = await digest(world, '[Weekly digest] Mon 16 Nov to Fri 20 Nov')
  const asked = await answerTo(world, taskForce, 'lead', '/report week')
  expect(textOf(asked)).toContain('Weekly report: Mon 16 Nov to Fri 20 Nov')
  expect(tablesIn(asked)).toEqual(tablesIn(weekly))
  const month = await answerTo(world, taskForce, 'lead', '/report last month')
  expect(textOf(month)).toContain('Monthly report: 2026-10')
  const wish = await answerTo(world, taskForce, 'lead', '/export')
  expect(textOf(wish)).toContain('the file will be sent to you in private')
  for (const { content } of [daily, weekly, asked, month, wish]) {
    const own = JSON.stringify(content).replaceAll(world.commerce.name, '').replaceAll('吴联络', '')
    expect(own).not.toMatch(/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/)
  }
})

function digest(world: World, title: string): Promise<SandboxMessage> {
  return world.seen(world.taskForce, title)
}
