import { expect, test } from 'vitest'
import { testClock, testGroup, testSandbox } from '../support/sandbox.ts'
import { buttonCard, cardMessage, refusalOf, sdkClient, textMessage } from './sdk.ts'

const day = 24 * 60 * 60_000

test('a message to a person makes the private chat once', async () => {
  const sandbox = await testSandbox()
  const { contact } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const send = (text: string) =>
    client.im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: contact.open_id, msg_type: 'text', content: JSON.stringify({ text }) },
    })
  const first = await send('一')
  const second = await send('二')
  expect(second.data?.chat_id).toBe(first.data?.chat_id)
  expect(sandbox.chats().find(({ kind }) => kind === 'p2p')).toMatchObject({
    chat_id: first.data?.chat_id,
    members: [contact.open_id],
  })
})

test('a mention in a text becomes a key, for people whom the platform knows', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const text = `<at user_id="${contact.open_id}">李联络</at> 请签收 <at user_id="ou_nobody">某人</at>`
  const sent = await sdkClient(sandbox).im.v1.message.create(textMessage(group.chat_id, text))
  expect(JSON.parse(sent.data?.body?.content ?? '')).toEqual({
    text: '@_user_1 请签收 <at user_id="ou_nobody">某人</at>',
  })
  expect(sent.data?.mentions).toMatchObject([{ key: '@_user_1', id: contact.open_id, name: '李联络' }])
  const [shown] = sandbox.messages(group.chat_id)
  expect(shown?.content).toEqual({ text: '@李联络 请签收 <at user_id="ou_nobody">某人</at>' })
  expect(sandbox.chats()[0]?.unread[contact.open_id]).toEqual({ count: 1, mentioned: true })
})

test('an answer to an answer names the first message and the one answered; in a thread both are the first', async () => {
  const sandbox = await testSandbox({ limits: { groupPerSecond: 100 } })
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const reply = async (message_id: string, reply_in_thread = false) => {
    const sent = await client.im.v1.message.reply({
      path: { message_id },
      data: { msg_type: 'text', content: '{"text":"答"}', reply_in_thread },
    })
    return sent.data ?? {}
  }
  const first = (await client.im.v1.message.create(textMessage(group.chat_id, '问'))).data?.message_id ?? ''
  const one = await reply(first)
  expect(one).toMatchObject({ root_id: first, parent_id: first })
  const two = await reply(one.message_id ?? '')
  expect(two).toMatchObject({ root_id: first, parent_id: one.message_id })
  expect(two.thread_id).toBeUndefined()

  const topic = (await client.im.v1.message.create(textMessage(group.chat_id, '题'))).data?.message_id ?? ''
  const inside = await reply(topic, true)
  expect(sandbox.message(topic).thread_id).toBe(inside.thread_id)
  const deeper = await reply(inside.message_id ?? '')
  expect(deeper).toMatchObject({ root_id: topic, parent_id: topic, thread_id: inside.thread_id })
})

test('the same uuid is one message for an hour, in a reply too', async () => {
  const clock = testClock()
  const sandbox = await testSandbox({ clock })
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const first = await client.im.v1.message.create(textMessage(group.chat_id, '一', { uuid: 'd-1' }))
  const reply = await client.im.v1.message.reply({
    path: { message_id: first.data?.message_id ?? '' },
    data: { msg_type: 'text', content: '{"text":"二"}', uuid: 'd-1' },
  })
  expect(reply.data?.message_id).toBe(first.data?.message_id)
  clock.advance(60 * 60_000)
  const later = await client.im.v1.message.create(textMessage(group.chat_id, '一', { uuid: 'd-1' }))
  expect(later.data?.message_id).not.toBe(first.data?.message_id)
  expect(later.data?.create_time).toBe(String(clock.now()))
  const tooLong = client.im.v1.message.create(textMessage(group.chat_id, '一', { uuid: 'u'.repeat(51) }))
  expect(await refusalOf(tooLong)).toMatchObject({ status: 400, code: 230001 })
})

