import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { dispatchedParts } from '../../src/domain/totals.ts'
import { sendDueDigest } from '../../src/services/reports/digest.ts'
import { allTotals } from '../../src/services/reports/status.ts'
import { fieldsIn } from '../support/card-fields.ts'
import { type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { until } from '../support/truth.ts'

/** What becomes of each item. */
const titles = [
  '未派单',
  '未签收',
  '办理中',
  '待审核',
  '正在解决',
  '解决',
  '基本解决',
  '暂缓',
  '留作参考',
  '逾期',
  '退回',
]

test('the numbers agree, whatever has happened: in all, by department, in each form of /status', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:00') })
  const { agriculture, commerce, taskForce } = world
  const codes = await world.items(...titles.map((title) => ({ title })))
  const code = (title: string) => codes[titles.indexOf(title)]
  const agricultures = ['未签收', '办理中', '待审核', '正在解决', '解决', '基本解决']
  await dispatch(world, `${agricultures.map((title) => `#${code(title)}`).join(' ')} 农业农村委`, agriculture)
  await dispatch(world, `#${code('暂缓')} #${code('留作参考')} #${code('退回')} 商务委`, commerce)
  await dispatch(world, `#${code('逾期')} 商务委 2026-11-20 12:00`, commerce)
  const said: [Office, string, string][] = [
    [agriculture, '/签收', '办理中'],
    [agriculture, '已解决，已对接', '待审核'],
    [agriculture, '正在办理，下周五前办结', '正在解决'],
    [agriculture, '已解决，已对接', '解决'],
    [agriculture, '基本解决，已对接', '基本解决'],
    [commerce, '暂缓，条件不具备', '暂缓'],
    [commerce, '留作参考，条件不具备', '留作参考'],
    [commerce, '已解决，已对接', '退回'],
  ]
  for (const [office, words, title] of said) {
    const order = words.startsWith('/') ? `${words} #${code(title)}` : `#${code(title)} ${words}`
    await answerTo(world, office, 'contact', order)
  }
  for (const title of ['正在解决', '解决', '基本解决', '暂缓', '留作参考']) {
    await answerTo(world, taskForce, 'lead', `/审核 #${code(title)} 通过`)
  }
  await answerTo(world, taskForce, 'lead', `/review #${code('退回')} redo 请补充`)
  await answerTo(world, taskForce, 'lead', `/销号 #${code('解决')}`)
  await goTo(world, '2026-11-20 13:00')

  const { totals, departments } = await allTotals(world.duban.app, world.clock.now())
  expect(totals).toMatchObject({
    collected: 11,
    waiting: 1,
    dispatched: 10,
    unacknowledged: 2,
    working: 2,
    review: 1,
    in_progress: 1,
    resolved: 1,
    mostly_resolved: 1,
    deferred: 1,
    reference: 1,
    overdue: 1,
    rate_3wd: { n: 0, m: 0 },
  })
  const parts = [...dispatchedParts, 'overdue'] as const
  expect(dispatchedParts.reduce((sum, part) => sum + totals[part], 0)).toBe(totals.dispatched)
  for (const part of parts) {
    expect(
      departments.reduce((sum, row) => sum + row[part], 0),
      part,
    ).toBe(totals[part])
  }

  const all = fieldsIn(await answerTo(world, taskForce, 'lead', '/进度'))
  expect(all).toMatchObject({
    收集: '11',
    待派单: '1',
    已派单: '10',
    待签收: '2',
    办理中: '2',
    待审核: '1',
    正在解决: '1',
    解决: '1',
    基本解决: '1',
    暂缓: '1',
    留作参考: '1',
    逾期: '1',
    '3个工作日解决率': '尚无到期事项',
  })
  for (const [who, where] of [
    ['lead', taskForce],
    ['contact', commerce],
    ['leader', commerce],
  ] as const) {
    const words = who === 'lead' ? '/status 商务委' : '/status'
    const one = await answerTo(world, where, who, words)
    expect(textOf(one)).toContain('市商务委员会　办理进度')
    expect(fieldsIn(one)).toMatchObject({
      已派单: '4',
      待签收: '1',
      办理中: '1',
      暂缓: '1',
      留作参考: '1',
      逾期: '1',
    })
    expect(fieldsIn(one)).not.toHaveProperty('收集')
  }
  const item = textOf(await answerTo(world, commerce, 'leader', `/进度 #${code('退回')}`))
  for (const word of ['派单', '反馈', '退回重办', '请补充', '吴联络', '陈组长']) expect(item).toContain(word)
  expect(textOf(await answerTo(world, agriculture, 'contact', `/进度 #${code('退回')}`))).toContain(
    '不是本单位',
  )
  expect(textOf(await answerTo(world, agriculture, 'contact', '/进度 商务委'))).toContain(
    '没有此项操作的权限',
  )

  const late = textOf(await answerTo(world, taskForce, 'lead', '/逾期'))
  for (const word of ['共1项', `#${code('逾期')} 逾期`, '逾期1小时', '吴联络']) expect(late).toContain(word)
  const mine = textOf(await answerTo(world, commerce, 'contact', '/待办'))
  expect(mine).toContain('待办2项')
  expect(mine.indexOf(`#${code('逾期')} `)).toBeLessThan(mine.indexOf(`#${code('退回')} `))
  for (const [words, shown, count] of [
    ['/清单', ['未派单', '未签收', '逾期', '退回'], 7],
    ['/清单 商务委', ['逾期', '退回'], 2],
    ['/list 待派单', [], 0],
    ['/list triage', ['未派单'], 1],
    ['/清单 待审核', ['待审核'], 1],
    ['/清单 农业农村委 待签收', ['未签收'], 1],
    ['/list accepted 商务委', ['暂缓', '留作参考'], 2],
    ['/清单 closed', ['解决'], 1],
    ['/清单 已销号 农业农村委', ['解决'], 1],
    ['/清单 商务委 已销号', [], 0],
  ] as const) {
    const list = textOf(await answerTo(world, taskForce, 'lead', words))
    if (count === 0) expect(list, words).toContain('没有符合条件的事项')
    else expect(list, words).toContain(`共${count}项`)
    for (const title of shown) expect(list, words).toContain(`#${code(title)} ${title}`)
  }
}, 60_000)

test('the digest: at 18:00 of each working day, once, also where its time passed unnoticed', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:00') })
  const { agriculture } = world
  const [one] = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' })
  await dispatch(world, `#${one} 农业农村委`, agriculture)
  await world.press(await world.seen(agriculture, '蔬菜滞销'), personOf(agriculture, 'contact'), '签收')
  await goTo(world, '2026-11-20 17:59')
  expect(digests(world)).toEqual([])
  await goTo(world, '2026-11-20 18:00')
  const first = await world.sandbox.waitFor(() => digests(world)[0], 'the digest')
  expect(textOf(first)).toContain('【每日汇总】11月20日')
  expect(fieldsIn(first)).toMatchObject({ 今日派单: '1', 今日解决: '0', 收集: '2' })
  for (const when of ['2026-11-20 19:00', '2026-11-21 18:30', '2026-11-22 18:30', '2026-11-23 17:59']) {
    await goTo(world, when)
    await world.restart()
    await sendDueDigest(world.duban.app)
    await world.settled()
    expect(digests(world), when).toHaveLength(1)
  }
  await world.stop()
  await world.redis.restart()
  world.clock.set(shanghai('2026-11-23 18:40'))
  await world.restart()
  await until(() => digests(world).length === 2, 'the digest that nobody was there to send')
  expect(digests(world).map(textOf)[1]).toContain('【每日汇总】11月23日')
})

function digests(world: World) {
  return world.posts(world.taskForce).filter((post) => textOf(post).includes('每日汇总'))
}
