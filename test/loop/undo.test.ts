import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { recordsOf } from '../../src/db/item-records.ts'
import { buttonOf, labelsOf, personOf, testWorld } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { shanghai } from '../support/time.ts'
import { history, look, truth } from '../support/truth.ts'

const solved = { outcome: 'resolved', measures: '已组织农超对接', mayPublish: 'yes' }
const minute = 60_000

test('a dispatch to the wrong department: its card is withdrawn, it is told, and the item can go to another', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [code = 0] = await world.items({ title: '口罩脱销' })
  const card = await dispatch(world, `#${code} 农业农村委 特急`, agriculture)
  const answer = await answerTo(world, taskForce, 'lead', '/撤销')
  expect(textOf(answer)).toMatch(new RegExp(`已撤销您于11月20日（周五）09:3\\d的操作：#${code} 派单。`))
  expect(textOf(sandbox.message(card.message_id))).toContain('本事项已撤回，无需办理')
  await world.seen(agriculture, `陈组长撤销了 #${code} 的“派单”操作`)
  // The card as somebody still has it before them.
  const late = await sandbox.act(
    card.message_id,
    { operator: personOf(agriculture, 'contact').open_id, value: buttonOf(card, '签收').value },
    { forged: true },
  )
  expect(late.toast).toMatchObject({ type: 'error' })
  expect(await statusOf()).toBe('triage')
  const urgency = await look(world, (db) => db.selectFrom('items').select('urgency').executeTakeFirst())
  expect(urgency).toEqual({ urgency: 'normal' })
  expect(textOf(await answerTo(world, taskForce, 'lead', '/撤销'))).toContain('没有可撤销的操作')

  const [record] = await look(world, async (db) =>
    recordsOf(db, await db.selectFrom('items').selectAll().execute()),
  )
  expect(record?.assignments, 'for other systems it never was').toEqual([])

  // To the same one as well, as a co-department: nothing of the slip is left.
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 商务委 农业农村委`)
  expect(labelsOf(await world.seen(commerce, '口罩脱销'))).toContain('签收')
  expect((await history(world, code)).slice(1, 3)).toEqual(['dispatched', 'undone'])

  function statusOf() {
    return look(world, async (db) => {
      const row = await db.selectFrom('items').select('status').executeTakeFirstOrThrow()
      return row.status
    })
  }
})

test('an acceptance by a slip: the review card decides again, the card of what was done says so', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  const { agriculture, sandbox, taskForce } = world
  const lead = personOf(taskForce, 'lead')
  const [code = 0] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await world.press(card, personOf(agriculture, 'contact'), '提交反馈', solved)
  await world.settled()
  const review = await world.seen(taskForce, '【待审核】')
  await world.press(review, lead, '审核通过')
  await world.settled()
  const done = await world.seen(taskForce, '【已办结】')
  await answerTo(world, taskForce, 'lead', '/撤销')
  expect(labelsOf(sandbox.message(review.message_id))).toEqual(['审核通过', '退回重办'])
  expect(textOf(sandbox.message(done.message_id))).toContain('【办结已撤销】')
  expect(labelsOf(sandbox.message(done.message_id))).toEqual([])
  expect(textOf(sandbox.message(card.message_id))).toContain('【已反馈】')

  await world.press(sandbox.message(review.message_id), lead, '退回重办', { reason: '请补充数量' })
  await world.settled()
  await world.press(sandbox.message(card.message_id), personOf(agriculture, 'contact'), '提交反馈', solved)
  await world.settled()
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  const cards = world.posts(taskForce).map(textOf)
  expect(cards.filter((text) => text.includes('【已办结】'))).toHaveLength(1)
  expect(cards.filter((text) => text.includes('【办结已撤销】'))).toHaveLength(1)
})

test('a co-department’s feedback that nobody waits for any more is not reviewed, unless the acceptance is undone', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [code = 0] = await world.items({ title: '蔬菜滞销' })
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委 主办即可`)
  await answerTo(world, commerce, 'contact', `#${code} 已解决，已减免佣金`)
  const beside = await world.seen(taskForce, '【待审核】', '已减免佣金')
  await answerTo(world, agriculture, 'contact', `#${code} 已解决，已组织农超对接`)
  const leading = await world.seen(taskForce, '【待审核】', '已组织农超对接')
  await world.press(leading, personOf(taskForce, 'lead'), '审核通过')
  await world.settled()
  expect(labelsOf(sandbox.message(beside.message_id))).toEqual([])
  await answerTo(world, taskForce, 'lead', '/撤销')
  expect(labelsOf(sandbox.message(beside.message_id))).toEqual(['审核通过', '退回重办'])
  await world.press(sandbox.message(beside.message_id), personOf(taskForce, 'lead'), '审核通过')
  await world.settled()
  expect(await history(world, code)).toEqual([
    'collected',
    'dispatched',
    'dispatched',
    'feedback',
    'feedback',
    'accepted',
    'withdrawn',
    'done',
    'undone',
    'accepted',
  ])
})

