import { describe, expect, test } from 'vitest'
import type { FeishuConfig } from '../../../bots/feishu/index.ts'
import type { Message } from '../../../src/messages/message.ts'
import { line } from '../../../src/messages/message.ts'
import type { Incoming, IncomingHandler } from '../../../src/ports.ts'
import { testApp, testGroup, testSandbox } from '../../support/sandbox.ts'
import { botFor, configFor, encryptKey, mountWebhook, recorder, verificationToken } from './support.ts'

const card: Message = {
  title: '新交办 #12',
  tone: 'info',
  blocks: [
    { kind: 'text', text: '请于 11月25日 17:30 前反馈。' },
    { kind: 'actions', actions: [{ label: '签收', style: 'primary', command: 'ack', args: { item: 12 } }] },
  ],
}
const form: Message = {
  title: '反馈 #12',
  tone: 'info',
  blocks: [
    {
      kind: 'form',
      form: {
        id: 'feedback',
        fields: [
          {
            kind: 'choice',
            name: 'outcome',
            label: '办理结果',
            required: true,
            options: [{ value: 'in_progress', label: '正在解决' }],
          },
          { kind: 'text', name: 'measures', label: '办理措施', required: true, maxLength: 500 },
          { kind: 'date', name: 'promised', label: '承诺日期', required: false },
        ],
        submit: { label: '提交反馈', style: 'primary', command: 'feedback', args: { item: 12 } },
      },
    },
  ],
}
const signed: Message = {
  title: '#12 已签收',
  tone: 'success',
  blocks: [{ kind: 'note', text: '李联络 09:30 签收' }],
}

const transports = {
  'long connection': { kind: 'ws' },
  webhook: { kind: 'webhook', encryptKey, verificationToken },
} satisfies Record<string, FeishuConfig['transport']>

