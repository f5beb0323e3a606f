import { Registry } from 'prom-client'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createLocalLimiter } from '../../jobs/local-limiter.ts'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { serveIntake } from '../../src/http/intake.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLogger } from '../../src/log.ts'
import { openApp } from '../../src/open-app.ts'
import type { RateLimiter } from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'
import { dispatch } from '../../src/services/assignment/dispatch.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { exportItems } from '../../src/services/reports/export.ts'
import type { ItemJson } from '../../src/services/reports/item-json.ts'
import { work } from '../../src/services/work.ts'
import { testDatabase } from '../support/database.ts'
import { shanghai } from '../support/time.ts'

const tokens = { hotline: 'hotline-0123456789', archive: 'archive-0123456789' }
const env = {
  API_TOKENS: `hotline:${tokens.hotline},archive:${tokens.archive}`,
  API_PRIVATE: 'archive',
}
const unlimited: RateLimiter = { take: async () => 0, block: async () => {} }

let url: string
let app: App
let log: string[]
let now: number

interface Fault {
  index?: number
  field: string
  code: string
  message: string
  value?: string
}

beforeEach(async () => {
  await serve()
})

async function serve({ limiter = unlimited, more = {} }: { limiter?: RateLimiter; more?: object } = {}) {
  log = []
  now = shanghai('2026-11-20 09:00')
  const { core } = loadConfig({ ...env, ...more }, { core: coreEnv })
  const logger = createLogger({ level: 'debug', to: { write: (line) => void log.push(line) } })
  const opened = await openApp(core, {
    db: await testDatabase(),
    clock: { now: () => now },
    queue: { schedule: async () => {} },
    messengers: new Map(),
    log: logger,
  })
  app = opened.app
  await work(app, (current) =>
    upsertDirectory(current, [
      office('工作专班', ['专班'], 'lead'),
      office('市农业农村委员会', ['农业农村委'], 'contact'),
      office('市商务委员会', ['商务委'], 'contact'),
    ]),
  )
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log: logger,
    ready: async () => ({}),
    metrics: new Registry(),
    routes: core.api ? [serveIntake({ app, tokens: core.api, limiter })] : [],
  })
  url = await server.start()
  onTestFinished(() => server.stop())
}

function office(name: string, aliases: string[], role: 'lead' | 'contact') {
  const people = [
    { name: `${aliases[0]}人员`, platform: 'feishu' as const, account: `ou_${aliases[0]}`, role },
  ]
  return { name, aliases, chats: [{ platform: 'feishu' as const, chat_id: `oc_${aliases[0]}` }], people }
}

async function post(body: unknown, headers: Record<string, string> = {}, token = tokens.hotline) {
  const answer = await fetch(`${url}/api/v1/items`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
  })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

