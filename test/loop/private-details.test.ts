import { expect, test } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { labelsOf, type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo } from '../support/time.ts'
import { history, look, truth } from '../support/truth.ts'

const details = { petitioner: '欧阳诉求', phone: '13800005678', address: '青浦区盈港路88弄6号1203室' }

/** Numbers that people write into texts, whoever they are. */
const planted = [
  '13911112222',
  '139 1111 3333',
  '１３９１１１１４４４４',
  '310101199001011234',
  '021-62345678',
  '6号1203室',
]

test('the citizen’s details go to the handling contact alone, in private, and it is recorded who saw them', async () => {
  const { world, code } = await withItem()
  const { agriculture, commerce, taskForce, sandbox } = world
  const card = await dispatch(world, `#${code} 农业农村委 商务委`, agriculture)
  for (const [office, who, button] of [
    [agriculture, 'contact', true],
    [commerce, 'contact', false],
    [agriculture, 'backup', false],
    [taskForce, 'lead', false],
  ] as const) {
    const person = personOf(office, who)
    if (button) expect((await world.press(card, person, '联系方式')).toast?.content).toBe('已私信答复')
    else expect(textOf(await answerTo(world, office, who, `/联系方式 #${code}`))).toContain('已私信答复')
    const seen = await sandbox.waitFor(
      () => privatePosts(world, person.open_id).find((text) => text.includes(details.phone)),
      `the details for ${person.name}`,
    )
    for (const value of Object.values(details)) expect(seen).toContain(value)
  }
  await world.settled()
  expect((await history(world, code)).filter((what) => what === 'details-shown')).toHaveLength(4)
  expect(textOf(await answerTo(world, taskForce, 'lead', `/进度 #${code}`))).toContain('查看联系方式　孙联络')
  for (const value of Object.values(details)) expect(sentToGroups(world)).not.toContain(value)
})

