import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { upsertDirectory } from '../../src/services/directory.ts'
import { work } from '../../src/services/work.ts'
import { testWorld } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'

test('a lead nudges several items by their numbers, and reads which of them were not nudged, and why', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:00') })
  const { agriculture, commerce, taskForce } = world
  const name = '市教育委员会'
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [{ name, aliases: ['市教委'], chats: [], people: [] }]),
  )
  const [one, two, three, four] = await world.items(
    { title: '蔬菜滞销' },
    { title: '活禽交易' },
    { title: '口罩脱销' },
    { title: '网课卡顿' },
  )
  await dispatch(world, `#${one} #${two} 农业农村委`, agriculture)
  await dispatch(world, `#${three} 商务委`, commerce)
  const tell = async (words: string) => textOf(await answerTo(world, taskForce, 'lead', words))
  await tell(`/派单 #${four} 市教委`)
  await answerTo(world, commerce, 'contact', `#${three} 已解决，已组织货源`)

  expect(await tell(`/催办 #${one}`)).toBe(JSON.stringify({ text: `已催办 #${one}。` }))
  const answer = await tell(`/催办 #${one}、#${two} #${three}，${four}`)
  for (const words of [
    `已催办 #${two}。`,
    `#${one} 一小时内已催办`,
    `#${four} 未能催办：${name}尚未绑定群。`,
    `#${three} 目前无需催办。`,
  ]) {
    expect(answer).toContain(words)
  }
  expect(textOf(await world.seen(agriculture, '专班催办', '活禽交易'))).not.toContain('蔬菜滞销')

  // The ladder has told of that department already this morning.
  await goTo(world, '2026-11-26 09:00')
  const overdue = await tell('/催办 逾期')
  expect(overdue).toContain(`已催办 #${one}、#${two}。`)
  expect(overdue).toContain(`#${four} 未能催办：${name}尚未绑定群。`)
}, 60_000)
