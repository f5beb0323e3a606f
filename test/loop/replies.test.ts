import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { personOf, testWorld, type World } from '../support/duban.ts'
import { photo } from '../support/photo.ts'
import { answerTo, dispatch, guestIn, silently } from '../support/talk.ts'
import { history, look, truth, until } from '../support/truth.ts'

test('收到 below a list is said of all of it; #12 names one; 收到 below nothing is nobody’s', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture } = world
  const [one, two, three] = await world.items(
    { title: '蔬菜滞销' },
    { title: '活禽交易' },
    { title: '种子断供' },
  )
  const list = await dispatch(world, `#${one} #${two} 农业农村委`, agriculture)
  const card = await dispatch(world, `#${three} 农业农村委`, agriculture)
  await silently(world, () => world.say(agriculture, 'contact', '收到'))
  world.say(agriculture, 'contact', '收到，马上办', { reply_to: list.message_id })
  await world.seen(agriculture, `已签收 #${one}、#${two}`)
  expect(await statuses(world)).toEqual(['working', 'working', 'sent'])

  // An answer in the thread below an answer is still about the card.
  const answer = world.say(agriculture, 'backup', '我看一下', { reply_to: card.message_id })
  world.say(agriculture, 'backup', '收到', { reply_to: answer.message_id })
  await world.seen(agriculture, `已签收 #${three}`)

  world.say(agriculture, 'contact', `＃${two} 已解决，已对接两家超市`)
  await world.seen(agriculture, `已记录 #${two} 反馈：解决`, '已对接两家超市')
  world.say(agriculture, 'contact', '正在办理，下周三前办结', { reply_to: card.message_id })
  await world.seen(agriculture, `已记录 #${three} 反馈：正在解决`, '11月25日')
  expect(await statuses(world)).toEqual(['working', 'review', 'review'])
})

test('what is not certain changes nothing, and is asked about', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture } = world
  const [one, two] = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' })
  const list = await dispatch(world, `#${one} #${two} 农业农村委`, agriculture)
  const before = await truth(world)
  for (const [words, answer] of [
    ['已解决，已对接两家超市', '请问是哪一项'],
    [`#${one} #${two} 已解决，已对接`, '请一次反馈一项'],
    [`#${one} 解决了吗？`, '如为办理反馈'],
    [`#${one} 尚未解决`, '看来尚未解决'],
    [`#${one} 已解决一半`, '办理结果未能确认'],
    [`#${one} 如果天气好，明天解决`, '办理结果未能确认'],
    [`#${one}`, '办理结果未能确认'],
    [`#${one} 正在办理`, '请注明预计办结日期'],
    [`#${one} 暂缓`, '请注明原因'],
    [`#${one} 2月30日前解决`, '请注明预计办结日期'],
    ['#99 已解决，已对接', '没有 #99'],
  ] as const) {
    expect(textOf(await answerTo(world, agriculture, 'contact', words, list)), words).toContain(answer)
    expect(await truth(world), words).toBe(before)
  }
})

test('people who talk to each other hear nothing from the bot', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce, stranger, sandbox } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const guest = guestIn(world, agriculture, stranger.open_id)
  const below = { reply_to: card.message_id }
  await silently(world, () => {
    world.say(agriculture, 'contact', '今天中午吃什么')
    world.say(agriculture, 'contact', '已解决，晚上聚餐')
    world.say(agriculture, 'backup', '这个菜什么价格', below)
    world.say(agriculture, 'leader', '大家抓紧办', below)
    world.say(agriculture, 'leader', '辛苦了', below)
    world.say(agriculture, 'leader', `#${code} 有进展吗？`)
    world.say(taskForce, 'lead', `#${code} 请各位留意`)
    world.say(guest, 'guest', '我路过看看')
    world.say(guest, 'guest', '/usr/local/bin/redis-server')
    world.say(guest, 'guest', '/bin/bash 报错')
    world.say(guest, 'guest', '/etc/hosts 改了')
    world.say(guest, 'guest', '这个不错', below)
    sandbox.sendFile(agriculture.chat.chat_id, personOf(agriculture, 'contact').open_id, photo)
    sandbox.sendFile(agriculture.chat.chat_id, personOf(agriculture, 'leader').open_id, photo, below)
  })
})

