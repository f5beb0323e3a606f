import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { sweep } from '../../src/services/sweep.ts'
import { work } from '../../src/services/work.ts'
import { labelsOf, type Office, personOf, testWorld, type World, webhookKeys } from '../support/duban.ts'
import { testApp } from '../support/sandbox.ts'
import { deliveriesOf, history, until } from '../support/truth.ts'

const sending = '/open-apis/im/v1/messages'
const patching = '/open-apis/im/v1/messages/:message_id'

test('429, 5xx and a cut connection: tried again, not before the platform’s reset, and there once', async () => {
  const world = await testWorld({ ticking: true })
  const { agriculture, sandbox, taskForce } = world
  const codes = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' }, { title: '口罩脱销' })
  // The bot asks about the groups that it finds itself in.
  await world.settled()
  for (const [index, fault] of [
    { rateLimitNext: 1, resetSeconds: 2 },
    { failNext: { count: 1, status: 503, code: 1500 } },
    { cutNext: 1 },
  ].entries()) {
    const before = sandbox.calls().length
    // It meets whichever is sent first, the card or the answer to the command.
    sandbox.setFaults(fault)
    world.say(taskForce, 'lead', `/派单 #${codes[index]} 农业农村委`)
    await ('rateLimitNext' in fault ? world.settled() : world.settledLater())
    expect(world.posts(agriculture)).toHaveLength(index + 1)
    expect(sandbox.state().faults).toMatchObject({ rateLimitNext: 0, cutNext: 0, failNext: { count: 0 } })
    if ('rateLimitNext' in fault) {
      const calls = sandbox.calls().slice(before)
      const refused = calls.find(({ status }) => status === 429)
      const after = calls.filter(({ at, route }) => route === refused?.route && at > (refused?.at ?? 0))
      expect(Math.min(...after.map(({ at }) => at)) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(2_000)
    }
  }
  expect(world.posts(agriculture)).toHaveLength(3)
  expect(world.posts(taskForce)).toHaveLength(3)
  expect(await deliveriesOf(world, 'dispatch')).toEqual(['sent', 'sent', 'sent'])
})

test('a card whose sending was cut off follows what happens before it is tried again', async () => {
  const world = await testWorld({ ticking: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  world.say(taskForce, 'lead', '/帮助')
  await world.seen(taskForce, '督办机器人')
  await world.settled()
  sandbox.setFaults({ cutNext: 2 })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const card = await world.seen(agriculture, '蔬菜滞销')
  expect((await world.press(card, personOf(agriculture, 'contact'), '签收')).toast?.content).toBe('已签收')
  await world.settledLater()
  expect(world.posts(agriculture)).toHaveLength(1)
  expect(labelsOf(sandbox.message(card.message_id))).not.toContain('签收')
})

test('a card whose sending was cut off is answered before it is recorded: the answer is not passed over', async () => {
  const world = await testWorld({ ticking: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await world.settled()
  sandbox.setFaults({ cutNext: 2 })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const card = await sandbox.waitFor(() => world.posts(agriculture)[0], 'the card')
  await until(async () => (await deliveriesOf(world, 'dispatch'))[0] === 'pending', 'the cut to be noticed')
  world.say(agriculture, 'contact', '收到', { reply_to: card.message_id })
  await world.settledLater()
  await world.seen(agriculture, `已签收 #${code}`)
  expect(world.posts(agriculture).filter((message) => textOf(message).includes('蔬菜滞销'))).toHaveLength(1)
})

test('of several updates of one card that wait, only the newest goes out', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const card = await world.seen(agriculture, '蔬菜滞销')
  await world.settled()
  sandbox.setFaults({ rateLimitNext: 1_000, resetSeconds: 1 })
  for (const words of ['收到', '正在办理，下周三前办结', '已解决，已组织农超对接']) {
    world.say(agriculture, 'contact', words, { reply_to: card.message_id })
    await sandbox.waitFor(() => sandbox.pendingEvents() === 0, `${words} to be taken in`)
  }
  expect(await history(world, code)).toEqual([
    'collected',
    'dispatched',
    'acknowledged',
    'feedback',
    'feedback',
  ])
  const waiting = () => deliveriesOf(world, 'dispatch', 'update').then((updates) => updates.join(' '))
  await world.moveTo(world.clock.now() + 1_000)
  await until(async () => (await waiting()) === 'cancelled cancelled pending', 'the older ones to step aside')
  sandbox.setFaults({ rateLimitNext: 0 })
  await world.settledLater()
  const patches = sandbox
    .calls()
    .filter(
      ({ route, method, path, code: result }) =>
        route === patching && method === 'PATCH' && path.includes(card.message_id) && result === 0,
    )
  expect(patches).toHaveLength(1)
  expect(textOf(sandbox.message(card.message_id))).toContain('已组织农超对接')
})

test('what the platform refuses for good is reported by department and items, and not tried again', async () => {
  const world = await testWorld({ ticking: true })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [one, two] = await world.items({ title: '蔬菜滞销' }, { title: '口罩脱销' })
  // Both happen while the bot is away, so that only the refusal tells it.
  await world.stop()
  sandbox.removeBot(agriculture.chat.chat_id)
  sandbox.dissolve(commerce.chat.chat_id)
  await world.restart()
  await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'the membership events')
  await world.settled()
  expect(texts(world, taskForce, '机器人不在群内')).toHaveLength(1)
  expect(texts(world, taskForce, '群已解散')).toHaveLength(1)

  world.say(taskForce, 'lead', `/派单 #${one} 农业农村委`)
  await world.seen(taskForce, '未送达', '市农业农村委员会', `#${one}`, '请将机器人重新加入该群')
  world.say(taskForce, 'lead', `/派单 #${two} 商务委`)
  await world.seen(taskForce, '未送达', '市商务委员会', `#${two}`, '尚未绑定群')
  await sweep(world.duban.app)
  await world.settled()
  expect(await deliveriesOf(world, 'dispatch')).toEqual(['refused'])
  expect(sandbox.calls().filter(({ route, code }) => route === sending && code === 230002)).toHaveLength(1)
  expect(await history(world, one)).toEqual(['collected', 'dispatched', 'undelivered'])

  sandbox.addBot(agriculture.chat.chat_id)
  await world.seen(agriculture, '蔬菜滞销')
})

test('a department without a group: each dispatch is reported, and all of it comes when a group is bound', async () => {
  const world = await testWorld({ ticking: true })
  const { sandbox, taskForce } = world
  const lead = personOf(taskForce, 'lead')
  const [one, two] = await world.items({ title: '网课卡顿' }, { title: '开学安排' })
  const contact = sandbox.addPerson({ name: '冯联络' })
  const account = { platform: 'feishu', account: contact.open_id } as const
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [
      {
        name: '市教育委员会',
        aliases: ['市教委'],
        chats: [],
        people: [{ name: '冯联络', role: 'contact', ...account }],
      },
    ]),
  )
  for (const code of [one, two]) {
    world.say(taskForce, 'lead', `/派单 #${code} 市教委`)
    await world.seen(taskForce, '派至', `#${code}`, '尚未绑定群')
    await world.seen(taskForce, '未送达', '市教育委员会', `#${code}`)
  }
  const chat = sandbox.addChat({ name: '市教委督办群', members: [lead.open_id, contact.open_id] })
  const education: Office = { name: '市教育委员会', chat, people: { lead, contact } }
  await world.seen(education, '我是督办机器人')
  world.say(education, 'lead', '/绑定 市教委')
  await world.seen(education, '本群已绑定')
  const list = await world.seen(education, '交办清单', '网课卡顿', '开学安排')
  expect(list.mentions.map(({ name }) => name)).toEqual(['冯联络'])
  world.say(education, 'lead', '/绑定 农业农村委')
  await world.seen(education, '本群已绑定市教育委员会')
  await world.settled()
})

test('no secret and no citizen’s details in any log line, nor in any group', async () => {
  const phone = '13812345678'
  const planted = [
    phone,
    '138 1234 5678',
    '１３８１２３４５６７８',
    '310101197001011234',
    '南京西路1号',
    '张三丰',
  ]
  const world = await testWorld({ ticking: true, transport: 'webhook' })
  const { agriculture, sandbox, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const [code] = await world.items({
    title: `蔬菜滞销，请致电${phone}`,
    content: `本人电话138 1234 5678，手机１３８１２３４５６７８，身份证310101197001011234，盼复`,
    petitioner: '张三丰',
    phone,
    address: '南京西路1号',
  })
  sandbox.setFaults({ failNext: { count: 2, status: 500, code: 1500 } })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  await world.settledLater()
  const card = await world.seen(agriculture, '蔬菜滞销')
  sandbox.setFaults({ cutNext: 1 })
  world.say(agriculture, 'contact', `申请延期，已电联${phone}，对方要求下周再谈`, {
    reply_to: card.message_id,
  })
  await world.settledLater()
  await world.seen(taskForce, '延期申请')
  world.say(agriculture, 'contact', `已解决，已电联${phone}，对方满意`, { reply_to: card.message_id })
  const review = await world.seen(taskForce, '待审核')
  await world.press(review, personOf(taskForce, 'lead'), '退回重办', { reason: `请再致电${phone}核实` })
  await sandbox.waitFor(
    () => labelsOf(sandbox.message(card.message_id)).includes('提交反馈'),
    'the form again',
  )
  await world.press(sandbox.message(card.message_id), contact, '提交反馈', {
    outcome: 'resolved',
    measures: `再次电联${phone}`,
    handler: phone,
    mayPublish: 'no',
  })
  for (const words of [
    `/进度 #${code}`,
    '/清单',
    '/逾期',
    `/催办 #${code}`,
    `/status ${phone}`,
    `/${phone}`,
  ]) {
    world.say(taskForce, 'lead', words)
  }
  world.say(agriculture, 'contact', '/待办')
  await world.seen(agriculture, '待办1项')
  await world.seen(taskForce, '办理过程')
  await world.settled()
  const groups = [agriculture, taskForce].flatMap((office) => world.posts(office).map(textOf))
  expect(groups.length).toBeGreaterThan(10)
  for (const text of groups) for (const word of planted) expect(text).not.toContain(word)

  const secrets = [testApp.app_secret, ...Object.values(webhookKeys), 'claim-me']
  expect(world.log.length).toBeGreaterThan(5)
  expect(world.log.join(''), 'no access token').not.toMatch(/\bt-\w{8}/)
  for (const line of world.log) for (const word of [...planted, ...secrets]) expect(line).not.toContain(word)
})

function texts(world: World, office: Office, word: string): string[] {
  return world
    .posts(office)
    .map(textOf)
    .filter((text) => text.includes(word))
}