async function get(path: string, token = tokens.hotline) {
  const answer = await fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

async function items() {
  return app.db.read.selectFrom('items').selectAll().orderBy('code').execute()
}

const anItem = {
  source: 'hotline',
  external_id: 'H-1',
  title: '网课语速快',
  content: '家长建议提供回看，联系13800138000。',
  category: '在线教学',
  urgency: 'urgent',
  petitioner: '李某',
  phone: '13800138000',
  address: '某路1号',
  received_at: '2026-11-20T08:30:00+08:00',
  policy: '5wd',
}

describe('posting an item', () => {
  test('takes it in, and the same source and number again is the same item', async () => {
    const first = await post(anItem)
    expect([first.status, first.body]).toEqual([201, { code: 1, new: true, status: 'triage' }])
    const again = await post({ ...anItem, title: '另一个标题' })
    expect([again.status, again.body]).toEqual([200, { code: 1, new: false, status: 'triage' }])
    expect(await items()).toEqual([
      expect.objectContaining({
        ...anItem,
        code: 1,
        received_at: shanghai('2026-11-20 08:30'),
        created_at: now,
        status: 'triage',
      }),
    ])
    const other = await post({ ...anItem, source: '人大代表' })
    expect([other.status, other.body.code]).toEqual([201, 2])
  })

  test('reads what a file may say: Chinese names, numbers, lists; without a number it is new each time', async () => {
    const item = { source: '12345', title: ' 标题\n一 ', urgency: '特急', phone: 13800138000, co: ['商务委'] }
    expect((await post(item)).body.code).toBe(1)
    expect((await post(item)).body.code).toBe(2)
    expect((await items())[0]).toMatchObject({
      source: 'hotline',
      title: '标题 一',
      urgency: 'critical',
      phone: '13800138000',
      external_id: null,
      received_at: now,
    })
  })

  test('says which fields mean nothing here', async () => {
    const { status, body } = await post({ ...anItem, titel: 'x', __proto__: null, 标题: 'y' })
    expect([status, body]).toEqual([
      201,
      { code: 1, new: true, status: 'triage', ignored: ['titel', '标题'] },
    ])
  })

  test('notes in its history who sent it, and to whom they would give it', async () => {
    await post({ ...anItem, lead: '农业农村委', co: '商务委；农业农村委' })
    const { body } = await get('items/1')
    expect(body.events).toEqual([
      {
        at: '2026-11-20T09:00:00+08:00',
        by: null,
        what: 'collected',
        detail: '报送时建议：市农业农村委员会、市商务委员会',
      },
    ])
    const [event] = await app.db.read
      .selectFrom('events')
      .selectAll()
      .where('what', '=', 'collected')
      .execute()
    expect(JSON.parse(event?.detail ?? '')).toMatchObject({ from: 'hotline', lead: '市农业农村委员会' })
    expect(body.assignments).toEqual([])
  })

  test('lists every bad field, and takes in nothing', async () => {
    const { status, body } = await post({
      source: '热线',
      title: ' ',
      urgency: 'very',
      content: 'x'.repeat(5001),
      phone: { number: 1 },
      received_at: '昨天',
      policy: '5天',
      lead: '市农业农村委员会X',
      co: ['无此单位', '商务委'],
    })
    expect(status).toBe(400)
    expect((body.faults as Fault[]).map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'co unknown-department',
      'content too-long',
      'lead unknown-department',
      'phone not-text',
      'policy not-a-policy',
      'received_at not-a-time',
      'source unknown-name',
      'title required',
      'urgency unknown-name',
    ])
    expect(body.faults[0]).toEqual({
      field: 'source',
      code: 'unknown-name',
      message: expect.stringContaining('12345、上海发布'),
      value: '热线',
    })
    expect(body.error).toBe('共9处有误，未作任何改动。')
    expect(await items()).toEqual([])
  })

  test.each([
    ['null', 'not-an-object'],
    ['"text"', 'not-an-object'],
    ['{}', 'required'],
  ])('refuses %s', async (body, code) => {
    const answer = await post(body)
    expect([answer.status, answer.body.faults[0].code]).toEqual([400, code])
  })

  test.each(['{"source": ', '', Buffer.from('{"source":"hotline","title":"\xcd\xf8"}', 'latin1')])(
    'refuses what is no JSON in UTF-8',
    async (body) => {
      const answer = await post(body)
      expect([answer.status, answer.body]).toEqual([400, { error: '请求内容不是 UTF-8 编码的有效 JSON。' }])
      expect(await items()).toEqual([])
    },
  )

  test('refuses another type than JSON', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      expect((await post(anItem, { 'content-type': type })).status, type).toBe(415)
    }
    expect((await post(anItem, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(201)
  })

  test('refuses more than 256 KiB', async () => {
    const padded = (bytes: number) => {
      const text = JSON.stringify(anItem)
      return text + ' '.repeat(bytes - Buffer.byteLength(text))
    }
    expect((await post(padded(256 * 1024 + 1))).status).toBe(413)
    expect(await items()).toEqual([])
    expect((await post(padded(256 * 1024))).status).toBe(201)
  })
})

describe('posting an array', () => {
  test('is answered by an array, in its order', async () => {
    await post(anItem)
    const { status, body } = await post([
      { ...anItem, external_id: 'H-2' },
      anItem,
      { ...anItem, external_id: 'H-3' },
    ])
    expect(status).toBe(201)
    expect(body.map(({ code, new: isNew }: { code: number; new: boolean }) => [code, isNew])).toEqual([
      [2, true],
      [1, false],
      [3, true],
    ])
    const again = await post([anItem])
    expect([again.status, again.body]).toEqual([200, [{ code: 1, new: false, status: 'triage' }]])
    expect([(await post([])).status, (await post([])).body]).toEqual([200, []])
  })

  test('is one transaction: with one fault none is taken, and each fault has its place', async () => {
    const { status, body } = await post([
      anItem,
      { ...anItem, external_id: 'H-2', title: '' },
      7,
      { ...anItem, external_id: 'H-4', urgency: 'x', lead: '无此单位' },
      anItem,
    ])
    expect(status).toBe(400)
    expect((body.faults as Fault[]).map(({ index, field, code }) => [index, field, code])).toEqual([
      [1, 'title', 'required'],
      [2, '', 'not-an-object'],
      [3, 'urgency', 'unknown-name'],
      [3, 'lead', 'unknown-department'],
      [4, 'external_id', 'duplicate'],
    ])
    expect(body.faults[4].message).toContain('与第 1 项重复')
    expect(await items()).toEqual([])
  })

  test('is of at most 1,000 items', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        source: 'hotline',
        external_id: `N-${index}`,
        title: '标题',
      }))
    expect([(await post(many(1001))).status, await items()]).toEqual([400, []])
    const { status, body } = await post(many(1000))
    expect([status, body.length]).toEqual([201, 1000])
    expect((await post(many(1000))).status).toBe(200)
    expect(await items()).toHaveLength(1000)
  })

  test('of items of which some came in by another request meanwhile makes no item twice', async () => {
    const some = (from: number) =>
      Array.from({ length: 50 }, (_, index) => ({
        source: 'online',
        external_id: `O-${from + index}`,
        title: '标题',
      }))
    const froms = [0, 25, 10, 40]
    const answers = await Promise.all(froms.map((from) => post(some(from))))
    const ids = new Map<number, string>()
    for (const [which, from] of froms.entries()) {
      const answer = answers[which]
      expect([200, 201]).toContain(answer?.status)
      for (const [index, taken] of [...(answer ? (answer.body as { code: number }[]) : [])].entries()) {
        const id = `O-${from + index}`
        expect(ids.get(taken.code) ?? id).toBe(id)
        ids.set(taken.code, id)
      }
    }
    expect(ids.size).toBe(90)
    expect(await items()).toHaveLength(90)
  })
})