describe.each(Object.entries(transports))('over a %s', (_name, transport) => {
  /** A sandbox with a group and a started bot in it. */
  async function world(answer?: IncomingHandler) {
    const sandbox = await testSandbox({ apps: [{ ...testApp, encryptKey, verificationToken }] })
    const bot = botFor(configFor(sandbox, transport))
    const { incoming, handle } = recorder(answer)
    if (transport.kind === 'webhook') await mountWebhook(bot, sandbox)
    await bot.start(handle)
    if (transport.kind === 'ws') await sandbox.waitFor(() => sandbox.state().botOnline, 'the bot')
    const people = testGroup(sandbox)
    await sandbox.waitFor(() => find(incoming, 'membership').length > 0, 'the news of the group')
    return { sandbox, bot, incoming, ...people }
  }

  test('a text that mentions the bot comes in without the mention', async () => {
    const { sandbox, incoming, group, contact, lead } = await world()
    const text = `@${testApp.botName} /person @张组长 contact`
    const bot = sandbox.state().bot.open_id
    const sent = sandbox.sendText(group.chat_id, contact.open_id, text, { mentions: [bot, lead.open_id] })
    const [message] = await sandbox.waitFor(() => some(find(incoming, 'text')), 'the text')
    expect(message).toMatchObject({
      platform: 'feishu',
      chat: { id: group.chat_id, kind: 'group' },
      sender: { account: contact.open_id },
      messageId: sent.message_id,
      text: '/person @张组长 contact',
      mentionsBot: true,
      mentions: [{ account: lead.open_id, name: '张组长' }],
      replyTo: [],
      attachments: [],
    })
    expect(message?.ids).toContain(sent.message_id)
  })

  test('a click is answered with a toast and the replaced card', async () => {
    const { sandbox, bot, incoming, group, contact } = await world(async (one) =>
      one.kind === 'action' ? { toast: { tone: 'success', text: '已签收' }, replace: signed } : {},
    )
    const { messageId } = await bot.send({ key: 'd-1', to: { chat: group.chat_id }, message: card })
    const answer = await sandbox.act(messageId, {
      operator: contact.open_id,
      value: { command: 'ack', args: { item: 12 } },
    })
    expect(answer).toEqual({ toast: { type: 'success', content: '已签收' } })
    expect(find(incoming, 'action')[0]).toMatchObject({
      chat: { id: group.chat_id, kind: 'group' },
      sender: { account: contact.open_id },
      messageId,
      command: 'ack',
      args: { item: 12 },
    })
    expect(JSON.stringify(sandbox.message(messageId).content)).toContain('#12 已签收')
  })

  test('a click whose handling fails gets a polite toast and changes nothing', async () => {
    const { sandbox, bot, group, contact } = await world(async (one) => {
      if (one.kind === 'action') throw new Error('the database is away')
      return {}
    })
    const { messageId } = await bot.send({ key: 'd-1', to: { chat: group.chat_id }, message: card })
    const before = sandbox.message(messageId).content
    const answer = await sandbox.act(messageId, {
      operator: contact.open_id,
      value: { command: 'ack', args: { item: 12 } },
    })
    expect(answer.toast).toEqual({ type: 'error', content: '操作未成功，请稍后再试。' })
    expect(sandbox.message(messageId).content).toEqual(before)
  })

  test('a form that was filled in comes in as its command, dates as dates', async () => {
    const { sandbox, bot, incoming, group, contact } = await world()
    const { messageId } = await bot.send({ key: 'd-1', to: { chat: group.chat_id }, message: form })
    await sandbox.act(messageId, {
      operator: contact.open_id,
      value: { command: 'feedback', args: { item: 12 } },
      name: 'feedback_submit',
      form_value: { outcome: 'in_progress', measures: '已组织对接。', promised: '2026-11-30 +0800' },
    })
    expect(find(incoming, 'action')[0]).toMatchObject({
      command: 'feedback',
      args: { item: 12, outcome: 'in_progress', measures: '已组织对接。', promised: '2026-11-30' },
    })
  })

  test('a click in a private chat is known to be one, even to a bot that has just started', async () => {
    const { sandbox, bot, incoming, lead } = await world()
    const { messageId } = await bot.send({ key: 'd-1', to: { account: lead.open_id }, message: card })
    const click = { operator: lead.open_id, value: { command: 'ack', args: { item: 12 } } }
    await sandbox.act(messageId, click)
    expect(find(incoming, 'action')[0]?.chat.kind).toBe('private')

    await bot.stop()
    const { incoming: fresh, handle } = recorder()
    const successor = botFor(configFor(sandbox, transport))
    if (transport.kind === 'webhook') await mountWebhook(successor, sandbox)
    await successor.start(handle)
    await sandbox.waitFor(() => sandbox.state().botOnline, 'the successor')
    await sandbox.act(messageId, click)
    expect(find(fresh, 'action')[0]?.chat.kind).toBe('private')
  })

  test('a button that the bot does not understand says that it is out of date', async () => {
    const { sandbox, bot, incoming, group, contact } = await world()
    const { messageId } = await bot.send({ key: 'd-1', to: { chat: group.chat_id }, message: card })
    const answer = await sandbox.act(
      messageId,
      { operator: contact.open_id, value: { action: 'of another age' } },
      { forged: true },
    )
    expect(answer.toast).toEqual({ type: 'error', content: '此按钮已失效，请以最新消息为准。' })
    expect(find(incoming, 'action')).toEqual([])
  })

  test('a photo in answer to a message comes in and can be fetched', async () => {
    const { sandbox, bot, incoming, group, contact } = await world()
    sandbox.setFaults({ groupMessages: true })
    const { messageId } = await bot.send({ key: 'd-1', to: { chat: group.chat_id }, message: card })
    const file = { name: '佐证.pdf', type: 'file', data: Buffer.from('%PDF-1.7') } as const
    sandbox.sendFile(group.chat_id, contact.open_id, file, { reply_to: messageId })
    const [message] = await sandbox.waitFor(() => some(find(incoming, 'text')), 'the file')
    expect(message).toMatchObject({ text: '', replyTo: [messageId] })
    const [attachment] = message?.attachments ?? []
    if (!attachment) throw new Error('no attachment')
    expect(await bot.download(attachment)).toMatchObject({ fileName: '佐证.pdf', data: file.data })
  })

  test('what is delivered twice comes in twice with the same ids', async () => {
    const { sandbox, incoming, group, contact } = await world()
    sandbox.setFaults({ duplicateEvents: 2, groupMessages: true })
    sandbox.sendText(group.chat_id, contact.open_id, '收到')
    const texts = await sandbox.waitFor(() => find(incoming, 'text').length === 2 && find(incoming, 'text'))
    expect(texts[0]?.ids).toEqual(texts[1]?.ids)
    expect(texts[0]?.ids).toHaveLength(2)
  })

  test('an event whose handling fails comes again', async () => {
    let failures = 1
    const sandbox = await testSandbox({
      apps: [{ ...testApp, encryptKey, verificationToken }],
      timing: { redeliverAfterMs: [50] },
    })
    const bot = botFor(configFor(sandbox, transport))
    const { incoming, handle } = recorder(async (one) => {
      if (one.kind === 'text' && failures-- > 0) throw new Error('the database is away')
      return {}
    })
    if (transport.kind === 'webhook') await mountWebhook(bot, sandbox)
    await bot.start(handle)
    const { group, contact } = testGroup(sandbox)
    sandbox.setFaults({ groupMessages: true })
    await sandbox.waitFor(() => find(incoming, 'membership').length > 0, 'the news of the group')
    sandbox.sendText(group.chat_id, contact.open_id, '收到')
    await sandbox.waitFor(() => find(incoming, 'text').length === 2, 'the second delivery')
    await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'the acknowledgement')
  })

  test('the bot hears that it joined a group, left it, and that a group is gone', async () => {
    const { sandbox, incoming, group, lead } = await world()
    expect(find(incoming, 'membership')[0]).toMatchObject({
      change: 'joined',
      chat: { id: group.chat_id, kind: 'group' },
      chatName: '市商务委',
      sender: { account: lead.open_id },
    })
    sandbox.removeBot(group.chat_id)
    await sandbox.waitFor(() => find(incoming, 'membership').at(-1)?.change === 'removed', 'the removal')
    const other = sandbox.addChat({ name: '临时群', members: [lead.open_id] })
    await sandbox.waitFor(() => find(incoming, 'membership').at(-1)?.change === 'joined', 'the new group')
    sandbox.dissolve(other.chat_id)
    await sandbox.waitFor(() => find(incoming, 'membership').at(-1)?.change === 'dissolved', 'the end')
  })

  test('stopping lets what is under way finish and takes nothing new', async () => {
    const started = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const { sandbox, bot, incoming, group, contact } = await world(async (one) => {
      if (one.kind !== 'text') return {}
      started.resolve()
      await release.promise
      return {}
    })
    sandbox.setFaults({ groupMessages: true })
    sandbox.sendText(group.chat_id, contact.open_id, '第一条')
    await started.promise
    const stopped = bot.stop()
    sandbox.sendText(group.chat_id, contact.open_id, '第二条')
    release.resolve()
    await stopped
    await sandbox.waitFor(() => sandbox.pendingEvents() === 1, 'the answer to the first')
    expect(find(incoming, 'text')).toHaveLength(1)
    expect(bot.health().ok).toBe(false)
  })

  test('nothing of the secrets, tokens or contents is in the log, whatever fails', async () => {
    const { sandbox, bot, group, contact } = await world(async (one) => {
      if (one.kind === 'text') throw new Error('handler failed')
      return {}
    })
    sandbox.setFaults({ groupMessages: true })
    sandbox.sendText(group.chat_id, contact.open_id, '居民王某的秘密诉求')
    sandbox.setFaults({ failNext: { count: 1, status: 500, code: 2200 } })
    await bot.send({ key: 'd-2', to: { chat: group.chat_id }, message: line('机密内容甲') }).catch(() => {})
    sandbox.setFaults({ cutNext: 1 })
    await bot.send({ key: 'd-3', to: { chat: group.chat_id }, message: line('机密内容乙') }).catch(() => {})
    await sandbox.waitFor(() => bot.logText().includes('handling failed'), 'the failure in the log')
    const log = bot.logText()
    for (const secret of [testApp.app_secret, encryptKey, verificationToken, '秘密诉求', '机密内容']) {
      expect(log).not.toContain(secret)
    }
    expect(log).not.toMatch(/\bt-[\w-]{10,}/)
  })
})

test('a webhook proves itself to the console, and is healthy once Feishu has taken its credentials', async () => {
  const sandbox = await testSandbox({ apps: [{ ...testApp, encryptKey, verificationToken }] })
  const bot = botFor(configFor(sandbox, transports.webhook))
  await mountWebhook(bot, sandbox)
  expect(await sandbox.verifyWebhook()).toBe(false)
  expect(bot.health().ok).toBe(false)
  await bot.start(recorder().handle)
  expect(await sandbox.verifyWebhook()).toBe(true)
  expect(bot.health()).toEqual({ ok: true })
})

type Kind = Incoming['kind']

function find<K extends Kind>(incoming: Incoming[], kind: K): Extract<Incoming, { kind: K }>[] {
  return incoming.filter((one): one is Extract<Incoming, { kind: K }> => one.kind === kind)
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}
