import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { listLength } from '../../src/messages/lists.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { labelsOf, type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { photo } from '../support/photo.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { look, truth } from '../support/truth.ts'

test('/mine offers a leader no button that he may not press; long lists come by the page', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce } = world
  const titles = Array.from({ length: listLength + 2 }, (_, index) => ({ title: `第${index + 1}件` }))
  const codes = await world.items(...titles)
  await dispatch(world, `${codes.map((code) => `#${code}`).join(' ')} 农业农村委`, agriculture)

  expect(labelsOf(await answerTo(world, agriculture, 'contact', '/待办'))).toContain('签收')
  const leaders = await answerTo(world, agriculture, 'leader', '/待办')
  expect(labelsOf(leaders)).toEqual([])
  expect(textOf(leaders)).toContain('第1页，共2页。')
  expect(textOf(leaders)).toContain('下一页：/待办 2')
  const second = textOf(await answerTo(world, agriculture, 'contact', '／待办　２'))
  expect(second).toContain(`#${codes.at(-1)} 第${codes.length}件`)
  expect(second).toContain('第2页，共2页。')
  expect(second).not.toContain('下一页')
  const list = textOf(await answerTo(world, taskForce, 'lead', '/清单 农业农村委 待签收'))
  expect(list).toContain('第1页，共2页。可加单位或状态缩小范围。')
  expect(list).toContain('下一页：/清单 农业农村委 待签收 2')
  const rest = textOf(await answerTo(world, taskForce, 'lead', '/清单 农业农村委 待签收 2'))
  for (const code of codes.slice(listLength)) expect(rest).toContain(`#${code} `)
})

test('what is accepted takes neither evidence nor a request for more time', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const sendPhoto = () =>
    sandbox.sendFile(agriculture.chat.chat_id, contact.open_id, photo, { reply_to: card.message_id })
  await answerTo(world, agriculture, 'contact', `#${code} 已解决，已组织农超对接`)
  sendPhoto()
  await world.seen(agriculture, `已收到 #${code} 佐证材料`)
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)

  const before = await truth(world)
  const refused = `#${code} 已办结，不能再操作`
  const asked = await answerTo(world, agriculture, 'contact', `#${code} 申请延期到11月30日，收购商未到位`)
  expect(textOf(asked)).toContain(refused)
  const foreign = await answerTo(world, agriculture, 'contact', `#${code} 不属于我单位，建议转商务委`)
  expect(textOf(foreign)).toContain(refused)
  const answers = world.posts(agriculture).length
  sendPhoto()
  const answer = await sandbox.waitFor(() => world.posts(agriculture)[answers], 'an answer to the photo')
  expect(textOf(answer)).toContain(refused)
  expect(await truth(world)).toBe(before)
})

test('an observer who asks for one item or department is told that he sees the totals', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  const observer = await registered(world, '何观察', '市督查室', 'observer')
  const watching = guestIn(world, taskForce, observer)
  for (const words of [`/进度 #${code}`, '/进度 农业农村委']) {
    const answer = textOf(await answerTo(world, watching, 'guest', words))
    expect(answer).toContain('您可查看各项总数，不能查看单个事项或单位的情况')
    expect(answer).not.toContain('不是本单位')
  }
})

test('LOCALE=en: a department of several words is one name, in whichever command and case', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, locale: 'en' })
  const { sandbox, taskForce } = world
  const someone = sandbox.addPerson({ name: 'Dana Reed' })
  const chat = sandbox.addChat({ name: 'health', members: [someone.open_id] })
  const health: Office = { name: 'Municipal Health Commission', chat, people: { someone } }
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [
      {
        name: health.name,
        aliases: ['Health Commission'],
        chats: [{ platform: 'feishu', chat_id: chat.chat_id }],
        people: [],
      },
    ]),
  )
  const [code] = await world.items({ title: 'No masks' })
  guestIn(world, taskForce, someone.open_id)
  world.say(taskForce, 'lead', '/person @Dana Reed contact health commission', {
    mentions: [someone.open_id],
  })
  await world.seen(taskForce, `Dana Reed, contact of ${health.name}`)
  await dispatch(world, `#${code} Health Commission 3wd`, health)
  await world.press(await world.seen(health, 'No masks'), someone, 'Acknowledge')
  for (const [words, answer] of [
    ['/list Health Commission', 'No masks'],
    ['/list HEALTH commission in hand', 'No masks'],
    ['/status municipal health', `Status of ${health.name}`],
    ['/list Health Commission 商务委', '“商务委” was not understood. Usage: /list'],
    [`/dispatch #${code} 商务委 Sports Office`, 'There is no department “Sports Office”.'],
    ['/list Health Comission', `Did you mean “${health.name}”?`],
  ] as const) {
    expect(textOf(await answerTo(world, taskForce, 'lead', words)), words).toContain(answer)
  }
})

