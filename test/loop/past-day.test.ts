import { expect, test } from 'vitest'
import { fieldsIn } from '../support/card-fields.ts'
import { testWorld } from '../support/duban.ts'
import { answerTo } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'

test('a day that is over keeps its numbers, whoever has the item since, and whoever helps with it still', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-19 09:30') })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  await goTo(world, '2026-11-20 09:00')
  const before = await yesterday()
  expect(before).toMatchObject({ 昨日新增: '1', 昨日派单: '1', 昨日退回: '0' })

  await answerTo(world, agriculture, 'contact', `/退回 #${code} 不属于我单位职责`)
  expect(await yesterday(), 'returned').toEqual(before)
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委`)
  expect(await yesterday(), 'dispatched anew, beside the same co-department').toEqual(before)

  async function yesterday() {
    return fieldsIn(await answerTo(world, taskForce, 'lead', '/报表 昨日'))
  }
})
