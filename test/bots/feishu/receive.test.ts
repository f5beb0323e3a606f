import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCardAction } from '../../../bots/feishu/receive/card-action.ts'
import { readMembership } from '../../../bots/feishu/receive/membership.ts'
import { readMessage } from '../../../bots/feishu/receive/message.ts'
import { Dropped } from '../../../bots/feishu/receive/read.ts'
import type { IncomingText } from '../../../src/ports.ts'

const bot = 'ou_bot'

function mention(number: number, openId: string | undefined, name: string) {
  return {
    key: `@_user_${number}`,
    id: { open_id: openId, union_id: 'on_x', user_id: null },
    name,
    tenant_key: 't',
  }
}

/** An event as the SDK hands it over: envelope and event on one level. */
function messageEvent(type: string, content: unknown, message: object = {}, sender: object = {}) {
  return {
    schema: '2.0',
    event_id: 'e1',
    event_type: 'im.message.receive_v1',
    create_time: '1763700000999',
    token: 'verification',
    app_id: 'cli_x',
    tenant_key: 't',
    sender: {
      sender_id: { open_id: 'ou_person', union_id: 'on_x', user_id: null },
      sender_type: 'user',
      tenant_key: 't',
      ...sender,
    },
    message: {
      message_id: 'om_1',
      create_time: '1763700000123',
      chat_id: 'oc_1',
      chat_type: 'group',
      message_type: type,
      content: JSON.stringify(content),
      ...message,
    },
  }
}

function incoming(event: unknown): IncomingText {
  const read = readMessage(event, bot)
  if (read instanceof Dropped) throw new Error(read.reason)
  return read
}

function textOf(text: string, mentions: object[] = []): IncomingText {
  return incoming(messageEvent('text', { text }, { mentions }))
}

describe('a text message', () => {
  test('comes in whole', () => {
    expect(incoming(messageEvent('text', { text: '已解决' }))).toEqual({
      kind: 'text',
      platform: 'feishu',
      ids: ['e1', 'om_1'],
      at: 1763700000123,
      chat: { id: 'oc_1', kind: 'group' },
      sender: { account: 'ou_person' },
      messageId: 'om_1',
      text: '已解决',
      mentionsBot: false,
      mentions: [],
      replyTo: [],
      attachments: [],
    })
  })

  test.each([
    ['@_user_1 /status', '/status'],
    ['/status @_user_1', '/status'],
    ['请 @_user_1 看 #12', '请 看 #12'],
    ['@_user_1', ''],
  ])('%j: the bot’s own mention is taken out', (text, expected) => {
    expect(textOf(text, [mention(1, bot, '督办')])).toMatchObject({
      text: expected,
      mentionsBot: true,
      mentions: [],
    })
  })

  test('others who are mentioned stand by name, each once, in the text’s order', () => {
    const people = Array.from({ length: 10 }, (_, index) =>
      mention(index + 1, `ou_${index + 1}`, `人${index + 1}`),
    )
    const read = textOf('@_user_10 @_user_1，请与 @_user_10 联系', people)
    expect(read.text).toBe('@人10 @人1，请与 @人10 联系')
    expect(read.mentions).toEqual([
      { account: 'ou_10', name: '人10' },
      { account: 'ou_1', name: '人1' },
    ])
    expect(read.mentionsBot).toBe(false)
  })

  test('everyone, somebody without an id, and a key that nobody has', () => {
    const read = textOf('@_all @_user_1 @_user_7', [mention(1, undefined, '外部人员')])
    expect(read.text).toBe('@所有人 @外部人员 @_user_7')
    expect(read.mentions).toEqual([])
  })

  test('while the bot does not know itself no mention is the bot’s', () => {
    const event = messageEvent('text', { text: '@_user_1 /status' }, { mentions: [mention(1, bot, '督办')] })
    expect(readMessage(event, undefined)).toMatchObject({ text: '@督办 /status', mentionsBot: false })
  })

  test.each([
    [{ parent_id: 'om_p', root_id: 'om_r' }, ['om_p', 'om_r']],
    [{ parent_id: 'om_r', root_id: 'om_r', thread_id: 'omt_1' }, ['om_r']],
    [{ parent_id: '', root_id: null }, []],
  ])('answering %j names %j', (message, replyTo) => {
    expect(incoming(messageEvent('text', { text: '收到' }, message)).replyTo).toEqual(replyTo)
  })

  test('in private', () => {
    expect(incoming(messageEvent('text', { text: '收到' }, { chat_type: 'p2p' })).chat.kind).toBe('private')
  })
})

