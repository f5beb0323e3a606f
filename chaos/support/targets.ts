import { Readable } from 'node:stream'
import fc from 'fast-check'
import { renderCard } from '../../bots/feishu/card.ts'
import { createGate } from '../../bots/feishu/gate.ts'
import { sdkLogger } from '../../bots/feishu/log.ts'
import { createDispatcher } from '../../bots/feishu/receive.ts'
import type { WechatMessage } from '../../bots/wechat/receive/wechaty.ts'
import { createReceiver } from '../../bots/wechat/receive.ts'
import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import { parseCalendarRows } from '../../src/files/calendar-rows.ts'
import { decodeText } from '../../src/files/decode-text.ts'
import { parseDirectoryRows } from '../../src/files/directory-rows.ts'
import { FileFault } from '../../src/files/file-fault.ts'
import { parseItemRows } from '../../src/files/item-rows.ts'
import { sourceNames } from '../../src/files/names.ts'
import { readPolicies } from '../../src/files/policy-file.ts'
import { readCsv } from '../../src/files/read-csv.ts'
import { readJson } from '../../src/files/read-json.ts'
import type { Table } from '../../src/files/table.ts'
import { writeXlsx } from '../../src/files/write-xlsx.ts'
import { readXlsx } from '../../src/files/xlsx/read-xlsx.ts'
import { createLogger } from '../../src/log.ts'
import { cardWords } from '../../src/messages/limits.ts'
import { takeIn } from '../../src/services/intake/intake.ts'
import { commandText, damaged, mutated, place, plainText, pressed, replyTo } from './arbitraries.ts'
import { takeChanges, watchChanges } from './changes.ts'
import { openDoor, postedTo, tokened } from './http-bodies.ts'
import { longWords } from './long-words.ts'
import { type QuietCity, quietCity } from './quiet-city.ts'
import { renewable } from './renewal.ts'
import { rightsOf } from './rights.ts'
import { speakTo } from './speaker.ts'
import { workbooks } from './workbooks.ts'

/** One way in from outside. */
export interface Target {
  name: string
  /** Of all the cases. */
  share: number
  arbitrary: fc.Arbitrary<unknown>
  /** @throws where a case goes wrong */
  check(given: unknown): Promise<void>
  close(): Promise<void>
}

/** After so many there is little left to do. */
const casesInOneWorld = 50

/** @param patienceMs how long anybody may take over one long text */
export async function targets(patienceMs: number): Promise<Target[]> {
  const city = await quietCity()
  await inEveryState(city)
  await watchChanges(city.app)
  const { renew } = await renewable(city.app)
  const renewing = ({ arbitrary, check }: Tried): Tried => {
    let cases = 0
    return {
      arbitrary,
      async check(given) {
        if (cases % casesInOneWorld === 0) await renew()
        cases += 1
        await check(given)
      },
    }
  }
  const stays = async () => {}
  return [
    { name: 'commands', share: 25, ...renewing(commandsTo(city)), close: stays },
    { name: 'answers in words', share: 15, ...renewing(answersTo(city)), close: stays },
    { name: 'buttons and forms', share: 20, ...renewing(buttonsOf(city)), close: stays },
    { name: 'Feishu events', share: 10, ...feishuEvents(city), close: stays },
    { name: 'WeChat messages', share: 10, ...wechatMessages(city), close: stays },
    { name: 'intake', share: 5, ...intake(city), close: stays },
    ...(await files()).map((target) => ({ share: 3, close: stays, ...target })),
    { name: 'long words', share: 1, ...longWords(city, patienceMs), close: stays },
    { name: 'HTTP bodies', share: 5, ...(await httpBodies(city)) },
  ]
}

type Tried = Pick<Target, 'arbitrary' | 'check'>

function tried<T>(arbitrary: fc.Arbitrary<T>, check: (given: T) => Promise<void>): Tried {
  return { arbitrary, check: (given) => check(given as T) }
}

/** Some items wait, some are in the departments' hands, some are done. */
async function inEveryState({ app }: QuietCity): Promise<void> {
  const { say } = speakTo(app)
  const lead = { chat: 'oc_taskforce', person: 'lead' }
  const contact = { chat: 'oc_first', person: 'contact' }
  for (const code of [1, 2, 3, 4, 5, 6]) await say(lead, `/派单 #${code} 第1局`)
  for (const code of [7, 8]) await say(lead, `/派单 #${code} 第2局`)
  for (const code of [2, 3, 4]) await say(contact, `/签收 #${code}`)
  for (const code of [3, 4]) await say(contact, `#${code} 已解决，已对接商超`)
  await say(lead, '/审核 #4 通过')
  await app.db.write
    .updateTable('deliveries')
    .set(({ fn, val, cast, ref }) => ({
      status: 'sent',
      message_id: fn<string>('concat', [val('om_'), cast<string>(ref('id'), 'text')]),
    }))
    .where('op', '=', 'send')
    .execute()
}

