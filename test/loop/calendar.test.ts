import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { loadCalendarYear } from '../../src/services/calendar.ts'
import { work } from '../../src/services/work.ts'
import { personOf, testWorld } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { history, until } from '../support/truth.ts'

test('a due time in a year without a calendar is provisional, and corrected once that is loaded', async () => {
  const world = await testWorld({ ticking: true, now: shanghai('2026-12-30 09:00') })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [open, answered, within] = await world.items(
    { title: '蔬菜滞销' },
    { title: '活禽交易' },
    { title: '口罩脱销' },
  )
  // Monday to Friday alone: the 31st, then the 1st and the 4th of a January whose holidays nobody knows yet.
  const card = await dispatch(world, `#${open} 农业农村委`, agriculture)
  expect(textOf(card)).toContain('1月4日（周一）17:30（暂定）')
  expect(textOf(card)).toContain('放假安排尚未公布')
  const done = await dispatch(world, `#${answered} 农业农村委`, agriculture)
  const certain = await dispatch(world, `#${within} 商务委 2026-12-31`, commerce)
  expect(textOf(certain)).not.toContain('暂定')
  await answerTo(world, agriculture, 'contact', '已解决，已对接', done)
  expect(world.log.join('')).toContain('the working-day calendar runs out')

  await work(world.duban.app, (current) =>
    loadCalendarYear(current, 2027, [
      { date: '2027-01-01', workday: false, name: '元旦' },
      { date: '2027-01-02', workday: false, name: '元旦' },
      { date: '2027-01-03', workday: true, name: '元旦调休' },
    ]),
  )
  await world.moveTo(world.clock.now())
  await sandbox.waitFor(
    () => textOf(sandbox.message(card.message_id)).includes('1月4日（周一）17:30"'),
    'the card to say it for certain',
  )
  await world.settled()
  expect(textOf(sandbox.message(card.message_id))).not.toMatch(/暂定|尚未公布/)
  expect(textOf(await answerTo(world, taskForce, 'lead', `/进度 #${answered}`))).not.toContain('暂定')
  expect(await history(world, open)).toEqual(['collected', 'dispatched'])
})

test('a newly loaded calendar moves due times, cards and nudges; the old nudges are not missed', async () => {
  const world = await testWorld({ ticking: true, now: shanghai('2026-12-30 09:00') })
  const { agriculture, sandbox } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委 5wd`, agriculture)
  expect(textOf(card)).toContain('1月6日（周三）17:30（暂定）')
  await world.press(card, personOf(agriculture, 'contact'), '签收')
  await work(world.duban.app, (current) =>
    loadCalendarYear(current, 2027, [
      { date: '2027-01-01', workday: false, name: '元旦' },
      { date: '2027-02-05', workday: false, name: '春节' },
    ]),
  )
  await world.moveTo(world.clock.now())
  await sandbox.waitFor(
    () => textOf(sandbox.message(card.message_id)).includes('1月7日（周四）17:30'),
    'the card to follow',
  )
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'acknowledged', 'due-recomputed'])
  for (const [when, posts] of [
    ['2027-01-05 09:00', 1],
    ['2027-01-06 09:00', 2],
    ['2027-01-06 17:30', 2],
    ['2027-01-07 09:00', 3],
  ] as const) {
    await goTo(world, when)
    expect(world.posts(agriculture).length, when).toBe(posts)
  }
  await until(() => textOf(world.posts(agriculture).at(-1) ?? card).includes('今日到期'), 'due today')
})

const newYear = [
  { date: '2027-01-01', workday: false, name: '元旦' },
  { date: '2027-01-07', workday: false, name: '调休' },
  { date: '2027-02-05', workday: false, name: '春节' },
]

test('asleep over the due time, and the calendar that moves it is loaded after: it is said that it is over', async () => {
  const world = await testWorld({ ticking: true, now: shanghai('2026-12-30 09:00') })
  const { agriculture } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await world.press(card, personOf(agriculture, 'contact'), '签收')
  await world.settled()
  const posts = world.posts(agriculture).length
  await world.stop()
  world.clock.set(shanghai('2027-01-08 08:30'))
  await world.restart()
  await work(world.duban.app, (current) => loadCalendarYear(current, 2027, newYear))
  await world.moveTo(world.clock.now())
  await until(async () => (await history(world, code)).includes('due-recomputed'), 'the due time to move')
  await goTo(world, '2027-01-08 09:00')
  expect(world.posts(agriculture)).toHaveLength(posts + 1)
  expect(textOf(world.posts(agriculture).at(-1) ?? card)).toMatch(
    /1月5日（周二）17:30.*已逾期|已逾期.*1月5日/s,
  )
})

test('a notice that was given is not given again where a new calendar has another day for it', async () => {
  const world = await testWorld({ ticking: true, now: shanghai('2027-01-06 14:00') })
  const { agriculture } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委 2h`, agriculture)
  await goTo(world, '2027-01-07 09:00')
  const posts = world.posts(agriculture).length
  await work(world.duban.app, (current) => loadCalendarYear(current, 2027, newYear))
  await world.moveTo(world.clock.now())
  await until(() => !world.duban.app.office().calendar.isWorkday('2027-01-07'), 'the calendar')
  await world.settled()
  await goTo(world, '2027-01-08 09:00')
  expect(world.posts(agriculture)).toHaveLength(posts)
})