describe('other messages', () => {
  test('a post is its lines, its mentions resolved, its links with their addresses, its pictures attached', () => {
    const post = {
      title: '反馈 #12',
      content: [
        [
          { tag: 'at', user_id: '@_user_1', user_name: '督办' },
          { tag: 'text', text: ' 已解决，见' },
          { tag: 'a', text: '公告', href: 'https://example.org/1' },
        ],
        [
          { tag: 'img', image_key: 'img_1' },
          { tag: 'media', file_key: 'file_1', image_key: 'img_2' },
          { tag: 'emotion', emoji_type: 'OK' },
        ],
        [{ tag: 'at', user_id: 'all' }],
      ],
    }
    const read = incoming(messageEvent('post', post, { mentions: [mention(1, bot, '督办')] }))
    expect(read.text).toBe('反馈 #12\n已解决，见公告 https://example.org/1 \n\n@所有人')
    expect(read.mentionsBot).toBe(true)
    expect(read.attachments).toEqual([
      { messageId: 'om_1', key: 'img_1', type: 'image' },
      { messageId: 'om_1', key: 'file_1', type: 'file' },
    ])
  })

  test.each([
    ['image', { image_key: 'img_1' }, { key: 'img_1', type: 'image' }],
    [
      'file',
      { file_key: 'file_1', file_name: '佐证.pdf' },
      { key: 'file_1', type: 'file', fileName: '佐证.pdf' },
    ],
    [
      'media',
      { file_key: 'f', file_name: 'v.mp4', image_key: 'i' },
      { key: 'f', type: 'file', fileName: 'v.mp4' },
    ],
    ['audio', { file_key: 'f', duration: 3000 }, { key: 'f', type: 'file' }],
  ])('%s is an attachment', (type, content, attachment) => {
    const read = incoming(messageEvent(type, content, { parent_id: 'om_p' }))
    expect(read).toMatchObject({ text: '', replyTo: ['om_p'] })
    expect(read.attachments).toEqual([{ messageId: 'om_1', ...attachment }])
  })

  test.each([
    [
      'sent by an app',
      messageEvent('text', { text: 'x' }, {}, { sender_type: 'app', sender_id: null }),
      true,
    ],
    ['a sticker', messageEvent('sticker', { file_key: 'f' }), true],
    ['constructor', messageEvent('constructor', {}), true],
    ['content that is no JSON', messageEvent('text', {}, { content: '{"text":' }), false],
    ['content of another shape', messageEvent('text', { text: 12 }), false],
    ['a sender without an id', messageEvent('text', { text: 'x' }, {}, { sender_id: null }), false],
    ['no event', null, false],
    ['a wrong time', messageEvent('text', { text: 'x' }, { create_time: 'now' }), false],
  ])('%s is dropped', (_name, event, expected) => {
    const read = readMessage(event, bot)
    expect(read).toBeInstanceOf(Dropped)
    expect(read).toMatchObject({ expected })
  })

  test('the reason for dropping never quotes the event', () => {
    const event = messageEvent('text', { text: ['居民的秘密'] }, { chat_id: { name: '居民的秘密' } })
    expect(JSON.stringify(readMessage(event, bot))).not.toContain('秘密')
  })

  test('no garbage throws', () => {
    fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true }), fc.json(), async (garbage, json) => {
        const find = async () => ({ kind: 'group' as const })
        expect(readMessage(garbage, bot)).toBeInstanceOf(Dropped)
        readMessage(messageEvent('post', {}, { content: json }), bot)
        readMessage(messageEvent('text', {}, { content: json }), bot)
        expect(await readCardAction(garbage, async () => 'group')).toBeInstanceOf(Dropped)
        expect(await readMembership(garbage, 'joined', find)).toBeInstanceOf(Dropped)
      }),
    )
  })
})