/** Nobody changes what they have no right to, nothing is a bug to the bot, and what it says is fit to be read. */
async function guarded({ app, bugs }: QuietCity, who: string, act: () => Promise<unknown>): Promise<void> {
  const rights = await rightsOf(app, who)
  await takeChanges(app)
  const last = await lastDelivery(app)
  bugs.length = 0
  const shown = JSON.stringify(await act()) ?? ''
  if (bugs.length > 0) throw new Error(`the bot says: ${bugs[0]}`)
  const wrong = await rights.wrongIn(await takeChanges(app))
  if (wrong) throw new Error(`${who} changed ${JSON.stringify(wrong)}`)
  const said = await app.db.read
    .selectFrom('deliveries')
    .select('payload')
    .where('id', '>', last)
    .where('op', '=', 'send')
    .execute()
  for (const words of [shown, ...said.map(({ payload }) => payload)]) requireReadable(words)
}

async function lastDelivery({ db }: QuietCity['app']): Promise<number> {
  const row = await db.read
    .selectFrom('deliveries')
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirst()
  return row?.last ?? 0
}

/** What only a program would say. */
const programs = /\bat \S+ \(|\.ts:\d|\bSQLITE_|\bTypeError\b|ZodError|\[object Object\]|node:internal/

function requireReadable(words: string): void {
  const found = programs.exec(words)
  if (found) throw new Error(`it says ${words.slice(found.index, found.index + 200)}`)
  if (words.length > 2 && !/\p{Script=Han}/u.test(words))
    throw new Error(`it says only ${words.slice(0, 200)}`)
}

function commandsTo(city: QuietCity): Tried {
  const { say } = speakTo(city.app)
  return tried(fc.tuple(place, commandText, replyTo), ([at, text, parent]) =>
    guarded(city, at.person, async () => {
      await say(at, text, { replyTo: parent === undefined ? [] : [`om_${parent}`] })
    }),
  )
}

function answersTo(city: QuietCity): Tried {
  const { say } = speakTo(city.app)
  return tried(fc.tuple(place, plainText, replyTo, fc.boolean()), ([at, text, parent, mentionsBot]) =>
    guarded(city, at.person, async () => {
      await say(at, text, { mentionsBot, replyTo: parent === undefined ? [] : [`om_${parent}`] })
    }),
  )
}

function buttonsOf(city: QuietCity): Tried {
  const { press } = speakTo(city.app)
  return tried(fc.tuple(place, pressed, fc.nat(400)), ([at, action, message]) =>
    guarded(city, at.person, async () => {
      const answer = await press(at, { ...action, messageId: `om_${message}` })
      if (at.person === 'stranger' && !forAnyone.has(action.command) && !answer.toast)
        throw new Error('a stranger was refused without a word')
      return answer
    }),
  )
}

const forAnyone = new Set<string>(commands.filter(({ roles }) => roles === 'anyone').map(({ name }) => name))

function dispatcherOf({ app }: QuietCity): ReturnType<typeof createDispatcher> {
  const log = createLogger({ level: 'fatal' })
  return createDispatcher(createRouter(app, commands), {
    gate: createGate(),
    chats: { note: () => {}, find: async () => ({ kind: 'group' }) },
    identity: { openId: async () => 'ou_bot', isKnown: () => true },
    log,
    logger: sdkLogger(log, []),
    words: cardWords['zh-CN'],
    render: (message) => renderCard(message, 'zh-CN'),
    update: async () => {},
  })
}

/** Raw, as the long connection and the webhook bring them, through the SDK's own dispatcher. */
function feishuEvents(city: QuietCity): Tried {
  const dispatcher = dispatcherOf(city)
  let events = 0
  const event = fc.oneof(
    ...feishuSamples.map(({ header, event }) => mutated({ schema: '2.0', header, event })),
    fc.anything(),
  )
  return tried(event, (given) =>
    // Whoever sends it: none of the samples is from somebody with a right.
    guarded(city, 'stranger', async () => {
      events += 1
      const raw: unknown = structuredClone(given)
      if (typeof raw !== 'object' || raw === null) return undefined
      if ('header' in raw && typeof raw.header === 'object' && raw.header !== null)
        Object.assign(raw.header, { event_id: `event-${events}` })
      await dispatcher.invoke(raw, { needCheck: false })
      return undefined
    }),
  )
}

const sent = { create_time: '1795485600000', chat_id: 'oc_first' }
const feishuSamples = [
  {
    header: { event_id: 'e1', event_type: 'im.message.receive_v1', create_time: '1795485600000' },
    event: {
      sender: { sender_type: 'user', sender_id: { open_id: 'stranger' } },
      message: {
        ...sent,
        message_id: 'om_1',
        parent_id: 'om_2',
        root_id: 'om_2',
        chat_type: 'group',
        message_type: 'text',
        content: '{"text":"@_user_1 /派单 #9 第1局"}',
        mentions: [{ key: '@_user_1', id: { open_id: 'ou_bot' }, name: '督办机器人' }],
      },
    },
  },
  {
    header: { event_id: 'e2', event_type: 'im.message.receive_v1', create_time: '1795485600000' },
    event: {
      sender: { sender_type: 'user', sender_id: { open_id: 'observer' } },
      message: {
        ...sent,
        message_id: 'om_3',
        chat_type: 'p2p',
        message_type: 'post',
        content: '{"title":"","content":[[{"tag":"text","text":"#1 已解决"},{"tag":"img","image_key":"k"}]]}',
      },
    },
  },
  {
    header: { event_id: 'e3', event_type: 'card.action.trigger', create_time: '1795485600000' },
    event: {
      operator: { open_id: 'leader' },
      action: {
        value: { command: 'feedback', args: { item: 1 } },
        form_value: { 'outcome-1': 'resolved', measures: '已对接', promisedDate: '2026-12-04 +0800' },
      },
      context: { open_message_id: 'om_1', open_chat_id: 'oc_first' },
    },
  },
  {
    header: { event_id: 'e4', event_type: 'im.chat.member.bot.added_v1', create_time: '1795485600000' },
    event: { chat_id: 'oc_new', operator_id: { open_id: 'stranger' }, name: '新群' },
  },
]

function wechatMessages(city: QuietCity): Tried {
  const login = { puppet: 'wechaty-puppet-mock', account: 'wxid_bot', name: '督办机器人' }
  const receiver = createReceiver({
    handle: createRouter(city.app, commands),
    login: () => login,
    keep: () => {},
    locale: 'zh-CN',
    log: createLogger({ level: 'fatal' }),
    clock: city.app.clock,
    pausesMs: [],
    gatherMs: 0,
  })
  const quoted = fc
    .tuple(
      plainText,
      plainText,
      fc.constantFrom('「$1」\n- - - - - - - - - - - - - - -\n$2', '$2\n$1', '「$1：$2」', '$1'),
    )
    .map(([quote, answer, form]) => form.replace('$1', () => quote).replace('$2', () => answer))
  const message = fc.record({
    id: fc.uuid(),
    type: fc.oneof({ weight: 5, arbitrary: fc.constant(7) }, fc.nat(20)),
    text: fc.oneof(quoted, commandText, plainText),
    inRoom: fc.boolean(),
    person: fc.constantFrom('wxid_a', 'wxid_bot', 'weixin', ''),
  })
  return tried(message, (given) =>
    guarded(city, 'stranger', async () => {
      await receiver.onMessage(wechatMessage(given, city.app.clock.now()))
      return undefined
    }),
  )
}

interface Said {
  id: string
  type: number
  text: string
  inRoom: boolean
  person: string
}

function wechatMessage({ id, type, text, inRoom, person }: Said, now: number): WechatMessage {
  const talker = { id: person, name: () => '张三', type: () => 1 }
  const room = {
    id: 'room@chatroom',
    topic: async () => '群',
    memberAll: async () => [talker],
    alias: async () => undefined,
  }
  return {
    id,
    type: () => type,
    text: () => text,
    self: () => false,
    date: () => new Date(now),
    talker: () => talker,
    room: () => (inRoom ? room : undefined),
    mentionList: async () => [],
    toFileBox: async () => ({
      name: 'x',
      mediaType: 'text/plain',
      toStream: async () => Readable.from([Buffer.from('x')]),
    }),
  }
}

const item = {
  source: 'hotline',
  external_id: 'H-1',
  title: '网课语速快',
  content: '家长建议提供回看',
  urgency: 'urgent',
  phone: '13800138000',
  received_at: '2026-11-20T08:30:00+08:00',
  policy: '5wd',
  lead: '第1局',
  co: ['第2局'],
}

/** Byte for byte, through the bot's own server. */
async function httpBodies(city: QuietCity): Promise<Tried & Pick<Target, 'close'>> {
  const door = await openDoor(city, dispatcherOf(city))
  const events = feishuSamples.map(({ header, event }) => tokened({ schema: '2.0', header, event }))
  const close = async () => {
    await door.close()
    await city.close()
  }
  const posts = tried(postedTo(events, item), async (posted) => {
    await takeChanges(city.app)
    city.bugs.length = 0
    const { mayAct, status, text } = await door.post(posted)
    if (status >= 500 || city.bugs.length > 0) throw new Error(`${status} ${text}: ${city.bugs[0]}`)
    if (programs.test(text)) throw new Error(`it says ${text.slice(0, 200)}`)
    const [changed] = await takeChanges(city.app)
    if (!mayAct && changed) throw new Error(`${posted.path} changed ${JSON.stringify(changed)}`)
  })
  return { ...posts, close }
}

function intake({ app }: QuietCity): Tried {
  return tried(fc.array(fc.oneof(mutated(item), fc.jsonValue()), { maxLength: 3 }), async (sentItems) => {
    // As JSON brings it.
    const body = JSON.parse(JSON.stringify(sentItems)) as unknown[]
    const result = await takeIn(app, body, 'fuzz')
    if (!('faults' in result)) return
    if (result.faults.length === 0) throw new Error('refused without a reason')
    for (const { message } of result.faults) requireReadable(message)
  })
}

const rows = {
  items: [
    ['来源', '标题', '内容', '紧急程度', '时限'],
    ['12345', '网课语速快', '建议提供回看', '急', '3wd'],
    ['人大代表', '停车难', '"小区"周边', '一般', ''],
  ],
  directory: [
    ['单位', '简称', '姓名', '角色', '平台', '账号', '群'],
    ['第1局', '一局', '孙联络', '联络员', '飞书', 'ou_1', 'oc_1'],
  ],
  calendar: [
    ['日期', '类型', '名称'],
    ['2027-01-01', '放假', '元旦'],
    ['2027-01-02', '上班', ''],
  ],
}

async function files(): Promise<(Tried & { name: string })[]> {
  const csv = Object.values(rows).map((table) => table.map((row) => row.join(',')).join('\r\n'))
  const [header = [], ...body] = rows.items
  const xlsx = await writeXlsx(
    header.map((label) => ({ key: label, label })),
    body,
  )
  const texts = fc.oneof(
    ...csv.map((text) => damaged(Buffer.from(text))),
    ...csv.map((text) => damaged(Buffer.from(`\ufeff${text}`, 'utf16le'))),
    damaged(inGb18030),
    plainText.map((text) => Buffer.from(text)),
  )
  const policies = JSON.stringify([
    { sources: ['hotline'], urgencies: ['urgent'], policy: '3wd' },
    { policy: '5wd' },
  ])
  return [
    { name: 'CSV files', ...tried(texts, async (bytes) => readRows(() => readCsv(decodeText(bytes)))) },
    {
      name: 'XLSX files',
      ...tried(fc.oneof(damaged(xlsx), workbooks(xlsx)), async (bytes) => readRows(() => readXlsx(bytes))),
    },
    {
      name: 'JSON files',
      ...tried(fc.oneof(mutated([{ source: 'hotline', title: 't' }]), fc.jsonValue()), async (json) =>
        readRows(() => readJson(JSON.stringify(json) ?? '')),
      ),
    },
    {
      name: 'policy files',
      ...tried(
        fc.oneof(
          damaged(Buffer.from(policies)).map(String),
          mutated(JSON.parse(policies)).map((json) => JSON.stringify(json) ?? ''),
        ),
        async (text) => {
          const read = readPolicies(text)
          const said = 'faults' in read ? read.faults : ['read']
          if (said.length === 0 || said.some((words) => words === '' || programs.test(words)))
            throw new Error(`it says ${said}`)
        },
      ),
    },
  ]
}

/** 来源,标题 and a row, as Excel in China writes it. */
const inGb18030 = Buffer.from(
  'c0b4d4b42cb1eacce20d0a3132333435 2ccdbfb3b5c4d10d0a'.replaceAll(' ', ''),
  'hex',
)

/** Rows and faults, or a FileFault; nothing else, whatever kind of file it is taken for. */
function readRows(read: () => Table): void {
  const parsers: ((table: Table) => unknown)[] = [
    (table) => parseItemRows(table, { timezone: 'Asia/Shanghai', sources: sourceNames }),
    parseDirectoryRows,
    parseCalendarRows,
  ]
  const table = orFault(read)
  if (table) for (const parse of parsers) orFault(() => parse(table))
}

function orFault<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof FileFault && error.message !== '') return undefined
    throw error
  }
}