test('a card is replaced for everyone, for 14 days, by the app that sent it', async () => {
  const clock = testClock()
  const other = { app_id: 'cli_ffffffffffffffff', app_secret: 'other', botName: '别的机器人' }
  const sandbox = await testSandbox({
    clock,
    apps: [{ app_id: 'cli_a1b2c3d4e5f60718', app_secret: 'sandbox-secret', botName: '督办' }, other],
  })
  const { group } = testGroup(sandbox)
  sandbox.addBot(group.chat_id, other.app_id)
  const client = sdkClient(sandbox)
  const sent = await client.im.v1.message.create(cardMessage(group.chat_id, buttonCard({ v: 1 })))
  const message_id = sent.data?.message_id ?? ''
  const patch = (by = client, card = buttonCard({ v: 2 })) =>
    by.im.v1.message.patch({ path: { message_id }, data: { content: JSON.stringify(card) } })

  expect(await patch()).toMatchObject({ code: 0 })
  expect(sandbox.message(message_id)).toMatchObject({
    content: buttonCard({ v: 2 }),
    updated_at: clock.now(),
  })
  expect(await refusalOf(patch(sdkClient(sandbox, other)))).toMatchObject({ status: 400, code: 230027 })
  expect(await refusalOf(patch(client, { ...buttonCard({}), config: {} } as object))).toMatchObject({
    code: 230099,
  })
  clock.advance(14 * day + 1)
  expect(await refusalOf(patch())).toMatchObject({ status: 400, code: 230031 })
  expect(sandbox.message(message_id).content).toEqual(buttonCard({ v: 2 }))

  const text = (await client.im.v1.message.create(textMessage(group.chat_id, '字'))).data?.message_id ?? ''
  const notCard = client.im.v1.message.patch({ path: { message_id: text }, data: { content: '{}' } })
  expect(await refusalOf(notCard)).toMatchObject({ code: 230001 })
})

test('加急 marks the message for those in the chat and names the others', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const outsider = sandbox.addPerson({ name: '王联络' })
  const client = sdkClient(sandbox)
  const sent = await client.im.v1.message.create(textMessage(group.chat_id, '特急'))
  const urged = await client.im.v1.message.urgentApp({
    path: { message_id: sent.data?.message_id ?? '' },
    params: { user_id_type: 'open_id' },
    data: { user_id_list: [contact.open_id, outsider.open_id] },
  })
  expect(urged.data).toEqual({ invalid_user_id_list: [outsider.open_id] })
  expect(sandbox.message(sent.data?.message_id ?? '').urged).toEqual([contact.open_id])

  const theirs = sandbox.sendText(group.chat_id, contact.open_id, '收到')
  const foreign = client.im.v1.message.urgentApp({
    path: { message_id: theirs.message_id },
    params: { user_id_type: 'open_id' },
    data: { user_id_list: [contact.open_id] },
  })
  expect(await refusalOf(foreign)).toMatchObject({ status: 400, code: 230012 })
})

test('chats, members, people and the bot itself can be asked for', async () => {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  sandbox.addChat({ name: '与机器人无关的群', members: [lead.open_id], botIsMember: false })
  const client = sdkClient(sandbox)
  const chats = await client.im.v1.chat.list({ params: {} })
  expect(chats.data?.items?.map(({ chat_id, name }) => [chat_id, name])).toEqual([
    [group.chat_id, group.name],
  ])
  const chat = await client.im.v1.chat.get({ path: { chat_id: group.chat_id } })
  expect(chat.data).toMatchObject({ name: group.name, chat_mode: 'group', user_count: '2' })

  const page = await client.im.v1.chatMembers.get({
    path: { chat_id: group.chat_id },
    params: { member_id_type: 'open_id', page_size: 1 },
  })
  expect(page.data).toMatchObject({ has_more: true, member_total: 2, items: [{ member_id: lead.open_id }] })
  const rest = await client.im.v1.chatMembers.get({
    path: { chat_id: group.chat_id },
    params: { member_id_type: 'open_id', page_size: 1, page_token: page.data?.page_token ?? '' },
  })
  expect(rest.data).toMatchObject({
    has_more: false,
    items: [{ member_id: contact.open_id, name: contact.name }],
  })

  const person = await client.contact.v3.user.get({
    path: { user_id: contact.open_id },
    params: { user_id_type: 'open_id' },
  })
  expect(person.data?.user).toMatchObject({ open_id: contact.open_id, name: contact.name })
  sandbox.setScope(contact.open_id, false)
  const hidden = client.contact.v3.user.get({
    path: { user_id: contact.open_id },
    params: { user_id_type: 'open_id' },
  })
  expect(await refusalOf(hidden)).toMatchObject({ code: 41050 })
})

