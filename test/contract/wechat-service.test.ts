import { expect, onTestFinished, test } from 'vitest'
import { deliveriesOf, until } from '../support/truth.ts'
import { describeContract } from './contract.ts'
import { wechatService } from './subjects.ts'
import { bugsOf, openContract } from './world.ts'

describeContract('WeChat through a gateway', wechatService)

test.each(['arrived', 'not-arrived'] as const)(
  'a gateway killed in mid-send, the message %s: nobody reads it twice, and the task force is told',
  async (outcome) => {
    const contract = await openContract(wechatService)
    const { world, agriculture, taskForce } = contract
    onTestFinished(() => expect(bugsOf(world)).toEqual([]))
    const { puppet, gateway } = world.wechat
    const [code] = await world.items({ title: '蔬菜滞销' })
    await world.settled()
    const { note } = puppet.sendLog
    puppet.sendLog.note = (conversation) => {
      note(conversation)
      if (conversation !== puppet.ids.room(agriculture.chat.chat_id)) return
      puppet.sendLog.note = note
      // The message is on its way to WeChat when nobody is there any more to whom it could be confirmed.
      puppet.faults.sends = [outcome === 'arrived' ? 'ok' : 'fails']
      void gateway?.kill()
    }
    contract.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
    await until(async () => (await deliveriesOf(world, 'dispatch'))[0] === 'refused', 'the refusal')
    await gateway?.start()
    await contract.usable()
    await world.settledLater()
    await contract.told(taskForce, agriculture.name, `#${code}`, '是否送达不明')
    expect(await deliveriesOf(world, 'dispatch')).toEqual(['refused'])
    const pushes = contract.said(agriculture).filter((text) => text.includes('蔬菜滞销'))
    expect(pushes).toHaveLength(outcome === 'arrived' ? 1 : 0)
  },
)
