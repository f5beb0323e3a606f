import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { Refused } from '../../src/ports.ts'
import { personOf, testWorld } from '../support/duban.ts'
import { photo } from '../support/photo.ts'

test('evidence that can’t be fetched is asked for again and no longer counted', async () => {
  const world = await testWorld({ unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const card = await world.seen(agriculture, '蔬菜滞销')
  const messenger = world.duban.app.messengers.get('feishu')
  if (!messenger) throw new Error('there is no Feishu')
  messenger.download = async () => {
    throw new Refused('content-too-long', 'over 30 MB')
  }

  sandbox.sendFile(
    agriculture.chat.chat_id,
    personOf(agriculture, 'contact').open_id,
    { name: '现场照片.zip', type: 'file', data: Buffer.from('zip') },
    { reply_to: card.message_id },
  )
  const asked = await world.seen(agriculture, `#${code} 的佐证材料“现场照片.zip”未能保存`)
  expect(asked.mentions).toMatchObject([{ open_id: personOf(agriculture, 'contact').open_id }])

  // A photo has no name of its own.
  sandbox.sendFile(agriculture.chat.chat_id, personOf(agriculture, 'contact').open_id, photo, {
    reply_to: card.message_id,
  })
  await world.seen(agriculture, `#${code} 的佐证材料未能保存`)

  world.say(agriculture, 'contact', `#${code} 已解决，已组织农超对接`)
  const review = await world.seen(taskForce, '待审核')
  expect(textOf(review)).not.toContain('佐证材料')
})
