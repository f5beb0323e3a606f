import { expect, test } from 'vitest'
import { types } from 'wechaty-puppet'
import type { QuoteFormat } from '../../../sandbox/wechat/text.ts'
import { testSandbox } from '../../support/sandbox.ts'
import { wechatGroup } from './bot.ts'

const expected: Record<QuoteFormat, { reply: string; toReply: string; type: number }> = {
  wechat4u: {
    reply: '「督办机器人：【#12】路灯不亮\n1 已解决＋措施」\n- - - - - - - - - - - - - - -\n1 已修复',
    toReply: '「李联络：1 已修复」\n- - - - - - - - - - - - - - -\n请补充照片',
    type: types.Message.Text,
  },
  padlocal: {
    reply: '「督办机器人：【#12】路灯不亮\n1 已解决＋措施」\n- - - - - - - - - - - - - - - -\n1 已修复',
    toReply: '「李联络：1 已修复」\n- - - - - - - - - - - - - - - -\n请补充照片',
    type: types.Message.Text,
  },
  wecom: {
    reply: '这是一条引用/回复消息：\n“督办机器人：\n【#12】路灯不亮\n1 已解决＋措施”\n------\n1 已修复',
    toReply:
      '这是一条引用/回复消息：\n“李联络：\n这是一条引用/回复消息：\n“督办机器人：\n【#12】路灯不亮\n1 已解决＋措施”\n------\n1 已修复”\n------\n请补充照片',
    type: types.Message.Text,
  },
  xp: {
    reply: expect.stringMatching(
      /^<\?xml.*<title>1 已修复<\/title>\s*<type>57<\/type>.*<displayname>督办机器人<\/displayname>\s*<content>【#12】路灯不亮\n/s,
    ),
    toReply: expect.stringMatching(/<content>1 已修复<\/content>/),
    type: types.Message.Unknown,
  },
}

test.each(Object.keys(expected) as QuoteFormat[])(
  'a reply quotes what it answers as %s does',
  async (format) => {
    const sandbox = await testSandbox()
    const { puppet, contact, lead, group, fromOthers } = await wechatGroup(sandbox, { quoteFormat: format })
    await puppet.messageSendText('group@chatroom', '【#12】路灯不亮\n1 已解决＋措施')
    const [push] = sandbox.messages(group.chat_id)
    const reply = sandbox.sendText(group.chat_id, contact.open_id, '1 已修复', { reply_to: push?.message_id })
    sandbox.sendText(group.chat_id, lead.open_id, '请补充照片', { reply_to: reply.message_id })
    await sandbox.waitFor(() => fromOthers().length === 2, 'both replies')
    const said = fromOthers().map((message) => ({ text: message.text(), type: message.type() }))
    const { reply: text, toReply, type } = expected[format]
    expect(said).toEqual([
      { text, type },
      { text: toReply, type },
    ])
  },
)

test('in the quote of a photo or a file stands what it was', async () => {
  const sandbox = await testSandbox()
  const { contact, lead, group, fromOthers } = await wechatGroup(sandbox)
  const file = { name: '台账.xlsx', type: 'file' as const, data: Buffer.from('表') }
  const { message_id } = sandbox.sendFile(group.chat_id, contact.open_id, file)
  sandbox.sendText(group.chat_id, lead.open_id, '收到', { reply_to: message_id })
  await sandbox.waitFor(() => fromOthers().length === 2, 'the file and the reply')
  expect(fromOthers()[1]?.text()).toBe('「李联络：台账.xlsx」\n- - - - - - - - - - - - - - -\n收到')
})
