import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { type Demo, startDemo } from '../../sandbox/demo/start.ts'
import { testDemo } from '../support/browser.ts'
import { testFolder } from '../support/database.ts'

const onWechat = '农业农村委微信群'
const onFeishu = '市农业农村委员会'

function groupOf({ sandbox }: Demo, name: string) {
  const chat = sandbox.chats().find((candidate) => candidate.name === name && candidate.kind === 'group')
  const contact = sandbox.people().find((person) => person.name === '孙联络')
  if (!chat || !contact) throw new Error(`the demo has no group ${name}`)
  const texts = () => sandbox.messages(chat.chat_id).map(textOf)
  const heard = (...words: string[]) =>
    sandbox.waitFor(
      () =>
        sandbox
          .messages(chat.chat_id)
          .findLast((message) => words.every((word) => textOf(message).includes(word))),
      words.join(' and '),
    )
  return { ...chat, contact: contact.open_id, texts, heard }
}

function lead(demo: Demo, text: string): void {
  const { chat_id } = groupOf(demo, '工作专班')
  const person = demo.sandbox.people().find(({ name }) => name === '陈组长')
  demo.sandbox.sendText(chat_id, person?.open_id ?? '', text)
}

test('a department with a group on each platform is asked on both and may answer on either', async () => {
  const demo = await testDemo()
  lead(demo, '/派单 #1 农业农村委')
  const wechat = groupOf(demo, onWechat)
  const feishu = groupOf(demo, onFeishu)
  expect([feishu.platform, wechat.platform]).toEqual([undefined, 'wechat'])
  const asked = await wechat.heard('#1 ', '1 已解决＋措施')
  expect(asked).toMatchObject({ msg_type: 'text', mentions: [{ name: '孙联络' }, { name: '钱副科' }] })
  expect(await feishu.heard('【交办', '#1 ')).toMatchObject({ msg_type: 'interactive' })

  demo.sandbox.sendText(wechat.chat_id, wechat.contact, '1 已组织产销对接，滞销蔬菜全部售出', {
    reply_to: asked.message_id,
  })
  await groupOf(demo, '工作专班').heard('【待审核】#1 ', '已组织产销对接')
  await feishu.heard('孙联络', '#1', '已组织产销对接')
})

test('the demo goes on with its WeChat group when it is started again', async () => {
  const folder = await testFolder()
  const first = await startDemo({ folder, history: false, logLevel: 'fatal' })
  lead(first, '/派单 #1 农业农村委')
  const before = await groupOf(first, onWechat).heard('#1 ')
  await first.stop()

  const second = await testDemo({ folder })
  const wechat = groupOf(second, onWechat)
  second.sandbox.sendText(wechat.chat_id, wechat.contact, '收到', { reply_to: before.message_id })
  await wechat.heard('已签收 #1')
  lead(second, '/派单 #14 农业农村委')
  await wechat.heard('【交办】#14 ')
})

test('in the past of the demo something was answered on WeChat', async () => {
  const demo = await testDemo({ history: true })
  const texts = groupOf(demo, onWechat).texts()
  const asked = texts.findIndex((text) => text.includes('【交办·急】#1 '))
  expect(texts.slice(asked + 1, asked + 3)).toEqual([
    expect.stringContaining('收到'),
    expect.stringContaining('已签收 #1'),
  ])
  expect(texts.at(-1)).toContain('#14 ')
})
