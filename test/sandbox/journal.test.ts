import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts'
import { testApp, testGroup, testSandbox } from '../support/sandbox.ts'
import { buttonCard, cardMessage, sdkClient, sdkConnection, textMessage } from './sdk.ts'

async function stateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'state.jsonl')
}

test('a sandbox started again continues where it was', async () => {
  const file = await stateFile()
  const first = await testSandbox({ stateFile: file })
  const { lead, contact, group } = testGroup(first)
  const client = sdkClient(first)
  const card = await client.im.v1.message.create(
    cardMessage(group.chat_id, buttonCard({ v: 1 }), { uuid: 'd-1' }),
  )
  const message_id = card.data?.message_id ?? ''
  await client.im.v1.message.patch({
    path: { message_id },
    data: { content: JSON.stringify(buttonCard({ v: 2 })) },
  })
  await client.im.v1.message.urgentApp({
    path: { message_id },
    params: { user_id_type: 'open_id' },
    data: { user_id_list: [contact.open_id] },
  })
  const photo = first.sendFile(group.chat_id, lead.open_id, {
    name: '现场.png',
    type: 'image',
    data: Buffer.from('89504e470d0a1a0a', 'hex'),
  })
  const inThread = first.sendText(group.chat_id, lead.open_id, '题', {
    reply_to: message_id,
    in_thread: true,
  })
  first.recall(inThread.message_id)
  first.read(group.chat_id, contact.open_id)
  first.setScope(lead.open_id, false)
  const before = { messages: first.messages(group.chat_id), chats: first.chats(), people: first.people() }
  await first.stop()

  const second = await testSandbox({ stateFile: file })
  expect({
    messages: second.messages(group.chat_id),
    chats: second.chats(),
    people: second.people(),
  }).toEqual(before)
  const again = await sdkClient(second).im.v1.message.create(
    cardMessage(group.chat_id, buttonCard({ v: 1 }), { uuid: 'd-1' }),
  )
  expect(again.data?.message_id).toBe(message_id)
  const key = (photo.content as { image_key: string }).image_key
  const bytes = await (await fetch(`${second.origin}/sandbox/api/files/${key}`)).arrayBuffer()
  expect(Buffer.from(bytes).toString('hex')).toBe('89504e470d0a1a0a')
  const stale = second.act(message_id, { operator: contact.open_id, value: { v: 1 } })
  expect(await stale).toMatchObject({ error: 200340 })
})

test('what is set up again under the same ids is not set up twice', async () => {
  const file = await stateFile()
  const setUp = (sandbox: Sandbox) => {
    const person = sandbox.addPerson({ open_id: 'ou_fixed', name: '张组长', title: '专班' })
    return sandbox.addChat({ chat_id: 'oc_fixed', name: '市商务委', members: [person.open_id] })
  }
  const first = await testSandbox({ stateFile: file })
  setUp(first)
  first.removeBot('oc_fixed')
  await first.stop()
  const before = await readFile(file, 'utf8')
  const second = await testSandbox({ stateFile: file, timing: { redeliverAfterMs: [60_000] } })
  expect(setUp(second)).toMatchObject({ name: '市商务委', botIsMember: false })
  const added = (await readFile(file, 'utf8')).slice(before.length)
  expect(added).not.toMatch(/"op":"(person|chat)"/)
  expect(second.addPerson({ open_id: 'ou_fixed', name: '周组长' })).toMatchObject({ name: '周组长' })
  const renamed = { chat_id: 'oc_fixed', name: '市商务委员会', members: ['ou_fixed'], botIsMember: true }
  expect(second.addChat(renamed)).toMatchObject({ name: '市商务委员会', botIsMember: true })
  expect(second.chats()).toHaveLength(1)
})

test('an event that nobody answered before the end comes after the new start', async () => {
  const file = await stateFile()
  const timing = { redeliverAfterMs: [100, 200, 400, 800, 1600] }
  const first = await testSandbox({ stateFile: file, timing })
  const { contact } = testGroup(first)
  const sent = first.sendText(first.openP2p(contact.open_id).chat_id, contact.open_id, '收到')
  await first.stop()
  const second = await testSandbox({ stateFile: file, timing })
  const heard: string[] = []
  await sdkConnection(second, {
    'im.message.receive_v1': (event: { message: { message_id: string } }) =>
      void heard.push(event.message.message_id),
  } as never)
  await second.waitFor(() => heard.length > 0)
  await second.waitFor(() => second.pendingEvents() === 0)
  expect(heard).toEqual([sent.message_id])
})

test('after a kill everything that was answered is there', async () => {
  const file = await stateFile()
  const child = fork(fileURLToPath(new URL('./killed-sandbox.ts', import.meta.url)), [file], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [{ origin, chat }] = (await once(child, 'message')) as [{ origin: string; chat: string }]
  const client = sdkClient({ origin } as never)
  const sent: string[] = []
  for (let n = 0; n < 4; n += 1) {
    sent.push((await client.im.v1.message.create(textMessage(chat, `${n}`))).data?.message_id ?? '')
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
  const after = await testSandbox({ stateFile: file })
  expect(after.messages(chat).map(({ message_id }) => message_id)).toEqual(sent)
})

test('a last line torn by a kill is cut off, and the journal goes on', async () => {
  const file = await stateFile()
  const first = await testSandbox({ stateFile: file })
  const { lead, group } = testGroup(first)
  first.sendText(group.chat_id, lead.open_id, '一')
  await first.stop()
  await appendFile(file, '{"op":"message","message":{"message_id":"om_to')
  const second = await testSandbox({ stateFile: file })
  expect(second.messages(group.chat_id)).toHaveLength(1)
  second.sendText(group.chat_id, lead.open_id, '二')
  await second.stop()
  const third = await testSandbox({ stateFile: file })
  expect(third.messages(group.chat_id).map(({ content }) => content)).toEqual([
    { text: '一' },
    { text: '二' },
  ])
})

test('a file that is no journal is refused and left as it is', async () => {
  const file = await stateFile()
  await writeFile(file, 'a,b\n1,2\n')
  await expect(startSandbox({ apps: [testApp], stateFile: file })).rejects.toThrow(/line 1: no entry/)
  expect(await readFile(file, 'utf8')).toBe('a,b\n1,2\n')
})