test('nobody else gets them; where none are on file it says so, and there is no button', async () => {
  const { world, code } = await withItem()
  const { agriculture, commerce, sandbox } = world
  const [bare] = await world.items({ title: '种子断供' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const bareCard = await dispatch(world, `#${bare} 农业农村委`, agriculture)
  const before = await truth(world)
  expect(labelsOf(bareCard)).not.toContain('联系方式')
  const leader = await world.press(card, personOf(agriculture, 'leader'), '联系方式')
  expect(leader.toast?.type).toBe('error')
  expect(textOf(await answerTo(world, agriculture, 'leader', `/联系方式 #${code}`))).toContain(
    '没有此项操作的权限',
  )
  expect(textOf(await answerTo(world, commerce, 'contact', `/联系方式 #${code}`))).toContain(
    '不是本单位承办的事项',
  )
  expect(textOf(await answerTo(world, agriculture, 'contact', `/contact #${bare}`))).toContain(
    `#${bare} 没有留存诉求人联系方式`,
  )
  expect(await truth(world)).toBe(before)
  expect(sandbox.people().flatMap(({ open_id }) => privatePosts(world, open_id))).toEqual([])
})

test('asked in the private chat they come there, unmasked', async () => {
  const { world, code } = await withItem()
  const { agriculture, sandbox } = world
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  const contact = personOf(agriculture, 'contact')
  const chat = sandbox.openP2p(contact.open_id)
  const alone: Office = { name: '私聊', chat, people: { contact } }
  const answer = await answerTo(world, alone, 'contact', `/联系方式 #${code}`)
  expect(textOf(answer)).toContain(details.phone)
  expect(world.posts(alone)).toHaveLength(1)
})

test('whatever is written, and whatever it causes, no group reads a number of a citizen’s', async () => {
  const { world, code } = await withItem()
  const { agriculture, commerce, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const lead = personOf(taskForce, 'lead')
  const words = planted.join('，')
  const answered: unknown[] = []
  const press = async (
    message: SandboxMessage,
    who: typeof lead,
    label: string,
    form?: Record<string, unknown>,
  ) => {
    answered.push(await world.press(message, who, label, form))
    await world.settled()
  }
  const said = async (office: Office, who: string, text: string, expected: string) => {
    const answer = textOf(await answerTo(world, office, who, text))
    expect(answer, text).toContain(expected)
  }
  const [other, third] = await world.items(
    { title: `垃圾未清运 ${planted[0]}`, content: words, urgency: 'urgent', ...details },
    { title: `路灯不亮 ${planted[4]}`, content: words, ...details },
  )
  await said(taskForce, 'lead', '/研判', '研判')
  await said(taskForce, 'lead', `/合并 #${third} #${other}`, `#${other}`)
  await said(taskForce, 'lead', `/不予受理 #${other} 已电话答复${words}`, `#${other}`)

  const card = await dispatch(world, `#${code} 农业农村委 商务委`, agriculture)
  await press(card, contact, '签收')
  await said(commerce, 'contact', `/退回 #${code} 不属于我单位职责，请联系${words}`, '退回')
  await said(agriculture, 'contact', `/延期 #${code} 需联系${words}核实`, '延期')
  await world.seen(taskForce, '延期', `#${code}`)
  await said(taskForce, 'lead', `/延期 #${code} 不同意 请直接致电${words}`, '延期')
  await said(agriculture, 'contact', `/挂账 #${code} 12月1日 待${words}回沪`, '挂账')
  await said(taskForce, 'lead', `/挂账 #${code} 12月1日 待${words}回沪`, '挂账')
  await said(taskForce, 'lead', `/挂账 #${code} 恢复`, '恢复')
  await goTo(world, '2026-11-30 18:30')
  await said(taskForce, 'lead', '/催办 逾期', '#')
  await said(taskForce, 'lead', '/逾期', '#')
  await said(agriculture, 'contact', '/待办', '待办')

  await press(card, contact, '提交反馈', {
    outcome: 'resolved',
    measures: `已联系${words}`,
    mayPublish: 'yes',
  })
  await said(taskForce, 'lead', `/审核 #${code} 退回 请再联系${words}`, `#${code}`)
  await press(card, contact, '提交反馈', {
    outcome: 'resolved',
    measures: `又联系${words}`,
    mayPublish: 'yes',
  })
  const review = await world.sandbox.waitFor(
    () => world.posts(taskForce).findLast((post) => labelsOf(post).includes('审核通过')),
    'a review card',
  )
  await press(review, lead, '审核通过')
  await said(taskForce, 'lead', `/回访 #${code} 不满意 来电${words}`, `#${code}`)
  await said(taskForce, 'lead', '/撤销', '撤销')
  await said(taskForce, 'lead', `/回访 #${code} 满意 来电${words}`, `#${code}`)
  await said(taskForce, 'lead', `/公开 #${code} https://example.org/1 已联系${words}`, `#${code}`)
  await said(taskForce, 'lead', `/转化 #${code} 政策 采纳${words}`, `#${code}`)
  await said(taskForce, 'lead', `/销号 #${code}`, `#${code}`)
  await said(taskForce, 'lead', `/重新交办 #${code} 反弹，详询${words}`, `#${code}`)
  for (const asked of [
    '/清单',
    '/进度',
    `/进度 #${code}`,
    `/进度 #${other}`,
    `/进度 #${third}`,
    '/进度 农业农村委',
  ]) {
    await said(taskForce, 'lead', asked, '')
  }
  await said(agriculture, 'contact', `/联系方式 #${code}`, '已私信')
  await world.settled()

  expect(await history(world, code), 'every step did something').toEqual(
    expect.arrayContaining([
      'returned',
      'extension-asked',
      'extension-refused',
      'suspension-asked',
      'suspended',
      'resumed',
      'redo',
      'accepted',
      'undone',
      'called-back',
      'published',
      'uptake',
      'closed',
      'reopened',
      'details-shown',
    ]),
  )
  expect([...(await history(world, other)), ...(await history(world, third))]).toEqual(
    expect.arrayContaining(['merged', 'declined']),
  )
  const written = await look(world, (db) =>
    db.selectFrom('deliveries').select(['kind', 'payload']).where('chat_id', 'is not', null).execute(),
  )
  expect([...new Set(written.map(({ kind }) => kind))]).toEqual(
    expect.arrayContaining([
      'dispatch',
      'review',
      'nudge',
      'request',
      'returned',
      'reply',
      'feedback',
      'digest',
    ]),
  )
  expect(
    written.some(({ payload }) => payload.includes(planted[0] ?? '')),
    'there is something to mask',
  ).toBe(true)
  const sent = sentToGroups(world) + JSON.stringify(answered)
  expect(sent, 'the test sees what is sent').toContain('139****2222')
  for (const value of [...planted, ...Object.values(details)]) expect(sent, value).not.toContain(value)
  expect(sent).not.toContain('13911113333')
})

/** Every body of a call that writes to a group, also what was replaced since. */
function sentToGroups(world: World): string {
  const { sandbox } = world
  const groups = sandbox.chats().filter(({ kind }) => kind === 'group')
  const inGroups = new Set(
    groups.flatMap(({ chat_id }) => sandbox.messages(chat_id)).map((post) => post.message_id),
  )
  const bodies = sandbox.calls().flatMap(({ method, route, path, query, body }) => {
    if (method === 'GET' || !route.startsWith('/open-apis/im/v1/messages')) return []
    if (route === '/open-apis/im/v1/messages') return query.receive_id_type === 'chat_id' ? [body] : []
    return inGroups.has(path.split('/')[5] ?? '') ? [body] : []
  })
  if (bodies.length === 0) throw new Error('nothing was sent to a group')
  return JSON.stringify(bodies)
}

/** What the bot wrote to one person. */
function privatePosts({ sandbox }: World, account: string): string[] {
  return sandbox
    .chats()
    .filter(({ kind, members }) => kind === 'p2p' && members.includes(account))
    .flatMap(({ chat_id }) => sandbox.messages(chat_id).map(textOf))
}

async function withItem(): Promise<{ world: World; code: number | undefined }> {
  const world = await testWorld({ ticking: true, unlimited: true })
  const [code] = await world.items({
    title: `蔬菜滞销 ${planted[0]}`,
    content: `农户来电，${planted.join('，')}`,
    ...details,
  })
  return { world, code }
}