describe('who may', () => {
  test('nobody without a token that is known', async () => {
    const headers = [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      `Basic ${tokens.hotline}`,
      tokens.hotline,
      `Bearer ${tokens.hotline}x`,
      `Bearer ${tokens.hotline.slice(0, -1)}`,
      `Bearer ${tokens.hotline} ${tokens.archive}`,
    ]
    for (const [method, path] of [
      ['POST', 'items'],
      ['GET', 'items'],
      ['GET', 'items/1'],
      ['GET', 'status'],
    ] as const) {
      for (const authorization of headers) {
        const answer = await fetch(`${url}/api/v1/${path}`, {
          method,
          headers: {
            'content-type': 'application/json',
            ...(authorization === undefined ? {} : { authorization }),
          },
          ...(method === 'POST' ? { body: JSON.stringify(anItem) } : {}),
        })
        expect([answer.status, await answer.json()], `${method} ${path} ${authorization}`).toEqual([
          401,
          { error: '令牌缺失或不正确。' },
        ])
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
    }
    expect(await items()).toEqual([])
  })

  test('there is no API without tokens', async () => {
    await serve({ more: { API_TOKENS: '', API_PRIVATE: '' } })
    expect((await post(anItem)).status).toBe(404)
    expect((await get('status')).status).toBe(404)
  })

  test('petitioners’ details go to the tokens that may have them, and each reading is recorded', async () => {
    await post(anItem)
    const open = await get('items/1', tokens.archive)
    expect(JSON.stringify(open.body)).not.toMatch(/13800138000|李某|某路1号/)
    for (const path of ['items/1?private=1', 'items?private=1']) {
      expect([path, (await get(path)).status]).toEqual([path, 403])
    }
    expect((await get('items/1')).body.events).toHaveLength(1)

    const shown = await get('items/1?private=1', tokens.archive)
    expect(shown.body).toMatchObject({
      petitioner: '李某',
      phone: '13800138000',
      address: '某路1号',
      content: anItem.content,
    })
    const listed = await get('items?private=1', tokens.archive)
    expect(listed.body.items[0].phone).toBe('13800138000')
    expect((await get('items/1?private=0')).body.events.slice(1)).toEqual(
      [1, 2].map(() => ({
        at: '2026-11-20T09:00:00+08:00',
        by: null,
        what: 'details-shown',
        detail: '接口令牌“archive”读取',
      })),
    )
  })

  test('no line of the log has a token or what a citizen wrote', async () => {
    await post(anItem)
    await post({ ...anItem, source: 'x' })
    await get(`items/1?private=1&token=${tokens.archive}`, tokens.archive)
    await app.db.write.schema.dropTable('item_words').execute()
    await app.db.write.schema.alterTable('items').renameTo('gone').execute()
    expect((await post({ ...anItem, external_id: 'H-2' })).status).toBe(500)
    expect((await get('items')).status).toBe(500)
    expect(log.length).toBeGreaterThan(0)
    expect(log.join('')).not.toMatch(/0123456789|13800138000|李某|某路1号|家长/)
  })
})

describe('too many requests', () => {
  test('are told when to come again, each token for itself', async () => {
    const local = createLocalLimiter(() => now)
    await serve({ limiter: { take: async (limits) => local.take(limits), block: async () => {} } })
    const answers = await Promise.all(Array.from({ length: 103 }, () => get('status')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(['5', '5', '5'])
    expect(refused[0]?.body).toEqual({ error: '请求过于频繁，请5秒后再试。' })
    expect((await get('status', tokens.archive)).status).toBe(200)
    now += 5_000
    expect((await get('status')).status).toBe(200)
  })
})

describe('reading', () => {
  async function dispatched(codes: number[], department: string, policy: '3wd' | '2h' = '3wd') {
    const [found] = await app.db.read
      .selectFrom('departments')
      .selectAll()
      .where('name', '=', department)
      .execute()
    if (!found) throw new Error(department)
    await work(app, (current) =>
      dispatch(current, {
        codes,
        department: found,
        by: null,
        policy: policy === '2h' ? { kind: 'hours', hours: 2 } : { kind: 'working-days', days: 3 },
      }),
    )
  }

  test('an item is as the export has it', async () => {
    await post(anItem)
    await dispatched([1], '市农业农村委员会')
    const pieces: string[] = []
    await exportItems(app, {
      format: 'json',
      private: false,
      write: async (piece) => void pieces.push(String(piece)),
    })
    const { status, body, headers } = await get('items/1')
    expect([status, body]).toEqual([200, JSON.parse(pieces.join(''))[0]])
    expect(body.content).toBe('家长建议提供回看，联系138****8000。')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('an item shows the newest request for more time', async () => {
    await post(anItem)
    await dispatched([1], '市农业农村委员会')
    expect((await get('items/1')).body.assignments[0].extension).toBeNull()
    const person = await app.db.read.selectFrom('people').select('id').executeTakeFirstOrThrow()
    const asked = {
      assignment_id: 1,
      kind: 'extension' as const,
      asked_by: person.id,
      until_date: null,
      decided_by: null,
      decision_reason: null,
    }
    await app.db.write
      .insertInto('requests')
      .values([
        { ...asked, reason: '旧', asked_at: now, status: 'refused', decided_at: now, granted_until: null },
        {
          ...asked,
          reason: '等待材料，电话13800138000',
          asked_at: now + 60_000,
          status: 'granted',
          decided_at: now + 120_000,
          granted_until: shanghai('2026-11-27 17:30'),
        },
      ])
      .execute()
    expect((await get('items/1')).body.assignments[0].extension).toEqual({
      status: 'granted',
      reason: '等待材料，电话138****8000',
      asked_at: '2026-11-20T09:01:00+08:00',
      granted_until: '2026-11-27T17:30:00+08:00',
    })
  })

  test.each(['2', '0', 'x', '-1', '1.5', '99999999999999999999'])('there is no item %s', async (code) => {
    await post(anItem)
    const { status, body } = await get(`items/${code}`)
    expect([status, body]).toEqual([404, { error: '没有这个事项。' }])
  })

  test('items come page by page, in the order of their numbers, each once while new ones come in', async () => {
    await post(Array.from({ length: 7 }, (_, index) => ({ source: 'hotline', title: `标题${index + 1}` })))
    const codes: number[] = []
    let cursor: string | null = ''
    do {
      const { body } = await get(`items?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
      codes.push(...(body.items as ItemJson[]).map(({ code }) => code))
      cursor = body.next_cursor
      if (codes.length === 3) await post({ source: 'hotline', title: '后来' })
    } while (cursor !== null)
    expect(codes).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect((await get('items?limit=8')).body.next_cursor).toBeNull()
    expect((await get('items')).body.items).toHaveLength(8)
    expect((await get('items?cursor=8')).body).toEqual({ items: [], next_cursor: null })
  })

  test('items are chosen by status, department and whether they are late', async () => {
    await post(Array.from({ length: 6 }, (_, index) => ({ source: 'hotline', title: `标题${index + 1}` })))
    await dispatched([1, 3], '市农业农村委员会', '2h')
    await dispatched([4], '市农业农村委员会')
    await dispatched([5], '市商务委员会', '2h')
    const listed = async (query: string) => {
      const { status, body } = await get(`items?${query}`)
      return status === 200 ? (body.items as ItemJson[]).map(({ code }) => code) : body
    }
    expect(await listed('overdue=1')).toEqual([])
    now += 2 * 60 * 60_000 + 1
    expect(await listed('status=triage')).toEqual([2, 6])
    expect(await listed('status=triage,open')).toEqual([1, 2, 3, 4, 5, 6])
    expect(await listed('status=closed')).toEqual([])
    expect(await listed(`department=${encodeURIComponent('农业农村委')}`)).toEqual([1, 3, 4])
    expect(await listed('overdue=1')).toEqual([1, 3, 5])
    expect(await listed('overdue=true&limit=2')).toEqual([1, 3])
    expect(await listed('overdue=0')).toEqual([2, 4, 6])
    expect(
      await listed(`overdue=0&limit=1&cursor=2&department=${encodeURIComponent('市农业农村委员会')}`),
    ).toEqual([4])
    expect(await listed(`overdue=1&department=${encodeURIComponent('商务委')}&status=open`)).toEqual([5])
    const late = (await get('items/1')).body.assignments[0]
    expect([late.overdue, late.status]).toEqual([true, 'sent'])
  })

  test.each([
    ['items?status=opne', 'status'],
    ['items?limit=0', 'limit'],
    ['items?limit=101', 'limit'],
    ['items?cursor=abc&overdue=maybe', 'overdue, cursor'],
    ['items?departement=x', 'departement'],
    ['items?status=open&status=done', 'status'],
    ['items/1?private=yes', 'private'],
    ['status?private=1', 'private'],
  ])('%s is refused with what is wrong', async (path, names) => {
    const { status, body } = await get(path)
    expect([status, body]).toEqual([400, { error: `参数无法识别或填写有误：${names}。` }])
  })

  test('a department that is none, or could be several, is said', async () => {
    const unknown = await get(`items?department=${encodeURIComponent('火星局')}`)
    expect([unknown.status, unknown.body.error]).toEqual([
      400,
      expect.stringContaining('没有找到单位“火星局”'),
    ])
    const several = await get(`items?department=${encodeURIComponent('委员会')}`)
    expect([several.status, several.body.error]).toEqual([400, expect.stringContaining('对应多个单位')])
  })

  test('the totals have the numbers of /status under plain names', async () => {
    await post(Array.from({ length: 4 }, (_, index) => ({ source: 'hotline', title: `标题${index + 1}` })))
    await dispatched([1, 3], '市农业农村委员会', '2h')
    await dispatched([4], '市商务委员会')
    now += 3 * 60 * 60_000
    const { status, body } = await get('status')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      as_of: '2026-11-20T12:00:00+08:00',
      collected: 4,
      waiting: 1,
      dispatched: 3,
      unacknowledged: 3,
      working: 0,
      review: 0,
      resolved: 0,
      mostly_resolved: 0,
      in_progress: 0,
      overdue: 2,
      rate_3wd: { n: 0, m: 0 },
      rate_7d: { n: 0, m: 0 },
    })
    expect(
      body.departments.map((row: Record<string, unknown>) => [row.department, row.dispatched, row.overdue]),
    ).toEqual([
      ['市农业农村委员会', 2, 2],
      ['市商务委员会', 1, 0],
    ])
  })
})

describe('in English', () => {
  test('the answers are English', async () => {
    await serve({ more: { LOCALE: 'en' } })
    const { status, body } = await post([{ title: 'Classes too fast', source: 'phone' }])
    expect([status, body.error]).toEqual([400, '1 fault; nothing was changed.'])
    expect(body.faults[0].message).toContain('choose hotline, public_account')
    expect((await get('items/9')).body).toEqual({ error: 'There is no such item.' })
  })
})
