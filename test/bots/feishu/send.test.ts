import { describe, expect, test } from 'vitest'
import { apiKey } from '../../../bots/feishu/limits.ts'
import type { Message } from '../../../src/messages/message.ts'
import { line } from '../../../src/messages/message.ts'
import type { Post } from '../../../src/ports.ts'
import { Busy, Refused } from '../../../src/ports.ts'
import { testApp, testClock, testGroup, testSandbox } from '../../support/sandbox.ts'
import { botFor, configFor, openLimiter } from './support.ts'

const card: Message = {
  title: '新交办 #12',
  tone: 'info',
  blocks: [{ kind: 'text', text: '请于 11月25日 17:30 前反馈。' }],
}

/** A sandbox with a group, and a bot that only sends. */
async function world(limiter = openLimiter()) {
  const clock = testClock()
  const sandbox = await testSandbox({ clock })
  const bot = botFor(configFor(sandbox), { limiter })
  const people = testGroup(sandbox)
  let key = 0
  const post = (more: Partial<Post> = {}): Post => {
    key += 1
    return { key: `delivery-${key}`, to: { chat: people.group.chat_id }, message: card, ...more }
  }
  return { sandbox, clock, bot, limiter, post, ...people }
}

async function fault(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('sending', () => {
  test('a card to a group', async () => {
    const { sandbox, bot, post, group } = await world()
    const { messageId } = await bot.send(post())
    expect(sandbox.message(messageId)).toMatchObject({ chat_id: group.chat_id, msg_type: 'interactive' })
  })

  test('a title alone is text, and mentions alert', async () => {
    const { sandbox, bot, post, contact } = await world()
    const message = line('请签收 #12', 'info', [{ account: contact.open_id, name: contact.name }])
    const { messageId } = await bot.send(post({ message }))
    expect(sandbox.message(messageId)).toMatchObject({
      msg_type: 'text',
      mentions: [{ open_id: contact.open_id }],
    })
    const { messageId: cardId } = await bot.send(post({ message: { ...card, mentions: message.mentions } }))
    const chat = sandbox.chats().find((one) => one.unread[contact.open_id]?.mentioned)
    expect(JSON.stringify(sandbox.message(cardId).content)).toContain(`<at id=${contact.open_id}></at>`)
    expect(chat).toBeDefined()
  })

  test('to a person, whose chat is then known to be private', async () => {
    const { sandbox, bot, post, lead } = await world()
    const { messageId } = await bot.send(post({ to: { account: lead.open_id } }))
    const chatId = sandbox.message(messageId).chat_id
    expect(sandbox.chats().find((chat) => chat.chat_id === chatId)?.kind).toBe('p2p')
  })

  test('an answer, beside or in the thread', async () => {
    const { sandbox, bot, post, group, contact } = await world()
    const asked = sandbox.sendText(group.chat_id, contact.open_id, '#12 已解决')
    const beside = await bot.send(post({ replyTo: asked.message_id }))
    expect(sandbox.message(beside.messageId)).toMatchObject({ parent_id: asked.message_id })
    expect(sandbox.message(beside.messageId).thread_id).toBeUndefined()
    const inThread = await bot.send(post({ replyTo: asked.message_id, inThread: true }))
    expect(sandbox.message(inThread.messageId).thread_id).toBeDefined()
  })

  test('with the same key again shows no second message, however long the key', async () => {
    const { sandbox, bot, post, group } = await world()
    for (const key of ['delivery-1', `delivery-${'x'.repeat(100)}`]) {
      const first = await bot.send(post({ key }))
      expect(await bot.send(post({ key }))).toEqual(first)
    }
    expect(sandbox.messages(group.chat_id)).toHaveLength(2)
  })

  test('cut off before the answer: unknown, and the second try shows nothing twice', async () => {
    const { sandbox, bot, post, group } = await world()
    sandbox.setFaults({ cutNext: 1 })
    const error = await fault(bot.send(post({ key: 'delivery-7' })))
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(Refused)
    expect(error).not.toBeInstanceOf(Busy)
    await bot.send(post({ key: 'delivery-7' }))
    expect(sandbox.messages(group.chat_id)).toHaveLength(1)
  })

  test('a card is replaced', async () => {
    const { sandbox, bot, post } = await world()
    const { messageId } = await bot.send(post())
    await bot.update(messageId, line('#12 已签收', 'success'))
    expect(sandbox.message(messageId).msg_type).toBe('interactive')
    expect(JSON.stringify(sandbox.message(messageId).content)).toContain('#12 已签收')
  })

  test('people are urged; who can’t be is a warning, nobody a refusal', async () => {
    const { sandbox, bot, post, contact } = await world()
    const { messageId } = await bot.send(post())
    await bot.urge(messageId, [contact.open_id, 'ou_stranger', contact.open_id])
    expect(sandbox.message(messageId).urged).toEqual([contact.open_id])
    expect(bot.logText()).toContain('urgent mark did not reach everyone')
    const error = await fault(bot.urge(messageId, ['ou_stranger']))
    expect(error).toMatchObject({ name: 'Refused', reason: 'person-out-of-scope' })
    await bot.urge(messageId, [])
  })
})

describe('downloading', () => {
  // The smallest PNG there is.
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )

  test('a file and an image come whole', async () => {
    const { sandbox, bot, group, contact } = await world()
    const pdf = Buffer.from('%PDF-1.7 佐证')
    const file = sandbox.sendFile(group.chat_id, contact.open_id, {
      name: '佐证.pdf',
      type: 'file',
      data: pdf,
    })
    const { file_key: key } = file.content as { file_key: string }
    expect(await bot.download({ messageId: file.message_id, key, type: 'file' })).toEqual({
      fileName: '佐证.pdf',
      mediaType: 'application/pdf',
      data: pdf,
    })
    const image = sandbox.sendFile(group.chat_id, contact.open_id, {
      name: 'a.png',
      type: 'image',
      data: png,
    })
    const { image_key } = image.content as { image_key: string }
    expect(await bot.download({ messageId: image.message_id, key: image_key, type: 'image' })).toEqual({
      fileName: 'a.png',
      mediaType: 'image/png',
      data: png,
    })
  })

  test('what is not there is refused, its code read out of the stream', async () => {
    const { sandbox, bot, group, contact } = await world()
    const text = sandbox.sendText(group.chat_id, contact.open_id, '收到')
    const error = await fault(bot.download({ messageId: text.message_id, key: 'file_x', type: 'file' }))
    expect(error).toMatchObject({ name: 'Refused', message: expect.stringContaining('234003') })
  })
})

