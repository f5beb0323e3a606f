import { describe, expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { moment } from '../domain/offices.ts'
import { buttonOf, labelsOf, personOf, testWorld } from '../support/duban.ts'

describe('what comes after the first answer', () => {
  test('an answer to the bot’s question is understood; leaders’ talk is heard and left alone', async () => {
    const world = await testWorld({ ticking: true, unlimited: true })
    const { agriculture, taskForce, sandbox } = world
    const [code] = await world.items({ title: '蔬菜滞销' }, { title: '口罩' })
    world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
    const card = await world.seen(agriculture, '蔬菜滞销')

    world.say(agriculture, 'contact', '正在办理', { reply_to: card.message_id })
    const question = await world.seen(agriculture, '请注明预计办结日期')
    world.say(agriculture, 'leader', '收到，我来督促', { reply_to: card.message_id })
    world.say(agriculture, 'leader', `#${code} 请抓紧，争取明天解决`)
    world.say(agriculture, 'contact', '正在办理，已对接，下周三前办结', { reply_to: question.message_id })
    await world.seen(agriculture, `已记录 #${code} 反馈：正在解决`)
    await world.settled()
    expect(world.posts(agriculture).filter((post) => textOf(post).includes('没有此项操作的权限'))).toEqual([])

    world.say(agriculture, 'leader', `#${code} 已解决`)
    await world.seen(agriculture, '没有此项操作的权限')
    world.say(agriculture, 'contact', `#${code} 已解决。${'情况说明。'.repeat(900)}`)
    await world.seen(agriculture, `#${code} 内容过长`)
    world.say(agriculture, 'contact', '/frobnicate')
    await world.seen(agriculture, '没有“/frobnicate”这个命令')
    const chat = sandbox.openP2p(personOf(taskForce, 'lead').open_id)
    sandbox.sendText(chat.chat_id, personOf(taskForce, 'lead').open_id, '你好')
    await sandbox.waitFor(() =>
      sandbox.messages(chat.chat_id).find((message) => textOf(message).includes('/帮助')),
    )
  })

  test('an older update that was held back never undoes what a click showed', async () => {
    const world = await testWorld({ ticking: true, unlimited: true })
    const { agriculture, taskForce, sandbox } = world
    const contact = personOf(agriculture, 'contact')
    const [code] = await world.items({ title: '蔬菜滞销' })
    world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
    const card = await world.seen(agriculture, '蔬菜滞销')
    await world.settled()

    sandbox.setFaults({ rateLimitNext: 3, resetSeconds: 1 })
    sandbox.sendFile(
      agriculture.chat.chat_id,
      contact.open_id,
      { name: '现场.txt', type: 'file', data: Buffer.from('x') },
      { reply_to: card.message_id },
    )
    await sandbox.waitFor(() => sandbox.calls().some(({ status }) => status === 429), 'a refused call')
    await world.press(card, contact, '签收')
    expect(labelsOf(sandbox.message(card.message_id))).not.toContain('签收')
    await world.settledLater()
    expect(labelsOf(sandbox.message(card.message_id))).not.toContain('签收')
    expect(textOf(sandbox.message(card.message_id))).toContain('孙联络 已于')
  })

  test('a malformed click names the field by its label, or says that the call itself is wrong', async () => {
    const world = await testWorld({ ticking: true, unlimited: true })
    const { agriculture, taskForce, sandbox } = world
    const contact = personOf(agriculture, 'contact')
    const [code] = await world.items({ title: '蔬菜滞销' })
    world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
    const card = await world.seen(agriculture, '蔬菜滞销')
    const good = { outcome: 'resolved', measures: '已对接', mayPublish: 'yes' }
    const submit = buttonOf(card, '提交反馈')
    const press = async (value: unknown, form_value?: Record<string, unknown>) =>
      (
        await sandbox.act(
          card.message_id,
          { operator: contact.open_id, name: submit.name, value, form_value },
          { forged: true },
        )
      ).toast?.content

    expect(await press(submit.value, { ...good, outcome: 'solved' })).toBe(
      '“办理结果”填写有误，请检查后重新提交。',
    )
    expect(await press(submit.value, { ...good, mayPublish: 'maybe' })).toBe(
      '“可否公开”填写有误，请检查后重新提交。',
    )
    expect(await press(submit.value, { ...good, measures: undefined })).toBe('请填写“办理情况”。')
    expect(await press(submit.value, { ...good, measures: 'x'.repeat(1001) })).toBe(
      '“办理情况”不能超过1000字。',
    )
    expect(await press({ command: 'ack', args: { items: 'x' } })).toContain('操作内容有误')
    expect(await press({ command: 'ack', args: {} })).toContain('操作内容有误')
    const badDate = { item: code, decision: 'ask', reason: '货源紧张', until: '下周' }
    expect(await press({ command: 'extend', args: badDate })).toContain('操作内容有误')
    world.say(
      agriculture,
      'contact',
      `/签收 ${Array.from({ length: 201 }, (_, index) => `#${index + 1}`).join(' ')}`,
    )
    await world.seen(agriculture, '一次最多200项')
    expect(labelsOf(sandbox.message(card.message_id))).toContain('签收')
  })

  test('work sent back after an accepted promise is due by the promise, and said to be', async () => {
    const world = await testWorld({ ticking: true, unlimited: true, now: moment('2026-11-20 10:00') })
    const { agriculture, taskForce } = world
    const [code] = await world.items({ title: '蔬菜滞销' })
    world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
    const card = await world.seen(agriculture, '蔬菜滞销')
    world.say(agriculture, 'contact', '正在办理，已对接，12月10日前办结', { reply_to: card.message_id })
    await world.seen(agriculture, `已记录 #${code} 反馈：正在解决`)
    world.say(taskForce, 'lead', `/审核 #${code} 通过`)
    await world.seen(agriculture, '阶段性反馈已审核通过')
    world.say(agriculture, 'contact', '/待办')
    await world.seen(agriculture, '待办1项', '承诺12月10日（周四）办结')
    world.say(agriculture, 'contact', `#${code} 已解决，已售出`)
    await world.seen(agriculture, `已记录 #${code} 反馈：解决`)
    world.say(taskForce, 'lead', `/审核 #${code} 退回 请补充数量`)
    await world.seen(agriculture, '退回重办', '请补充数量', '12月10日（周四）17:30前重新反馈')
  })
})
