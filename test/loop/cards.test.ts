import { expect, test } from 'vitest'
import type { ActionResponse } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { buttonOf, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'
import { history, truth } from '../support/truth.ts'

const solved = { outcome: 'resolved', measures: '已组织农超对接', mayPublish: 'yes' }

test('a click by someone who may not: an error toast that says so, and nothing changes', async () => {
  const { world, card, review } = await office()
  const { agriculture, commerce, taskForce, stranger } = world
  const before = await truth(world)
  const one = { command: 'ack', args: { items: '1' } }
  const feedback = { command: 'feedback', args: { item: 1 } }
  const accept = buttonOf(review, '审核通过').value
  for (const [who, on, value, words] of [
    [personOf(commerce, 'contact'), card, one, '#1 不是本单位承办的事项'],
    [personOf(commerce, 'contact'), card, { ...feedback, form: solved }, '#1 不是本单位承办的事项'],
    [personOf(commerce, 'contact'), card, { command: 'form', args: { item: 1 } }, '#1 不是本单位承办的事项'],
    // The department's own people, with another item's number in the button.
    [personOf(agriculture, 'contact'), card, { command: 'ack', args: { items: '1,2' } }, '#2 不是本单位'],
    [
      personOf(agriculture, 'contact'),
      card,
      { command: 'feedback', args: { item: 2 }, form: solved },
      '#2 不是本单位',
    ],
    [personOf(agriculture, 'leader'), card, one, '没有此项操作的权限'],
    [personOf(taskForce, 'lead'), card, one, '没有此项操作的权限'],
    [personOf(agriculture, 'contact'), review, accept, '没有此项操作的权限'],
    [personOf(agriculture, 'leader'), review, accept, '没有此项操作的权限'],
    [
      personOf(agriculture, 'contact'),
      card,
      { command: 'nudge', args: { overdue: true } },
      '没有此项操作的权限',
    ],
    [
      personOf(agriculture, 'contact'),
      card,
      { command: 'close', args: { items: '1' } },
      '没有此项操作的权限',
    ],
    [
      personOf(agriculture, 'contact'),
      card,
      { command: 'bind', args: { department: '商务委' } },
      '没有此项操作',
    ],
    [
      personOf(agriculture, 'contact'),
      card,
      { command: 'person', args: { account: stranger.open_id, name: '王路人', role: 'contact' } },
      '没有此项操作的权限',
    ],
    [stranger, card, one, '您尚未登记'],
    [stranger, card, { command: 'claim', args: { code: 'claim-me' } }, '专班权限已被认领'],
  ] as const) {
    const { form, ...pressed } = value as { form?: Record<string, unknown> }
    const answer = await forge(
      world,
      card === on ? card.message_id : review.message_id,
      who.open_id,
      pressed,
      form,
    )
    expect(answer.toast, JSON.stringify(value)).toEqual({
      type: 'error',
      content: expect.stringContaining(words),
    })
    expect(await truth(world), JSON.stringify(value)).toBe(before)
  }
})

test('a malformed click: a toast, no change, no crash', async () => {
  const { world, card, review } = await office()
  const contact = personOf(world.agriculture, 'contact').open_id
  const lead = personOf(world.taskForce, 'lead').open_id
  const before = await truth(world)
  const feedback = { command: 'feedback', args: { item: 1 } }
  const decide = (args: object) => ({ command: 'review', args: { item: 3, ...args } })
  const cases: [who: string, value: unknown, form?: Record<string, unknown>][] = [
    ...[null, 'ack', 42, [], {}, { command: 7 }, { command: '' }, { args: {} }].map(
      (value): [string, unknown] => [contact, value],
    ),
    ...['constructor', '__proto__', 'toString', 'dispach', 'x'.repeat(10_000)].map(
      (command): [string, unknown] => [contact, { command, args: {} }],
    ),
    ...['1,abc', '-1', '0', '1.5', '1e99', ['1'], { 1: 1 }, null, '9'.repeat(400), '99'].map(
      (items): [string, unknown] => [contact, { command: 'ack', args: { items } }],
    ),
    [contact, { command: 'ack', args: 'items' }],
    [contact, { command: 'ack' }],
    [contact, { command: 'form', args: { item: 'one' } }],
    [contact, { command: 'form' }],
    [contact, feedback],
    [contact, feedback, {}],
    [contact, feedback, { ...solved, outcome: 'splendid' }],
    [contact, feedback, { ...solved, outcome: undefined }],
    [contact, feedback, { ...solved, measures: '   ' }],
    [contact, feedback, { ...solved, measures: '长'.repeat(1_001) }],
    [contact, feedback, { ...solved, measures: ['a'] }],
    [contact, feedback, { ...solved, mayPublish: 'perhaps' }],
    [contact, feedback, { ...solved, handler: '经'.repeat(51) }],
    [contact, feedback, { ...solved, outcome: 'in_progress' }],
    [contact, feedback, { ...solved, outcome: 'in_progress', promisedDate: '2026-02-30 +0800' }],
    [contact, feedback, { ...solved, outcome: 'in_progress', promisedDate: '下周三' }],
    [contact, feedback, { ...solved, outcome: 'in_progress', promisedDate: '2026-11-19 +0800' }],
    [contact, feedback, { ...solved, outcome: 'in_progress', promisedDate: '2126-11-01 +0800' }],
    [lead, decide({ decision: 'perhaps' })],
    [lead, decide({ decision: 'redo' })],
    [lead, decide({ decision: 'redo' }), { reason: '  ' }],
    [lead, decide({ decision: 'redo' }), { reason: '理'.repeat(501) }],
    [lead, decide({ decision: 'accept', feedback: 'first' })],
    [lead, decide({ decision: 'accept', feedback: 99 })],
    [lead, { command: 'review', args: { item: 99, decision: 'accept' } }],
    [lead, { command: 'dispatch', args: { items: '4', department: '没有的单位' } }],
    [lead, { command: 'dispatch', args: { items: '4', department: 7 } }],
    [lead, { command: 'dispatch', args: { items: '4', department: '商务委', policy: 'soon' } }],
    [lead, { command: 'nudge', args: { item: {} } }],
    [lead, { command: 'person', args: { account: '', role: 'lead' } }],
  ]
  for (const [who, value, form] of cases) {
    const { toast, error } = await forge(world, (who === lead ? review : card).message_id, who, value, form)
    const what = `${JSON.stringify(value)?.slice(0, 200)} ${JSON.stringify(form)?.slice(0, 200)}`
    expect(error, what).toBeUndefined()
    expect(toast, what).toEqual({ type: 'error', content: expect.stringMatching(/^[^{}]{4,300}$/s) })
    expect(toast?.content, what).not.toContain('系统出错')
    expect(await truth(world), what).toBe(before)
  }
  expect(world.log.filter((line) => line.includes('"level":"error"'))).toEqual([])
  expect((await world.press(card, personOf(world.agriculture, 'contact'), '签收')).toast?.content).toBe(
    '已签收',
  )
})

test('a double click, and two at once: one acts, and the other is told who was first', async () => {
  const { world, card, review } = await office()
  const { agriculture, commerce, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const backup = personOf(agriculture, 'backup')
  const toasts = (answers: ActionResponse[]) =>
    answers
      .map(({ toast }) => [toast?.type, toast?.content ?? ''] as const)
      .sort(([a = ''], [b = '']) => (a < b ? 1 : -1))

  const acknowledged = toasts(
    await Promise.all([world.press(card, contact, '签收'), world.press(card, contact, '签收')]),
  )
  expect(acknowledged).toEqual([
    ['success', '已签收'],
    ['error', expect.stringContaining('#1 已由孙联络于')],
  ])
  const fresh = world.sandbox.message(card.message_id)
  const submitted = toasts(
    await Promise.all([
      world.press(fresh, contact, '提交反馈', solved),
      world.press(fresh, backup, '提交反馈', { ...solved, measures: '另有说法' }),
    ]),
  )
  expect(submitted).toEqual([
    ['success', '反馈已提交，待专班审核'],
    ['error', expect.stringMatching(/#1 已由(孙联络|钱副手)于.*反馈，正在审核/)],
  ])
  const decided = toasts(
    await Promise.all([
      world.press(review, personOf(taskForce, 'lead'), '审核通过'),
      world.press(review, personOf(taskForce, 'second'), '退回重办', { reason: '请补充' }),
    ]),
  )
  expect(decided).toEqual([
    ['success', expect.stringMatching(/已审核通过|已退回重办/)],
    ['error', expect.stringMatching(/#3 已由(陈组长|周组员)于.*审核/)],
  ])
  await world.settled()
  expect(await history(world, 1)).toEqual(['collected', 'dispatched', 'acknowledged', 'feedback'])
  expect((await history(world, 3)).filter((what) => what === 'accepted' || what === 'redo')).toHaveLength(1)
  expect(textOf(world.sandbox.message(review.message_id))).toMatch(/陈组长|周组员/)
  expect(
    world
      .posts(commerce)
      .filter((post) => textOf(post).includes('审核通过：') || textOf(post).includes('退回重办：')),
  ).toHaveLength(1)
})

test.each(['ws', 'webhook'] as const)(
  'the same event brought three times changes nothing twice, over %s',
  async (transport) => {
    const world = await testWorld({ ticking: true, unlimited: true, transport })
    const { agriculture, sandbox, taskForce } = world
    const [code] = await world.items({ title: '蔬菜滞销' })
    sandbox.setFaults({ duplicateEvents: 3, ...(transport === 'ws' && { fragments: 3 }) })
    const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
    for (const [where, who, words] of [
      [agriculture, 'contact', '收到'],
      [agriculture, 'contact', '已解决，已组织农超对接'],
      [agriculture, 'contact', '这样行吗？请确认是否已解决？'],
      [taskForce, 'lead', `/审核 #${code} 退回 请补充`],
      [taskForce, 'lead', `/催办 #${code}`],
      [taskForce, 'lead', '/派弹 #1'],
      [taskForce, 'lead', '/进度'],
    ] as const) {
      await answerTo(world, where, who, words, where === agriculture ? card : undefined)
    }
    await world.settled()
    expect(await history(world, code)).toEqual([
      'collected',
      'dispatched',
      'acknowledged',
      'feedback',
      'redo',
      'nudged',
    ])
    // Each was answered once.
    const answers = [taskForce, agriculture].flatMap((office) =>
      world.posts(office).map(({ parent_id }) => parent_id),
    )
    const answered = answers.filter((parent) => parent !== undefined)
    expect(new Set(answered).size).toBe(answered.length)
    expect(answered).toHaveLength(8)
  },
)

/** #1 with agriculture, its card unacknowledged; #2 and #3 with commerce, #3 answered and to be reviewed; #4 with nobody. */
async function office() {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, stranger, taskForce } = world
  await world.items(
    { title: '蔬菜滞销' },
    { title: '口罩脱销' },
    { title: '菜场通风' },
    { title: '网课卡顿' },
  )
  const card = await dispatch(world, '#1 农业农村委', agriculture)
  await dispatch(world, '#2 #3 商务委', commerce)
  await answerTo(world, commerce, 'contact', '#3 已解决，已加装风机')
  const review = await world.seen(taskForce, '待审核', '风机')
  await world.settled()
  guestIn(world, agriculture, stranger.open_id)
  return { world, card, review }
}

function forge(
  { sandbox }: World,
  message: string,
  operator: string,
  value: unknown,
  form_value?: Record<string, unknown>,
): Promise<ActionResponse> {
  return sandbox.act(message, { operator, value, form_value }, { forged: true })
}