describe('a refusal that no retry heals', () => {
  test('the bot is not in the group; the group is gone', async () => {
    const { sandbox, bot, post, group } = await world()
    sandbox.removeBot(group.chat_id)
    expect(await fault(bot.send(post()))).toMatchObject({ name: 'Refused', reason: 'bot-not-in-chat' })
    sandbox.addBot(group.chat_id)
    sandbox.dissolve(group.chat_id)
    expect(await fault(bot.send(post()))).toMatchObject({ name: 'Refused', reason: 'chat-dissolved' })
  })

  test('the person is outside the bot’s scope', async () => {
    const { sandbox, bot, post, lead } = await world()
    sandbox.setScope(lead.open_id, false)
    expect(await fault(bot.send(post({ to: { account: lead.open_id } })))).toMatchObject({
      reason: 'person-out-of-scope',
    })
  })

  test('the message that is answered was recalled; the card is too old', async () => {
    const { sandbox, clock, bot, post, group, contact } = await world()
    const asked = sandbox.sendText(group.chat_id, contact.open_id, '#12')
    sandbox.recall(asked.message_id)
    expect(await fault(bot.send(post({ replyTo: asked.message_id })))).toMatchObject({
      reason: 'message-recalled',
    })
    const { messageId } = await bot.send(post())
    clock.advance(15 * 24 * 60 * 60_000)
    expect(await fault(bot.update(messageId, card))).toMatchObject({ reason: 'message-too-old' })
  })

  test.each([
    [230025, 'content-too-long'],
    [230099, 'content-invalid'],
    [230027, 'not-permitted'],
    [230001, 'other'],
  ])('code %i is %s, whether the HTTP status says so or not', async (code, reason) => {
    const { sandbox, bot, post } = await world()
    for (const status of [400, 200]) {
      sandbox.setFaults({ failNext: { count: 1, status, code } })
      expect(await fault(bot.send(post()))).toMatchObject({ name: 'Refused', reason })
    }
  })

  test('a wrong request with a code of which we know nothing', async () => {
    const { sandbox, bot, post } = await world()
    sandbox.setFaults({ failNext: { count: 1, status: 400, code: 99999999 } })
    expect(await fault(bot.send(post()))).toMatchObject({ name: 'Refused', reason: 'other' })
  })

  test.each([
    [500, 2200],
    [200, 99999999],
    [400, 99991661],
    [502, 0],
  ])('HTTP %i with code %i is neither: nobody knows', async (status, code) => {
    const { sandbox, bot, post } = await world()
    sandbox.setFaults({ failNext: { count: 1, status, code } })
    const error = await fault(bot.send(post()))
    expect(error).toMatchObject({ name: 'FeishuApiError' })
  })
})