test('what was done keeps its lines', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(
    world,
    agriculture,
    'contact',
    `/反馈 #${code} 已解决。\n（1）已组织农超对接；\n（2）已设平价供应点。`,
  )
  const stored = await look(world, (db) =>
    db.selectFrom('feedback').select('measures').executeTakeFirstOrThrow(),
  )
  expect(stored.measures).toBe('（1）已组织农超对接；\n（2）已设平价供应点')
})

test('the reason of a redo keeps its punctuation and lines', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `／反馈　＃${code}　已解决，已组织农超对接`)
  const reason = '请补充：品种（全部）、数量！\n另附照片，谢谢。'
  await answerTo(world, taskForce, 'lead', `／审核：＃${code}　退回　${reason}`)
  const stored = await look(world, (db) =>
    db.selectFrom('feedback').select('review_reason').executeTakeFirstOrThrow(),
  )
  expect(stored.review_reason).toBe(reason)
})

test('in a department’s group nobody reads what is another’s: that is answered in private', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:00') })
  const { agriculture, commerce, taskForce } = world
  const [vegetables, masks] = await world.items(
    { title: '蔬菜滞销', content: '请致电13800138000' },
    { title: '口罩脱销' },
  )
  await dispatch(world, `#${vegetables} 农业农村委`, agriculture)
  await dispatch(world, `#${masks} 商务委`, commerce)
  // The contact of the one is the other's backup.
  const contact = await registered(world, '孙联络', commerce.name, 'backup')
  const both = guestIn(world, commerce, contact)
  const leadAccount = personOf(taskForce, 'lead').open_id
  const lead = guestIn(world, commerce, leadAccount)

  for (const [where, who, words, shown, hidden] of [
    [both, 'guest', '/进度', '市商务委员会　办理进度', '农业农村'],
    [both, 'guest', '/待办', '口罩脱销', '蔬菜'],
    [both, 'guest', `/进度 #${masks}`, '口罩脱销', '蔬菜'],
    [lead, 'guest', '/清单 商务委', '口罩脱销', '蔬菜'],
    [lead, 'guest', '/进度 商务委', '市商务委员会　办理进度', '农业农村'],
    [agriculture, 'contact', '/进度', '市农业农村委员会　办理进度', '商务委'],
    [taskForce, 'lead', '/清单', '蔬菜滞销', '已私信'],
  ] as const) {
    const answer = textOf(await answerTo(world, where, who, words))
    expect(answer, words).toContain(shown)
    expect(answer, words).not.toContain(hidden)
  }

  await goTo(world, '2026-11-27 10:00')
  for (const [where, account, words, shown] of [
    [both, contact, `/进度 #${vegetables}`, '138****8000'],
    [both, contact, '/进度 农业农村委', '市农业农村委员会　办理进度'],
    [lead, leadAccount, `/进度 #${vegetables}`, '蔬菜滞销'],
    [lead, leadAccount, '/进度', '各单位情况'],
    [lead, leadAccount, '/清单', '蔬菜滞销'],
    [lead, leadAccount, '/清单 农业农村委', '蔬菜滞销'],
    [lead, leadAccount, '/逾期', '蔬菜滞销'],
  ] as const) {
    const here = textOf(await answerTo(world, where, 'guest', words))
    expect(JSON.parse(here), words).toEqual({ text: '已私信答复。' })
    const answer = await lastInPrivate(world, account)
    expect(answer.payload, words).toContain(shown)
    expect(answer.payload, words).not.toContain('13800138000')
    expect(answer.status, words).toBe('sent')
  }
})

/** What the bot said last to somebody in private. */
function lastInPrivate(world: World, account: string) {
  return look(world, (db) =>
    db
      .selectFrom('deliveries')
      .select(['payload', 'status'])
      .where('account', '=', account)
      .where('op', '=', 'send')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow(),
  )
}

type Role = Parameters<typeof upsertDirectory>[1][number]['people'][number]['role']

/** Somebody who is new, or has one more department. @returns the account */
async function registered(
  world: World,
  name: string,
  department: Office['name'],
  role: Role,
): Promise<string> {
  const known = world.sandbox.people().find((person) => person.name === name)
  const { open_id: account } = known ?? world.sandbox.addPerson({ name })
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [
      { name: department, aliases: [], chats: [], people: [{ name, platform: 'feishu', account, role }] },
    ]),
  )
  return account
}
