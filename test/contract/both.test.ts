import { expect, onTestFinished, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { deliveriesOf, history, until } from '../support/truth.ts'
import { misfortunes } from './wechat-misfortunes.ts'
import { bugsOf, type ContractWorld, openContract } from './world.ts'

/** The same people in a group of Feishu and in one of WeChat; commands are given on Feishu. */
async function open() {
  const contract = await openContract({
    platforms: ['feishu', 'wechat'],
    sendsOnce: false,
    putsInOrder: true,
    inWords: true,
    misfortunes,
  })
  onTestFinished(() => expect(bugsOf(contract.world)).toEqual([]))
  const there = contract.world.on('wechat')
  return { ...contract, there }
}

async function pushed({ world, push, there }: Awaited<ReturnType<typeof open>>) {
  const [code] = await world.items({ title: '蔬菜滞销' })
  const onFeishu = await push([code])
  const onWechat = await world.seen(there.agriculture, '【交办】', `#${code}`)
  return { code, onFeishu, onWechat }
}

const mentioned = ({ mentions }: { mentions: { name: string }[] }) => mentions.map(({ name }) => name)

test('the push comes to both groups; the first answer counts, and the other group is told', async () => {
  const contract = await open()
  const { world, agriculture, taskForce, there } = contract
  const { code, onFeishu, onWechat } = await pushed(contract)
  expect(mentioned(onFeishu)).toEqual(['孙联络', '钱副手'])
  expect(mentioned(onWechat)).toEqual(['孙联络', '钱副手'])

  await contract.ask(agriculture, 'backup', '收到', { quoting: onFeishu, told: [`已签收 #${code}`] })
  await world.seen(there.agriculture, `钱副手已签收 #${code}。`)
  await contract.ask(there.agriculture, 'contact', '1 已对接两家超市', {
    quoting: onWechat,
    told: [`已记录 #${code} 反馈：解决`],
  })
  // The card on Feishu shows it by itself; both groups of the task force may judge it.
  await world.sandbox.waitFor(
    () => textOf(world.sandbox.message(onFeishu.message_id)).includes('已对接两家超市'),
    'the card to show it',
  )
  const review = await world.seen(there.taskForce, '待审核', '已对接两家超市')
  await world.seen(taskForce, '待审核', '已对接两家超市')
  await contract.ask(agriculture, 'backup', '已解决，我也办了', {
    quoting: onFeishu,
    told: [`#${code} 已由孙联络于`, '反馈'],
  })
  contract.say(there.taskForce, 'lead', '1', { quoting: review })
  await world.seen(agriculture, `#${code} 反馈已审核通过`)
  await world.seen(there.agriculture, `#${code} 反馈已审核通过`)
  await world.settled()
  expect(await contract.statuses()).toEqual(['accepted'])
  expect(await history(world, code)).toEqual([
    'collected',
    'dispatched',
    'acknowledged',
    'feedback',
    'accepted',
    'done',
  ])
})

test('one person on both corrects on the one what they said on the other', async () => {
  const contract = await open()
  const { agriculture, there } = contract
  const { code, onFeishu, onWechat } = await pushed(contract)
  await contract.ask(there.agriculture, 'contact', '1 已对接', { quoting: onWechat, told: ['已记录'] })
  await contract.ask(agriculture, 'contact', '基本解决，还差一车', {
    quoting: onFeishu,
    told: [`已记录 #${code} 反馈：基本解决`, '已替换此前未审核的反馈'],
  })
})

test('WeChat lost is told on Feishu, where work goes on; what waited comes once it is back', async () => {
  const contract = await open()
  const { world, agriculture, taskForce, there } = contract
  await world.wechat.puppet.thrownOut()
  await world.seen(taskForce, '【连接中断】微信已退出登录', '重新扫码登录')
  await lostOn(contract, 'wechat')
  const [code] = await world.items({ title: '蔬菜滞销' })
  const onFeishu = await contractPush(contract, code)
  await contract.say(agriculture, 'contact', '收到', { quoting: onFeishu })
  await world.seen(agriculture, `已签收 #${code}`)
  expect(world.posts(there.agriculture)).toEqual([])

  await world.wechat.scan()
  await world.seen(taskForce, '【连接恢复】微信已恢复')
  await world.settledLater()
  expect(world.posts(there.agriculture).filter((post) => textOf(post).includes('【交办】'))).toHaveLength(1)
  expect(await deliveriesOf(world, 'dispatch')).toEqual(['sent', 'sent'])
})

test.each(['arrived', 'not-arrived'] as const)(
  'cut off on WeChat in mid-send, the message %s: the task force reads on Feishu that nobody knows',
  async (outcome) => {
    const contract = await open()
    const { world, agriculture, taskForce, there } = contract
    const [code] = await world.items({ title: '蔬菜滞销' })
    await world.settled()
    contract.cutNextSend(there.agriculture, outcome)
    contract.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
    await world.seen(agriculture, '蔬菜滞销')
    await world.seen(taskForce, agriculture.name, `#${code}`, '是否送达不明')
    await contract.mend()
    await contract.usable()
    await world.settledLater()
    expect(world.posts(there.agriculture)).toHaveLength(outcome === 'arrived' ? 1 : 0)
    // Time passes until WeChat is heard of again: so much at times that a nudge follows.
    const dispatched = world.posts(agriculture).filter((post) => textOf(post).includes('【交办】'))
    expect(dispatched).toHaveLength(1)
    expect((await deliveriesOf(world, 'dispatch')).sort()).toEqual(['refused', 'sent'])
  },
)

test('WeChat under another account: the task force reads on Feishu which groups must be bound anew', async () => {
  const contract = await open()
  const { world, agriculture, taskForce, there } = contract
  const { code } = await pushed(contract)
  await world.wechat.puppet.thrownOut()
  await world.seen(taskForce, '微信已退出登录')
  await world.wechat.scan('another')
  await world.seen(taskForce, '【账号变更】微信登录账号已变更', agriculture.name)
  await contract.ask(taskForce, 'lead', `/催办 #${code}`, { told: ['已催办'] })
  await world.seen(agriculture, '催办', '蔬菜滞销')
  expect(world.posts(there.agriculture)).toHaveLength(1)
})

/** The platform that is away is named where monitors look. */
async function lostOn({ ready }: ContractWorld, platform: string): Promise<void> {
  await until(async () => (await ready()).status === 503, 'the loss to show')
  expect((await ready()).body).toContain(`"${platform}":{"ok":false`)
}

/** A push that does not wait for the platform that is away. */
async function contractPush({ world, say, taskForce, agriculture }: ContractWorld, code: number | undefined) {
  say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  return world.seen(agriculture, '【交办】', `#${code}`)
}