describe('limits', () => {
  test('a 429 is obeyed to the second and noted for everyone', async () => {
    const { sandbox, bot, limiter, post } = await world()
    sandbox.setFaults({ rateLimitNext: 1, resetSeconds: 7 })
    expect(await fault(bot.send(post()))).toMatchObject({ name: 'Busy', retryAfterMs: 7_000 })
    expect(limiter.blocked).toEqual([{ key: apiKey(testApp.app_id, 'message.create'), ms: 7_000 }])
  })

  test('a group’s own limit is noted for that group alone', async () => {
    const { bot, limiter, post, group } = await world()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => fault(bot.send(post()))))
    const busy = outcomes.filter((outcome) => outcome instanceof Busy)
    expect(busy).toHaveLength(3)
    expect(limiter.blocked.map(({ key }) => key)).toEqual(Array(3).fill(`feishu:to:${group.chat_id}`))
  })

  test('our limiter keeps the platform’s from being met', async () => {
    const sandbox = await testSandbox()
    const bot = botFor(configFor(sandbox))
    const { group } = testGroup(sandbox)
    const sends = Array.from({ length: 8 }, (_, index) =>
      fault(bot.send({ key: `d-${index}`, to: { chat: group.chat_id }, message: card })),
    )
    const outcomes = await Promise.all(sends)
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(5)
    expect(outcomes.filter((outcome) => outcome instanceof Busy)).toHaveLength(3)
    expect(sandbox.calls().filter((call) => call.status === 429 || call.code === 230020)).toEqual([])
  })

  test('a moment’s wait is waited for', async () => {
    const waits = [120, 0]
    const limiter = { ...openLimiter(), take: async () => waits.shift() ?? 0 }
    const { bot, post } = await world(limiter)
    await bot.send(post())
    expect(waits).toEqual([])
  })

  test('a longer one is the caller’s, and nothing was sent', async () => {
    const limiter = { ...openLimiter(), take: async () => 301 }
    const { sandbox, bot, post } = await world(limiter)
    expect(await fault(bot.send(post()))).toMatchObject({ name: 'Busy', retryAfterMs: 301 })
    expect(sandbox.calls()).toEqual([])
  })
})

describe('access tokens', () => {
  const tokenCalls = (calls: { path: string }[]) =>
    calls.filter(({ path }) => path.includes('tenant_access_token')).length

  test('a token gone bad is replaced and the call made again, once', async () => {
    const { sandbox, bot, post, group } = await world()
    await bot.send(post())
    sandbox.revokeTokens()
    await bot.send(post())
    expect(sandbox.messages(group.chat_id)).toHaveLength(2)
    sandbox.setFaults({ failNext: { count: 5, status: 400, code: 99991663 } })
    const before = sandbox.calls().length
    expect(await fault(bot.send(post()))).toMatchObject({ name: 'FeishuApiError' })
    expect(sandbox.calls().filter(({ path }) => path.endsWith('/messages')).length).toBeGreaterThanOrEqual(2)
    expect(sandbox.calls().length - before).toBeLessThanOrEqual(4)
  })

  test('many calls at once ask for one token', async () => {
    const { sandbox, bot, post } = await world()
    await Promise.all(Array.from({ length: 5 }, () => bot.send(post())))
    expect(tokenCalls(sandbox.calls())).toBe(1)
  })

  test('two platforms never share one', async () => {
    const one = await world()
    const other = await world()
    await one.bot.send(one.post())
    await other.bot.send(other.post())
    expect(tokenCalls(one.sandbox.calls())).toBe(1)
    expect(tokenCalls(other.sandbox.calls())).toBe(1)
  })

  test('a wrong secret is an error that does not contain it', async () => {
    const sandbox = await testSandbox()
    const bot = botFor({ ...configFor(sandbox), appSecret: 'wrong-secret-7' })
    const error = await fault(bot.send({ key: 'd', to: { chat: 'oc_1' }, message: card }))
    expect(error).toMatchObject({ name: 'FeishuApiError', message: expect.stringContaining('10014') })
    expect(`${bot.logText()}${error}`).not.toContain('wrong-secret-7')
  })

  test('a platform that is away is an error that says so', async () => {
    const bot = botFor({ ...configFor({ origin: 'http://127.0.0.1:9' }), appSecret: 'wrong-secret-7' })
    const error = await fault(bot.send({ key: 'd', to: { chat: 'oc_1' }, message: card }))
    expect(error).toMatchObject({ message: expect.stringContaining('got no answer (ECONNREFUSED)') })
    expect(bot.logText()).not.toContain('wrong-secret-7')
  })
})
