import { describe, expect, test } from 'vitest'
import { textOf } from '../sandbox/card-reading.ts'
import { labelsOf, personOf, testWorld } from './support/duban.ts'

describe.each(['ws', 'webhook'] as const)('the closed loop on Feishu, over %s', (transport) => {
  test('an item goes out, is acknowledged, answered, sent back, answered again, accepted, closed', async () => {
    const world = await testWorld({ transport, ticking: true })
    const { agriculture, taskForce } = world
    const contact = personOf(agriculture, 'contact')
    const lead = personOf(taskForce, 'lead')
    const [code] = await world.items({ title: '蔬菜滞销，收购车辆进不了村', urgency: 'urgent' })

    world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
    await world.seen(taskForce, `已将 #${code} 派至市农业农村委员会`)
    const card = await world.seen(agriculture, '交办·急', '蔬菜滞销')
    expect(textOf(card)).toContain('11月25日（周三）17:30')
    expect(textOf(card)).toContain(contact.open_id)

    expect(await world.press(card, contact, '签收')).toEqual({
      toast: { type: 'success', content: '已签收' },
    })
    expect(textOf(world.sandbox.message(card.message_id))).toContain('孙联络 已于')
    expect(labelsOf(world.sandbox.message(card.message_id))).not.toContain('签收')

    const submitted = await world.press(card, contact, '提交反馈', {
      outcome: 'resolved',
      measures: '已组织农超对接',
      mayPublish: 'yes',
    })
    expect(submitted.toast?.type).toBe('success')
    expect(textOf(world.sandbox.message(card.message_id))).toContain('已反馈')
    expect(labelsOf(world.sandbox.message(card.message_id))).toEqual([])

    const review = await world.seen(taskForce, '待审核', '已组织农超对接')
    await world.press(review, lead, '退回重办', { reason: '请补充收购数量' })
    await world.seen(agriculture, '退回重办', '请补充收购数量')
    await world.sandbox.waitFor(() => labelsOf(world.sandbox.message(card.message_id)).includes('提交反馈'))

    world.say(agriculture, 'contact', '已解决，已收购12吨，直销至中心城区', { reply_to: card.message_id })
    await world.seen(agriculture, `已记录 #${code} 反馈：解决`)
    const again = await world.seen(taskForce, '待审核', '已收购12吨')
    await world.press(again, lead, '审核通过')
    await world.seen(agriculture, `#${code} 反馈已审核通过`)

    world.say(taskForce, 'lead', `／销号　＃${code}`)
    await world.seen(taskForce, `已销号 #${code}`)
    world.say(taskForce, 'lead', `/status #${code}`)
    const history = await world.seen(taskForce, '办理过程')
    for (const word of ['派单', '签收', '反馈', '退回重办', '审核通过', '销号']) {
      expect(textOf(history)).toContain(word)
    }
    await world.settled()
    expect(world.log.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })
})