test('whoever may not answer is told so, and nothing changes', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, sandbox, stranger } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const guest = guestIn(world, agriculture, stranger.open_id)
  const other = guestIn(world, agriculture, personOf(commerce, 'contact').open_id)
  const before = await truth(world)
  for (const [where, who, words, answer] of [
    [guest, 'guest', '已解决，已对接', '您尚未登记，暂不能使用。请联系专班陈组长、周组员登记。'],
    [other, 'guest', '收到', `#${code} 不是本单位承办的事项`],
    [other, 'guest', '已解决，已对接', `#${code} 不是本单位承办的事项`],
    [other, 'guest', '申请延期，货源紧张', `#${code} 不是本单位承办的事项`],
    [commerce, 'contact', `#${code} 已解决，已对接`, `#${code} 不是本单位承办的事项`],
    [agriculture, 'leader', '已解决，已对接', '您没有此项操作的权限'],
  ] as const) {
    const below = where === commerce ? undefined : card
    expect(textOf(await answerTo(world, where, who, words, below)), words).toContain(answer)
  }
  sandbox.sendFile(agriculture.chat.chat_id, personOf(commerce, 'contact').open_id, photo, {
    reply_to: card.message_id,
  })
  await sandbox.waitFor(
    () => textOf(world.posts(agriculture).at(-1) ?? card).includes('不是本单位'),
    'the refusal',
  )
  await world.settled()
  expect(await truth(world)).toBe(before)
})

test('photos and files in answer to a card become evidence: kept whole and private, and counted on the cards', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const contact = personOf(agriculture, 'contact').open_id
  const [code, other] = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const list = await dispatch(world, `#${other} 农业农村委`, agriculture)
  const { chat_id } = agriculture.chat
  sandbox.sendFile(chat_id, contact, photo, { reply_to: card.message_id })
  await world.seen(agriculture, `已收到 #${code} 佐证材料，现共1件`)
  sandbox.sendFile(chat_id, contact, report, { reply_to: card.message_id })
  await world.seen(agriculture, `已收到 #${code} 佐证材料，现共2件`)
  await until(async () => (await attachments(world)).every(({ path }) => path !== null), 'the bytes')
  const kept = await attachments(world)
  expect(kept.map(({ file_name, sha256, size }) => ({ file_name, sha256, size }))).toEqual(
    [photo, report].map(({ name, data }) => ({
      file_name: name.endsWith('.png') ? expect.stringMatching(/\.png$/) : name,
      sha256: createHash('sha256').update(data).digest('hex'),
      size: data.length,
    })),
  )
  const dataDir = world.env.DATA_DIR ?? ''
  for (const [index, { path: relative }] of kept.entries()) {
    const file = path.resolve(dataDir, relative ?? '')
    expect(file.startsWith(path.resolve(dataDir) + path.sep)).toBe(true)
    expect(await readFile(file)).toEqual([photo, report][index]?.data)
    expect((await stat(file)).mode & 0o077, 'for nobody else').toBe(0)
  }

  world.say(agriculture, 'contact', '已解决，已对接两家超市', { reply_to: card.message_id })
  await world.seen(taskForce, '待审核', '2件')
  await world.settled()
  expect(textOf(sandbox.message(card.message_id))).toContain('2件')
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'evidence', 'evidence', 'feedback'])
  expect(textOf(sandbox.message(list.message_id))).not.toContain('佐证')
})