test('a contact takes feedback back: the form is there again, the task force is told', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  const { agriculture, sandbox, taskForce } = world
  const [code = 0] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const said = await answerTo(world, agriculture, 'contact', '已解决，已组织农超对接', card)
  expect(textOf(said)).toContain('已记录')
  const review = await world.seen(taskForce, '【待审核】')
  await answerTo(world, agriculture, 'contact', '/撤销')
  await world.seen(taskForce, `孙联络撤销了 #${code} 的“反馈”操作`)
  expect(labelsOf(sandbox.message(review.message_id))).toEqual([])
  expect(labelsOf(sandbox.message(card.message_id))).toEqual(expect.arrayContaining(['签收', '提交反馈']))
  expect(textOf(await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`))).toContain(
    '没有待审核的反馈',
  )
})

test('what cannot be undone is said, and nothing changes: built upon, too long ago, another’s, no such thing', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  const { agriculture, taskForce } = world
  const [code = 0, other = 0] = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const refused = async (who: 'lead' | 'second', words: RegExp) => {
    const before = await truth(world)
    expect(textOf(await answerTo(world, taskForce, who, '/撤销'))).toMatch(words)
    expect(await truth(world)).toBe(before)
  }
  await refused('second', /没有可撤销的操作/)
  // Being reminded is nothing that the department did.
  await answerTo(world, taskForce, 'second', `/催办 #${code}`)
  await refused('second', /没有可撤销的操作/)
  await world.press(card, personOf(agriculture, 'contact'), '签收')
  await world.settled()
  await refused('lead', new RegExp(`不能撤销：#${code} 此后已由孙联络于.*办理“签收”`))

  // The department takes it back, and the lead may.
  await answerTo(world, agriculture, 'contact', '/撤销')
  expect(textOf(await answerTo(world, taskForce, 'lead', '/撤销'))).toContain('派单。')

  await dispatch(world, `#${other} 农业农村委`, agriculture)
  await answerTo(world, taskForce, 'lead', '/绑定 工作专班')
  world.clock.advance(9 * minute)
  world.say(taskForce, 'lead', '/人员 @周组员 联络员 商务委', {
    mentions: [personOf(taskForce, 'second').open_id],
  })
  await world.seen(taskForce, '已登记：周组员')
  await world.settled()
  await refused('lead', /您最近一次操作是“人员调整”，不能撤销/)
  world.clock.advance(2 * minute)
  await refused('lead', /10分钟内没有可撤销的操作/)
})

test('one after the other: what was undone last is no hindrance to undoing what came before it', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  const { agriculture, commerce, sandbox, taskForce } = world
  const [code = 0] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, taskForce, 'lead', `/派单 #${code} 农业农村委 商务委`)
  for (const time of ['first', 'second']) {
    const answer = await answerTo(world, taskForce, 'lead', '/撤销')
    expect(textOf(answer), time).toContain(`#${code} 派单。`)
  }
  expect(textOf(sandbox.message(card.message_id))).toContain('本事项已撤回')
  expect(await look(world, (db) => db.selectFrom('items').select('status').execute())).toEqual([
    { status: 'triage' },
  ])
  const told = world.posts(commerce).filter((post) => textOf(post).includes('陈组长撤销了'))
  expect(told, 'of what is its own, once').toHaveLength(1)
})

test('that somebody looked at the citizen’s details meanwhile does not keep anything from being undone', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  const { agriculture, taskForce } = world
  const [code = 0] = await world.items({ title: '口罩脱销', petitioner: '李市民' })
  await dispatch(world, `#${code} 农业农村委`, agriculture)
  await answerTo(world, agriculture, 'contact', `/联系方式 #${code}`)
  expect(textOf(await answerTo(world, taskForce, 'lead', '/撤销'))).toContain(`#${code} 派单。`)
  expect((await history(world, code)).slice(-2)).toEqual(['details-shown', 'undone'])
})