test('the platform refuses with its own codes', async () => {
  const sandbox = await testSandbox({ limits: { groupPerSecond: 1000 } })
  const { lead, contact, group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const create = (data: object, receive_id_type: 'chat_id' | 'open_id' | 'email' = 'chat_id') =>
    refusalOf(
      client.im.v1.message.create({
        params: { receive_id_type },
        data: { receive_id: group.chat_id, msg_type: 'text', content: '{"text":"x"}', ...data },
      }),
    )
  const without = sandbox.addChat({ name: '没有机器人', members: [lead.open_id], botIsMember: false })
  const gone = sandbox.addChat({ name: '已解散', members: [lead.open_id] })
  sandbox.dissolve(gone.chat_id)
  sandbox.setScope(contact.open_id, false)

  const ownChat = sandbox.openP2p(lead.open_id)
  const theirs = sandbox.sendFile(ownChat.chat_id, lead.open_id, {
    name: '台账.xlsx',
    type: 'file',
    data: Buffer.from('台账'),
  })
  const refusals = {
    unknownChat: await create({ receive_id: 'oc_unknown' }),
    notInChat: await create({ receive_id: without.chat_id }),
    dissolved: await create({ receive_id: gone.chat_id }),
    outOfScope: await create({ receive_id: contact.open_id }, 'open_id'),
    outOfScopeChat: await create({ receive_id: sandbox.openP2p(contact.open_id).chat_id }),
    idType: await create({}, 'email'),
    type: await create({ msg_type: 'telepathy' }),
    notJson: await create({ content: 'x' }),
    empty: await create({ content: '{"text":""}' }),
    bottomless: await create({ content: `${'['.repeat(9_000)}${']'.repeat(9_000)}` }),
    tooLong: await create({ content: JSON.stringify({ text: 'x'.repeat(150 * 1024) }) }),
    cardTooLong: await create({
      msg_type: 'interactive',
      content: JSON.stringify(buttonCard({ v: 'x'.repeat(30 * 1024) })),
    }),
    badCard: await create({
      msg_type: 'interactive',
      content: '{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}',
    }),
    noFile: await create({ msg_type: 'file', content: '{"file_key":"file_v3_nothing"}' }),
    foreignFile: await create({ msg_type: 'file', content: JSON.stringify(theirs.content) }),
    stranger: await create({
      msg_type: 'interactive',
      content: JSON.stringify({
        schema: '2.0',
        body: { elements: [{ tag: 'markdown', content: '<at id=ou_nobody></at>' }] },
      }),
    }),
  }
  const codes = Object.fromEntries(Object.entries(refusals).map(([name, { code }]) => [name, code]))
  expect(codes).toEqual({
    unknownChat: 230034,
    notInChat: 230002,
    dissolved: 232009,
    outOfScope: 230013,
    outOfScopeChat: 230013,
    idType: 230001,
    type: 230001,
    notJson: 230001,
    empty: 230001,
    bottomless: 230001,
    tooLong: 230025,
    cardTooLong: 230025,
    badCard: 230099,
    noFile: 230001,
    foreignFile: 230017,
    stranger: 230099,
  })
  expect(new Set(Object.values(refusals).map(({ status }) => status))).toEqual(new Set([400]))
  expect(refusals.badCard.msg).toBe(
    'Failed to create card content, ext=ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [0](tag: note); ' +
      'ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag note; ',
  )
  expect(refusals.stranger.msg).toContain('ErrCode: 100290;')
  expect(sandbox.messages(group.chat_id)).toEqual([])
})

test('nothing more can be done with a recalled message', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const sent = await client.im.v1.message.create(cardMessage(group.chat_id, buttonCard({ v: 1 })))
  const message_id = sent.data?.message_id ?? ''
  sandbox.recall(message_id)
  const patch = client.im.v1.message.patch({
    path: { message_id },
    data: { content: JSON.stringify(buttonCard({ v: 2 })) },
  })
  expect(await refusalOf(patch)).toMatchObject({ status: 400, code: 230011 })
  const reply = client.im.v1.message.reply({
    path: { message_id },
    data: { msg_type: 'text', content: '{"text":"x"}' },
  })
  expect(await refusalOf(reply)).toMatchObject({ code: 230011 })
  expect(sandbox.message(message_id)).toMatchObject({ recalled: true, content: {} })
})