describe('a click', () => {
  function click(action: object, more: object = {}) {
    return {
      event_id: 'e2',
      event_type: 'card.action.trigger',
      create_time: '1763700000123456',
      token: 'c-token-of-the-card',
      operator: { open_id: 'ou_person', union_id: 'on_x', tenant_key: 't' },
      action: { tag: 'button', timezone: 'Asia/Shanghai', ...action },
      host: 'im_message',
      context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
      ...more,
    }
  }
  const inPrivate = async () => 'private' as const

  test('is its command with its arguments', async () => {
    expect(await readCardAction(click({ value: { command: 'ack', args: { item: 12 } } }), inPrivate)).toEqual(
      {
        kind: 'action',
        platform: 'feishu',
        ids: ['e2'],
        at: 1763700000123,
        chat: { id: 'oc_1', kind: 'private' },
        sender: { account: 'ou_person' },
        messageId: 'om_1',
        command: 'ack',
        args: { item: 12 },
      },
    )
  })

  test('on a form has the form’s values over the arguments, dates as dates, fields by their own names', async () => {
    const form_value = {
      outcome: 'resolved',
      promised__2: '2026-11-30 +0800',
      measures: '11月30日 +0800',
      note: null,
    }
    const read = await readCardAction(
      click({ value: { command: 'feedback', args: { item: 12, outcome: 'x' } }, form_value }),
      inPrivate,
    )
    expect(read).toMatchObject({
      args: { item: 12, outcome: 'resolved', promised: '2026-11-30', measures: '11月30日 +0800', note: null },
    })
  })

  test('cannot reach into the prototype', async () => {
    const value = JSON.parse('{"command":"ack","args":{"__proto__":{"item":1}}}')
    const form_value = JSON.parse('{"__proto__":{"lead":true}}')
    const read = await readCardAction(click({ value, form_value }), inPrivate)
    expect(read instanceof Dropped ? {} : (read.args as Record<string, unknown>).lead).toBeUndefined()
    expect(({} as Record<string, unknown>).lead).toBeUndefined()
  })

  test.each([
    ['text instead of an object', click({ value: 'ack' })],
    ['no command', click({ value: { args: {} } })],
    ['no value', click({})],
    ['no message', click({ value: { command: 'ack' } }, { context: {} })],
    ['nobody', click({ value: { command: 'ack' } }, { operator: {} })],
  ])('with %s is dropped', async (_name, event) => {
    expect(await readCardAction(event, inPrivate)).toBeInstanceOf(Dropped)
  })
})

describe('membership', () => {
  const event = {
    event_id: 'e3',
    create_time: '1763700000123',
    chat_id: 'oc_1',
    operator_id: { open_id: 'ou_person' },
    name: '事件里的名称',
  }

  test('a group that the bot joined is named as the platform names it', async () => {
    const read = await readMembership(event, 'joined', async () => ({ kind: 'group', name: '市商务委' }))
    expect(read).toEqual({
      kind: 'membership',
      platform: 'feishu',
      ids: ['e3'],
      at: 1763700000123,
      chat: { id: 'oc_1', kind: 'group' },
      sender: { account: 'ou_person' },
      change: 'joined',
      chatName: '市商务委',
    })
  })

  test('one that it left is not asked about', async () => {
    const read = await readMembership({ ...event, operator_id: null }, 'removed', () =>
      Promise.reject(new Error('asked')),
    )
    expect(read).toMatchObject({ change: 'removed', sender: { account: '' }, chatName: '事件里的名称' })
  })
})
