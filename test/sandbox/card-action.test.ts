import { expect, test } from 'vitest'
import { testClock, testGroup, testSandbox } from '../support/sandbox.ts'
import { buttonCard, cardMessage, type Handlers, refusalOf, sdkClient, sdkConnection } from './sdk.ts'

interface Click {
  event_id: string
  create_time: string
  operator: { open_id: string }
  token: string
  host: string
  context: { open_message_id: string; open_chat_id: string }
  action: {
    tag: string
    value: unknown
    name?: string
    form_value?: Record<string, unknown>
    timezone: string
  }
}

const form = {
  schema: '2.0',
  config: { update_multi: true },
  body: {
    elements: [
      {
        tag: 'form',
        name: 'feedback',
        elements: [
          {
            tag: 'select_static',
            name: 'outcome',
            required: true,
            options: [
              { text: { tag: 'plain_text', content: '已解决' }, value: 'resolved' },
              { text: { tag: 'plain_text', content: '正在解决' }, value: 'in_progress' },
            ],
          },
          { tag: 'input', name: 'measures', required: true, max_length: 5 },
          { tag: 'date_picker', name: 'promised' },
          {
            tag: 'button',
            name: 'submit',
            text: { tag: 'plain_text', content: '提交' },
            form_action_type: 'submit',
            behaviors: [{ type: 'callback', value: { command: 'feedback', item: 12 } }],
          },
        ],
      },
    ],
  },
}

async function cardWith(card: object, answer: (click: Click) => unknown, timing = {}) {
  const clock = testClock()
  const sandbox = await testSandbox({ clock, timing })
  const people = testGroup(sandbox)
  const clicks: Click[] = []
  await sdkConnection(sandbox, {
    'card.action.trigger': (click: Click) => {
      clicks.push(click)
      return answer(click)
    },
  } as Handlers)
  const client = sdkClient(sandbox)
  const sent = await client.im.v1.message.create(cardMessage(people.group.chat_id, card))
  return { sandbox, clock, client, clicks, message: sent.data?.message_id ?? '', ...people }
}

test('a click carries who, where and what, and its answer is shown and carried out', async () => {
  const answer = {
    toast: { type: 'success', content: '已签收' },
    card: { type: 'raw', data: buttonCard({ v: 2 }) },
  }
  const { sandbox, clock, clicks, message, contact, group } = await cardWith(
    buttonCard({ v: 1 }),
    () => answer,
  )
  const shown = await sandbox.act(message, { operator: contact.open_id, value: { v: 1 } })
  expect(shown).toEqual({ toast: { type: 'success', content: '已签收' } })
  expect(clicks).toMatchObject([
    {
      create_time: `${clock.now()}000`,
      operator: { open_id: contact.open_id },
      token: expect.stringMatching(/^c-/),
      host: 'im_message',
      context: { open_message_id: message, open_chat_id: group.chat_id },
      action: { tag: 'button', value: { v: 1 }, timezone: 'Asia/Shanghai' },
    },
  ])
  expect(sandbox.message(message).content).toEqual(buttonCard({ v: 2 }))
})

test('a form’s values come by name, dates with their zone', async () => {
  const { sandbox, clicks, message, contact } = await cardWith(form, () => ({}))
  const form_value = { outcome: 'in_progress', measures: '已联系', promised: '2026-11-30 +0800' }
  const shown = await sandbox.act(message, {
    operator: contact.open_id,
    value: { item: 12, command: 'feedback' },
    name: 'submit',
    form_value,
  })
  expect(shown).toEqual({})
  expect(clicks[0]?.action).toMatchObject({ name: 'submit', form_value })
})

test.each([
  [{ operator: 'ou_stranger' }, /not in the chat/],
  [{ value: { command: 'close' } }, /no such button/],
  [{ form_value: { outcome: 'resolved' } }, /measures is required/],
  [{ form_value: { outcome: 'closed', measures: '好' } }, /outcome cannot be "closed"/],
  [{ form_value: { outcome: 'resolved', measures: '超过五个字了' } }, /measures cannot be/],
  [{ form_value: { outcome: 'resolved', measures: '好', promised: '2026-11-30' } }, /promised cannot be/],
  [{ form_value: { outcome: 'resolved', measures: '好', more: 'x' } }, /no field more/],
])('what no client could send is refused: %j', async (change, why) => {
  const { sandbox, clicks, message, contact } = await cardWith(form, () => ({}))
  const request = {
    operator: contact.open_id,
    value: { command: 'feedback', item: 12 },
    form_value: { outcome: 'resolved', measures: '好' },
    ...change,
  }
  await expect(sandbox.act(message, request)).rejects.toThrow(why)
  expect(clicks).toEqual([])
  await sandbox.act(message, request, { forged: true })
  expect(clicks).toHaveLength(1)
})

