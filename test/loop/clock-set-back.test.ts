import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { until } from '../support/truth.ts'

test('granted by a clock that was ahead: once it is right, all that leads up to the new due time still comes', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 10:00') })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await world.press(card, personOf(agriculture, 'contact'), '签收')
  await answerTo(world, agriculture, 'contact', `/延期 #${code} 货源紧张`)
  await goTo(world, '2026-11-25 10:00')
  await answerTo(world, taskForce, 'lead', `/延期 #${code} 同意 2026-11-26`)
  await putRight(world, '2026-11-23 10:00')
  await goTo(world, '2026-11-25 08:59')
  const before = world.posts(agriculture).length
  await goTo(world, '2026-11-25 09:00')
  const [nudge] = world.posts(agriculture).slice(before)
  expect(textOf(nudge ?? card)).toContain('将于下一工作日到期')
})

test('a lead’s nudge by a clock that was ahead keeps no lead from nudging once it is right', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 10:00') })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  const tell = async () => textOf(await answerTo(world, taskForce, 'lead', `/催办 #${code}`))
  await goTo(world, '2026-11-24 10:00')
  expect(await tell()).toContain(`已催办 #${code}`)
  await putRight(world, '2026-11-20 14:30')
  expect(await tell()).toContain(`已催办 #${code}`)
  expect(await tell()).toContain('一小时内不重复催办')
})

async function putRight(world: World, text: string): Promise<void> {
  await world.moveTo(shanghai(text))
  await until(async () => world.log.join('').includes('the clock was set back'), 'the bot to notice')
  await world.settled()
}