test('a second answer before the review takes the place of the first; after it, somebody else’s does not', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const below = { reply_to: card.message_id }
  world.say(agriculture, 'contact', '已解决，已对接一家超市', below)
  const first = await world.seen(taskForce, '待审核', '一家超市')
  world.say(agriculture, 'contact', '基本解决，已对接三家超市', below)
  await world.seen(agriculture, `已记录 #${code} 反馈：基本解决`, '已替换此前未审核的反馈')
  const second = await world.seen(taskForce, '待审核', '三家超市')
  await world.settled()
  expect(textOf(sandbox.message(first.message_id))).toContain('反馈已更新')

  const before = await truth(world)
  expect(textOf(await answerTo(world, agriculture, 'backup', '已解决，已对接五家超市', card))).toContain(
    `#${code} 已由孙联络于`,
  )
  // A decision about what was replaced is none.
  expect(textOf(await answerTo(world, taskForce, 'lead', '通过', first))).toContain('的反馈已更新')
  expect(await truth(world)).toBe(before)

  world.say(taskForce, 'lead', '通过', { reply_to: second.message_id })
  await world.seen(agriculture, `#${code} 反馈已审核通过：基本解决`)
})

test('a lead decides by answering the review card; what is no clear decision decides nothing', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  world.say(agriculture, 'contact', '已解决，已对接一家超市', { reply_to: card.message_id })
  const review = await world.seen(taskForce, '待审核', '一家超市')
  await world.settled()
  const before = await truth(world)
  await silently(world, () => {
    world.say(taskForce, 'second', '数字好像不对', { reply_to: review.message_id })
    world.say(taskForce, 'lead', '我问一下他们', { reply_to: review.message_id })
    world.say(taskForce, 'lead', '通过')
  })
  for (const [words, answer] of [
    ['不通过', '请写明“通过”或“退回＋理由”'],
    ['能通过吗？', '请写明“通过”或“退回＋理由”'],
    ['通过，但请补充数量', '请写明“通过”或“退回＋理由”'],
    ['退回', '请写明理由'],
  ] as const) {
    expect(textOf(await answerTo(world, taskForce, 'lead', words, review)), words).toContain(answer)
    expect(await truth(world), words).toBe(before)
  }
  world.say(taskForce, 'lead', '退回，请补充收购数量', { reply_to: review.message_id })
  await world.seen(agriculture, '退回重办：请补充收购数量')
  world.say(agriculture, 'contact', `/反馈 #${code} 已解决，收购12吨`)
  const again = await world.seen(taskForce, '待审核', '收购12吨')
  await world.settled()
  world.say(taskForce, 'second', '通过。辛苦了', { reply_to: again.message_id })
  await world.seen(agriculture, `#${code} 反馈已审核通过`)
  await world.settled()
  expect((await history(world, code)).slice(2)).toEqual(['feedback', 'redo', 'feedback', 'accepted', 'done'])
})

test('an extension is asked for and a return made in plain words; what was understood is said', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  world.say(agriculture, 'contact', '申请延期至11月30日，货源紧张', { reply_to: card.message_id })
  await world.seen(agriculture, `#${code} 的延期申请已提交专班`)
  await world.seen(taskForce, '延期申请', '市农业农村委员会', '货源紧张', '11月30日', '孙联络')
  world.say(agriculture, 'backup', '不属于我单位，应由市商务委办理', { reply_to: card.message_id })
  await world.seen(agriculture, `#${code} 已退回专班`, '/撤销')
  await world.seen(taskForce, '单位退回', '改派市商务委员会', '钱副手')
  await world.settled()
  expect(await statuses(world)).toEqual(['returned'])
  expect(await history(world, code)).toEqual(['collected', 'dispatched', 'extension-asked', 'returned'])
})

const report = { name: '收购合同.pdf', type: 'file' as const, data: Buffer.from('%PDF-1.7 a contract') }

/** Of every assignment, in the order of dispatch. */
async function statuses(world: World): Promise<string[]> {
  return look(world, async (db) => {
    const rows = await db.selectFrom('assignments').select('status').orderBy('id').execute()
    return rows.map(({ status }) => status)
  })
}

function attachments(world: World) {
  return look(world, (db) => db.selectFrom('attachments').selectAll().orderBy('id').execute())
}