test('who still sees an older version of the card can press what it offered', async () => {
  const { sandbox, clicks, message, lead, contact } = await cardWith(buttonCard({ v: 1 }), () => ({
    card: {
      type: 'raw',
      data: { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '已提交' }] } },
    },
  }))
  await sandbox.act(message, { operator: contact.open_id, value: { v: 1 } })
  await sandbox.act(message, { operator: lead.open_id, value: { v: 1 } })
  expect(clicks.map(({ operator }) => operator.open_id)).toEqual([contact.open_id, lead.open_id])
})

test('no answer in time is an error for the one who pressed, and the click does not come again', async () => {
  let answered = 0
  const { sandbox, clicks, message, contact } = await cardWith(
    buttonCard({ v: 1 }),
    async () => {
      if (answered > 0) return {}
      await new Promise((resolve) => setTimeout(resolve, 300))
      answered += 1
      return { card: { type: 'raw', data: buttonCard({ v: 2 }) } }
    },
    { answerWithinMs: 100, redeliverAfterMs: [20, 20] },
  )
  const click = { operator: contact.open_id, value: { v: 1 } }
  expect(await sandbox.act(message, click)).toMatchObject({ error: 200341, toast: { type: 'error' } })
  // Once a later click is answered over the same connection the late answer has come, and any second delivery too.
  await sandbox.waitFor(() => answered === 1)
  expect(await sandbox.act(message, click)).toEqual({})
  expect(new Set(clicks.map(({ token }) => token)).size).toBe(2)
  expect(clicks).toHaveLength(2)
  expect(sandbox.message(message).content).toEqual(buttonCard({ v: 1 }))
})

test.each<[unknown, number]>([
  ['a string', 200672],
  [[1], 200672],
  [{ toast: { type: 'loud', content: 'x' } }, 200672],
  [{ toast: { type: 'info' } }, 200672],
  [{ somethingElse: 1 }, 200672],
  [{ card: { type: 'raw', data: { schema: '2.0', body: { elements: [{ tag: 'note' }] } } } }, 200673],
  [{ card: buttonCard({}) }, 200673],
  [{ card: { type: 'raw', data: { config: {}, elements: [] } } }, 200830],
  [{ card: { type: 'raw', data: buttonCard({ v: 'x'.repeat(31 * 1024) }) } }, 200673],
])('the answer %j is an error and changes nothing', async (answer, error) => {
  const { sandbox, message, contact } = await cardWith(buttonCard({ v: 1 }), () => answer)
  expect(await sandbox.act(message, { operator: contact.open_id, value: { v: 1 } })).toMatchObject({ error })
  expect(sandbox.message(message).content).toEqual(buttonCard({ v: 1 }))
})

test('a handler that fails, or none at all, is an error too', async () => {
  const failing = await cardWith(buttonCard({ v: 1 }), () => {
    throw new Error('the handler fails')
  })
  const request = { operator: failing.contact.open_id, value: { v: 1 } }
  expect(await failing.sandbox.act(failing.message, request)).toMatchObject({ error: 200671 })
  failing.sandbox.dropConnections()
  await failing.sandbox.waitFor(() => failing.sandbox.connections() === 0)
  expect(await failing.sandbox.act(failing.message, request)).toMatchObject({ error: 200340 })
})

test('while a click waits for its answer the card is locked to everything else', async () => {
  const refused: unknown[] = []
  const { sandbox, client, message, contact } = await cardWith(buttonCard({ v: 1 }), async () => {
    refused.push(await refusalOf(patch()))
    return {}
  })
  const patch = () =>
    client.im.v1.message.patch({
      path: { message_id: message },
      data: { content: JSON.stringify(buttonCard({ v: 2 })) },
    })
  await sandbox.act(message, { operator: contact.open_id, value: { v: 1 } })
  expect(refused).toMatchObject([
    {
      status: 400,
      code: 230099,
      msg: expect.stringContaining('ErrCode: 11310; ErrMsg: card action is lock'),
    },
  ])
  expect(await patch()).toMatchObject({ code: 0 })
})

test('with its token a clicked card can be updated later, twice, by its own app', async () => {
  const early: unknown[] = []
  const { sandbox, client, clicks, message, contact } = await cardWith(
    buttonCard({ v: 1 }),
    async ({ token }) => {
      early.push(await refusalOf(update(token, { v: 9 })))
      return {}
    },
  )
  const update = (token: string, value: Record<string, unknown>) =>
    client.request({
      method: 'POST',
      url: '/open-apis/interactive/v1/card/update',
      data: { token, card: buttonCard(value) },
    })
  await sandbox.act(message, { operator: contact.open_id, value: { v: 1 } })
  expect(early).toMatchObject([{ code: 300040 }])
  const token = clicks[0]?.token ?? ''
  expect(await update(token, { v: 2 })).toMatchObject({ code: 0 })
  expect(await update(token, { v: 3 })).toMatchObject({ code: 0 })
  expect(await refusalOf(update(token, { v: 4 }))).toMatchObject({ status: 400, code: 300040 })
  expect(await refusalOf(update('c-madeup', { v: 4 }))).toMatchObject({ code: 300040 })
  expect(sandbox.message(message).content).toEqual(buttonCard({ v: 3 }))
})
