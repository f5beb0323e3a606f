import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { calendarEnd, calendarWatch } from '../../src/services/calendar.ts'
import { scheduleNextDigest, sendDueDigest } from '../../src/services/reports/digest.ts'
import { work } from '../../src/services/work.ts'
import { moment, officeIn } from '../domain/offices.ts'
import { appBeside } from '../operator/app.ts'
import { deskWithDirectory, testDesk } from '../operator/desk.ts'
import { testWorld } from '../support/duban.ts'
import { dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { deliveriesOf, history, look, until } from '../support/truth.ts'

test('a job that one change asks for often is asked of the queue once, for the earliest time', async () => {
  const { app } = await appBeside(await testDesk())
  const asked: unknown[] = []
  const queue = {
    async schedule(...job: unknown[]) {
      asked.push(job)
    },
  }
  await work({ ...app, queue }, async ({ schedule }) => {
    for (const at of [30, 10, 20]) schedule('nudge', 'a', at)
    schedule('nudge', 'b', 40)
    schedule('deliver', 'a', 50)
  })
  expect(asked).toEqual([
    ['nudge', 'a', 10],
    ['nudge', 'b', 40],
    ['deliver', 'a', 50],
  ])
})

test('the end of the calendar is reckoned in the office’s timezone, and warned of once a day', async () => {
  const office = officeIn('Asia/Shanghai')
  const last = office.calendar.lastCoveredYear()
  // Sixty days on it is still the covered year by UTC, and New Year in Shanghai.
  const newYear = moment(`${last + 1}-01-01 00:00`, office)
  const sixtyDays = 60 * 24 * 60 * 60 * 1000
  expect(calendarEnd(office, newYear - sixtyDays - 1)).toBeUndefined()
  expect(calendarEnd(office, newYear - sixtyDays)).toBe(last)

  const { app } = await appBeside(await testDesk())
  let now = newYear - sixtyDays - 1
  const warned: unknown[] = []
  const log = Object.assign(Object.create(app.log), { warn: (what: unknown) => warned.push(what) })
  const watch = calendarWatch({ ...app, log, office: () => office, clock: { now: () => now } })
  for (const later of [0, 1, 60_000, 24 * 60 * 60 * 1000 + 1]) {
    now = newYear - sixtyDays - 1 + later
    watch()
    watch()
  }
  expect(warned).toEqual([
    { lastCoveredYear: last, timezone: 'Asia/Shanghai' },
    { lastCoveredYear: last, timezone: 'Asia/Shanghai' },
  ])
})

test('the digest says that the calendar runs out, and is known to be sent without a look at the deliveries', async () => {
  const desk = await deskWithDirectory()
  const { app, at } = await appBeside(desk)
  const last = app.office().calendar.lastCoveredYear()
  const digests = () =>
    app.db.read.selectFrom('deliveries').select('payload').where('kind', '=', 'digest').execute()
  let day = `${last}-12-01`
  while (!app.office().calendar.isWorkday(day)) day = `${last}-12-0${Number(day.slice(-1)) + 1}`
  at(`${day}T18:00:00`)
  await sendDueDigest(app)
  await sendDueDigest(app)
  const [digest, ...more] = await digests()
  expect(more).toEqual([])
  expect(digest?.payload).toContain(`工作日历仅到${last}年`)
  const setting = await app.db.read
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'digest-sent')
    .execute()
  expect(setting).toEqual([{ value: day }])
})

test('where the task force has no group, no sweep of the evening reckons its digest', async () => {
  const desk = await testDesk()
  const file = '单位,平台,姓名,账号,角色\n工作专班,飞书,陈组长,ou_chen,专班\n'
  await desk.run('directory', await desk.file('directory.csv', file))
  const { app, at } = await appBeside(desk)
  at('2026-11-20T18:30:00')
  const asked: number[] = []
  const queue = {
    async schedule(_name: string, _id: string, time: number) {
      asked.push(time)
    },
  }
  await scheduleNextDigest({ ...app, queue })
  expect(asked).toEqual([shanghai('2026-11-23 18:00')])
})

test('a delivery that nobody refuses and that never gets through is told to the task force, and tried on', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  sandbox.setFaults({ failNext: { count: 1_000, status: 503, code: 1500 } })
  world.say(taskForce, 'lead', `/催办 #${code}`)
  const attempts = () =>
    look(world, async (db) => {
      const row = await db
        .selectFrom('deliveries')
        .select(['attempts', 'next_attempt_at'])
        .where('kind', '=', 'nudge')
        .executeTakeFirst()
      return { attempts: row?.attempts ?? 0, next: row?.next_attempt_at ?? 0 }
    })
  for (let n = 1; n <= 11; n += 1) {
    await until(async () => (await attempts()).attempts >= n, `attempt ${n}`)
    await until(async () => (await attempts()).next > world.clock.now(), `what follows attempt ${n}`)
    expect(await deliveriesOf(world, 'notice'), `${n}`).toHaveLength(n >= 10 ? 1 : 0)
    if (n < 11) await world.moveTo((await attempts()).next)
  }
  expect(await history(world, code)).not.toContain('nudged')
  sandbox.setFaults({ failNext: { count: 0, status: 503, code: 1500 } })
  await world.moveTo(world.clock.now() + 6 * 60_000)
  const told = await world.seen(taskForce, '未送达', '市农业农村委员会', `#${code}`, '仍在重试')
  expect(textOf(told)).toContain('多次发送未成功')
  await world.seen(agriculture, '专班催办')
}, 60_000)

test('what the platform refuses with a code of which we know nothing is given up and told', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await goTo(world, '2026-11-20 10:59')
  sandbox.setFaults({ failNext: { count: 1, status: 400, code: 230999 } })
  await goTo(world, '2026-11-20 11:01')
  await world.seen(taskForce, '未送达', '市农业农村委员会', `#${code}`, '平台拒绝接收')
  expect(await deliveriesOf(world, 'nudge')).toEqual(['refused'])
})
