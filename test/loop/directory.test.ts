import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { labelsOf, type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { look, truth } from '../support/truth.ts'

test('/unbind says what it means, does it on the second word, and what comes later waits for another group', async () => {
  const { world, office } = await agricultureWithLead()
  const [first, second] = await world.items({ title: '蔬菜滞销' }, { title: '种子断供' })
  await dispatch(world, `#${first} 农业农村委`, world.agriculture)
  const before = await truth(world)
  const question = await answerTo(world, office, 'lead', '/解绑')
  for (const words of [
    '解绑后，市农业农村委员会的交办、催办不再推送至本群',
    '未办结1项：#1',
    '办理时限不变',
  ]) {
    expect(textOf(question)).toContain(words)
  }
  expect(textOf(await answerTo(world, office, 'contact', '/解绑 确认'))).toContain('没有此项操作的权限')
  expect((await world.press(question, personOf(office, 'contact'), '确认解绑')).toast?.type).toBe('error')
  expect(textOf(await answerTo(world, office, 'lead', '/解绑 马上'))).toContain('“马上”无法识别')
  expect(await truth(world), 'nothing was confirmed yet').toBe(before)

  expect((await world.press(question, personOf(office, 'lead'), '确认解绑')).toast?.content).toContain(
    '本群已解绑',
  )
  expect(labelsOf(world.sandbox.message(question.message_id))).toEqual([])
  await world.seen(world.taskForce, '陈组长已解除市农业农村委员会与群的绑定', '未办结1项：#1')
  expect(textOf(await answerTo(world, office, 'lead', '/unbind confirm'))).toContain('本群尚未绑定单位')

  await answerTo(world, world.taskForce, 'lead', `/派单 #${second} 农业农村委`)
  const chat = world.sandbox.addChat({
    name: '农业农村委新群',
    members: [personOf(office, 'lead').open_id, personOf(office, 'contact').open_id],
  })
  const fresh: Office = { ...office, chat }
  await world.seen(fresh, '我是督办机器人')
  await answerTo(world, fresh, 'lead', '/绑定 农业农村委')
  await world.seen(fresh, '蔬菜滞销')
  await world.seen(fresh, '种子断供')
  expect(await events(world, 'unbound')).toEqual([{ department: '市农业农村委员会', platform: 'feishu' }])
})

test('the card of an unbinding does nothing to a group that is another department’s by now', async () => {
  const { world, office } = await agricultureWithLead()
  const question = await answerTo(world, office, 'lead', '/解绑')
  await answerTo(world, office, 'lead', '/解绑 确认')
  expect(textOf(await answerTo(world, office, 'lead', '/绑定 商务委'))).toContain('本群已绑定：市商务委员会')
  const answer = await world.press(question, personOf(office, 'lead'), '确认解绑')
  expect(answer.toast).toMatchObject({ type: 'error' })
  expect(answer.toast?.content).toContain('本群现已绑定市商务委员会')
  expect(textOf(await answerTo(world, office, 'lead', '/绑定 农业农村委'))).toContain('请先发送 /解绑')
})

test('a group that is lost is told with what is open there; back again it is told too, and a new name changes nothing', async () => {
  const { world } = await agricultureWithLead()
  const { sandbox, agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  sandbox.removeBot(agriculture.chat.chat_id)
  await world.seen(taskForce, '市农业农村委员会', '无法接收消息', '机器人不在群内', '未办结1项：#1')
  await world.settled()
  sandbox.addBot(agriculture.chat.chat_id)
  await world.seen(taskForce, '市农业农村委员会的群已恢复接收消息')
  await world.settled()

  const members = Object.values(agriculture.people).map(({ open_id }) => open_id)
  sandbox.addChat({ chat_id: agriculture.chat.chat_id, name: '农业口工作群', members })
  const [later] = await world.items({ title: '种子断供' })
  await dispatch(world, `#${later} 农业农村委`, agriculture)
  expect(world.posts(taskForce).filter((post) => textOf(post).includes('已恢复接收消息'))).toHaveLength(1)

  sandbox.dissolve(agriculture.chat.chat_id)
  await world.seen(taskForce, '农业口工作群', '群已解散', '未办结2项：#1、#2')
  await world.settled()
  expect((await events(world, 'unbound')).map(({ reason }) => reason)).toEqual(['群已解散，请重新建群并绑定'])
})

test('/person: several roles at once, leads in the task force alone, and leaving', async () => {
  const { world, office } = await agricultureWithLead()
  const { sandbox } = world
  const someone = sandbox.addPerson({ name: '冯小平' })
  const account = someone.open_id
  sandbox.addChat({
    chat_id: office.chat.chat_id,
    name: office.name,
    members: [...Object.values(office.people).map(({ open_id }) => open_id), account],
  })
  const here: Office = { ...office, people: { ...office.people, someone } }
  for (const [words, answer] of [
    ['/人员 @冯小平 局长', '请写明角色'],
    ['/人员 @冯小平 联络员 离任', '请分开操作'],
    ['/人员 @冯小平 专班人员 商务委', '专班人员只能登记在专班（工作专班），不能登记在市商务委员会'],
    ['/人员 @冯小平 离任', '冯小平未登记任何角色'],
    ['/人员 @冯小平 联络员 B角', '已登记：冯小平，市农业农村委员会联络员、B角'],
    ['/person @冯小平 observer 商务委', '已登记：冯小平，市商务委员会观察员'],
    ['/人员 @冯小平 专班人员', '已登记：冯小平，工作专班专班人员'],
    ['/人员 @冯小平 离任 商务委', '已离任：冯小平（市商务委员会观察员）'],
    ['/人员 @冯小平 离任 商务委', '冯小平未在市商务委员会登记'],
  ] as const) {
    expect(textOf(await say(world, here, words, [account])), words).toContain(answer)
  }
  expect(textOf(await answerTo(world, here, 'someone', '/清单'))).not.toContain('没有此项操作的权限')
  // In the department's group it is the department that is left.
  expect(textOf(await say(world, here, '/人员 @冯小平 离任', [account]))).toContain(
    '已离任：冯小平（市农业农村委员会联络员、B角）',
  )
  expect(textOf(await say(world, here, '/人员 @冯小平 离任', [account]))).toContain(
    '已离任：冯小平（工作专班专班人员）',
  )
  expect(textOf(await answerTo(world, here, 'someone', '/待办'))).toContain('您尚未登记')
})

test('the last lead can’t leave; a department without a contact is said to be, and the name stays in the history', async () => {
  const { world, office } = await agricultureWithLead()
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, world.agriculture)
  await world.press(card, personOf(world.agriculture, 'contact'), '签收')
  await world.settled()
  const accountOf = (where: Office, who: string) => personOf(where, who).open_id
  expect(textOf(await say(world, office, '/人员 @孙联络 离任', [accountOf(office, 'contact')]))).toMatch(
    /已离任：孙联络（市农业农村委员会联络员）.*提醒：市农业农村委员会现无联络员，请及时登记。未办结1项：#1/s,
  )
  expect(textOf(await answerTo(world, office, 'contact', `#${code} 已解决，已对接`))).toContain('您尚未登记')
  expect(textOf(await answerTo(world, world.taskForce, 'lead', `/进度 #${code}`))).toContain('孙联络')

  await say(world, world.taskForce, '/人员 @周组员 离任', [accountOf(world.taskForce, 'second')])
  const before = await truth(world)
  const refused = await say(world, world.taskForce, '/人员 @陈组长 离任', [
    accountOf(world.taskForce, 'lead'),
  ])
  expect(textOf(refused)).toContain('陈组长是唯一的专班人员')
  expect(await truth(world)).toBe(before)
  expect(await events(world, 'left')).toEqual([
    { person: '孙联络', roles: ['contact'], department: '市农业农村委员会' },
    { person: '周组员', roles: ['lead'], department: '工作专班' },
  ])
})

test('in English: unbinding, a stand-in, leaving, and the details', async () => {
  const { world, office } = await agricultureWithLead('en')
  const [code] = await world.items({ title: 'Unsold vegetables', phone: '13800005678' })
  await dispatch(world, `#${code} 农业农村委`, world.agriculture)
  const accountOf = (who: string) => personOf(office, who).open_id
  for (const [words, who, answer] of [
    [
      '/standin @钱副手 for @孙联络 until next Tuesday',
      ['backup', 'contact'],
      'Until the end of Tue 24 Nov, 钱副手 answers in 孙联络’s place',
    ],
    ['/standin end @孙联络', ['contact'], '孙联络 is back'],
    [`/contact #${code}`, [], 'Answered in a private message'],
    ['/person @钱副手 backup contact', ['backup'], 'Recorded: 钱副手, contact, backup of 市农业农村委员会'],
    ['/person @钱副手 leave', ['backup'], '钱副手 left: contact, backup of 市农业农村委员会'],
    ['/unbind', [], 'Open there: 1 (#1)'],
    ['/unbind confirm', [], 'This group is no longer 市农业农村委员会’s'],
  ] as const) {
    expect(textOf(await say(world, office, words, who.map(accountOf))), words).toContain(answer)
  }
  expect(textOf(await answerTo(world, world.taskForce, 'lead', `/status #${code}`))).toContain(
    'contact details shown',
  )
})

/** A lead in the department's group too. */
async function agricultureWithLead(locale?: 'en'): Promise<{ world: World; office: Office }> {
  const world = await testWorld({ ticking: true, unlimited: true, locale })
  const { agriculture, taskForce, sandbox } = world
  const lead = personOf(taskForce, 'lead')
  const people = { ...agriculture.people, lead }
  sandbox.addChat({
    chat_id: agriculture.chat.chat_id,
    name: agriculture.name,
    members: Object.values(people).map(({ open_id }) => open_id),
  })
  await world.settled()
  return { world, office: { ...agriculture, people } }
}

async function say(world: World, where: Office, words: string, mentions: string[]) {
  const said = world.say(where, 'lead', words, { mentions })
  const answer = await world.sandbox.waitFor(
    () => world.posts(where).find(({ parent_id }) => parent_id === said.message_id),
    `an answer to ${words}`,
  )
  await world.settled()
  return answer
}

function events(world: World, what: 'unbound' | 'left' | 'bound'): Promise<Record<string, unknown>[]> {
  return look(world, async (db) => {
    const rows = await db
      .selectFrom('events')
      .select('detail')
      .where('what', '=', what)
      .orderBy('id')
      .execute()
    return rows.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>)
  })
}
