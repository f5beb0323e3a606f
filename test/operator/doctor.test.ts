import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { checkFeishu } from '../../bots/feishu/doctor.ts'
import { checkRedis } from '../../jobs/doctor.ts'
import { useRedis } from '../support/redis.ts'
import { testApp, testSandbox } from '../support/sandbox.ts'
import { appBeside } from './app.ts'
import { deskWithDirectory, friday, type TestDesk, testDesk } from './desk.ts'

/** The line of that name, and the advice below it. */
function lineOf(out: string, name: string): string {
  const lines = out.split('\n')
  const from = lines.findIndex((line) => /^[✓!✗] /.test(line) && line.slice(2).startsWith(name))
  if (from < 0) throw new Error(`nothing about ${name} in:\n${out}`)
  const until = lines.findIndex((line, index) => index > from && !line.startsWith('  '))
  return lines
    .slice(from, until)
    .map((line) => line.trim())
    .join('\n')
}

/** A bot that answers /readyz so. */
async function readyz(status: number, body: unknown): Promise<Record<string, string>> {
  const server = createServer((_request, reply) => {
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return { HTTP_PORT: String((server.address() as AddressInfo).port) }
}

async function deliveryOf(
  desk: TestDesk,
  row: { status: 'refused' | 'pending'; error: string | null; at: number },
) {
  const { write } = await desk.db()
  const { id } = await write
    .selectFrom('departments')
    .select('id')
    .where('name', '=', '市商务委员会')
    .executeTakeFirstOrThrow()
  await write
    .insertInto('deliveries')
    .values({
      created_at: row.at,
      op: 'send',
      kind: 'dispatch',
      platform: 'feishu',
      chat_id: 'oc_trade',
      account: null,
      department_id: id,
      target_id: null,
      target_message_id: null,
      feedback_id: null,
      in_thread: 0,
      payload: '{}',
      status: row.status,
      attempts: 1,
      next_attempt_at: row.at,
      claimed_at: null,
      sent_at: null,
      message_id: null,
      error: row.error,
      dedupe_key: null,
    })
    .execute()
}

const complete = `单位,平台,群,姓名,账号,角色
工作专班,飞书,oc_force,陈组长,ou_chen,专班
市商务委员会,飞书,oc_trade,吴联络,ou_wu,联络员
`
/** Long before the calendar's end. */
const spring = Date.parse('2026-04-01T10:00:00+08:00')

describe('doctor', () => {
  test('finds nothing wrong with what is in order', async () => {
    const env = await readyz(200, { ok: true, checks: { database: { ok: true } } })
    const desk = await testDesk({ now: spring, env })
    await desk.run('directory', await desk.file('directory.csv', complete))
    const { code, out, err } = await desk.run('doctor')
    expect(out).not.toMatch(/^[!✗]/m)
    expect(out.match(/^✓/gm)).toHaveLength(10)
    expect(out).toMatch(/\n\n一切正常。\n$/)
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test('names every fault of the configuration, and looks at what it still can', async () => {
    const desk = await testDesk({
      env: { HTTP_PORT: 'x' },
      outside: {
        configFaults: () => ['HTTP_PORT must be a port number', 'FEISHU_DOMAIN must be a base URL'],
      },
    })
    const { code, out } = await desk.run('doctor')
    expect(code).toBe(1)
    expect(out.match(/^✗ 配置/gm)).toHaveLength(2)
    expect(lineOf(out, '配置')).toContain('HTTP_PORT must be a port number')
    expect(lineOf(out, '飞书')).toMatch(/^✓/)
    expect(out).toContain('有 2 处故障。')
  })

  test('says before the first start that there is no database, which is no fault', async () => {
    const desk = await testDesk()
    const { code, out } = await desk.run('doctor')
    expect(lineOf(out, '数据库')).toMatch(/^! .*duban\.db 还不存在\n→ 首次启动机器人时自动建立$/)
    expect(lineOf(out, '机器人')).toMatch(/^! .*没有运行/)
    expect(out).not.toContain('通讯录')
    expect(code).toBe(0)
  })

  test('finds a damaged database', async () => {
    const desk = await deskWithDirectory()
    await writeFile(
      path.join(desk.folder, 'data/duban.db'),
      'not a database at all, but long enough to be read',
    )
    const { code, out } = await desk.run('doctor')
    expect(code).toBe(1)
    expect(lineOf(out, '数据库')).toMatch(/^✗ .*无法使用：.*→ 请停止机器人，用最近的备份恢复$/s)
  })

  test('warns of the calendar’s end within 60 days, with the year to load', async () => {
    const desk = await deskWithDirectory({ now: friday })
    const { code, out } = await desk.run('doctor')
    expect(code).toBe(0)
    expect(lineOf(out, '工作日历')).toBe(
      '! 工作日历  只到 2026 年底，还有 41 天\n→ 请载入 2027 年安排：npm run duban -- calendar <文件>',
    )
    const later = await deskWithDirectory({ now: Date.parse('2027-01-04T10:00:00+08:00') })
    expect(lineOf((await later.run('doctor')).out, '工作日历')).toMatch(/^✗ .*只到 2026 年底，今天已不在其内/)
  })

  test('names departments without a group or a contact', async () => {
    const desk = await deskWithDirectory({ now: spring })
    const { out } = await desk.run('doctor')
    expect(lineOf(out, '通讯录')).toContain('没有群：市教育委员会')
    expect(out).toContain('没有联络员：市教育委员会')
    expect(out).toContain('没有故障，有 3 处需要留意。')
  })

  test('says where nobody is a lead', async () => {
    const desk = await testDesk({ now: spring })
    await desk.run('directory', await desk.file('d.csv', complete.replace(/工作专班.*\n/, '')))
    expect(lineOf((await desk.run('doctor')).out, '通讯录')).toMatch(/^! .*还没有专班人员/)
  })

  test('tells which messages did not arrive and which wait too long', async () => {
    const desk = await deskWithDirectory({ now: friday })
    const hour = 60 * 60 * 1000
    await deliveryOf(desk, { status: 'refused', error: 'bot-not-in-chat', at: friday - hour })
    await deliveryOf(desk, { status: 'refused', error: 'bot-not-in-chat', at: friday - 2 * hour })
    await deliveryOf(desk, { status: 'refused', error: 'chat-dissolved', at: friday - 24 * 8 * hour })
    await deliveryOf(desk, { status: 'pending', error: null, at: friday - hour })
    await deliveryOf(desk, { status: 'pending', error: null, at: friday - 1000 })
    const { out } = await desk.run('doctor')
    expect(lineOf(out, '消息')).toBe(
      [
        '! 消息      近7天有 2 条未送达：',
        '市商务委员会　机器人不在群内，请将机器人重新加入该群　2 条',
        '→ 消除原因后将机器人重新拉入该群，未办结的事项自动补发',
      ].join('\n'),
    )
    expect(out).toContain('1 条等待发送，最久已等 60 分钟')
  })

  test('tells what of a running bot is not usable', async () => {
    const env = await readyz(503, {
      ok: false,
      checks: { database: { ok: true }, redis: { ok: false, detail: 'away' } },
    })
    const desk = await testDesk({ env })
    expect(lineOf((await desk.run('doctor')).out, '机器人')).toMatch(/^! .*不可用：redis（away）/)
  })

  test.each([
    [{ ok: false, reason: 'connect ECONNREFUSED' }, '✗', '无法连接：connect ECONNREFUSED', 1],
    [{ ok: true, version: '5.0.7', evictionPolicy: 'noeviction' }, '✗', '版本 5.0.7 过低', 1],
    [
      { ok: true, version: '7.2.4', evictionPolicy: 'allkeys-lru' },
      '!',
      'maxmemory-policy 为 allkeys-lru',
      0,
    ],
  ] as const)('says of a Redis that is %j: %s', async (state, mark, text, exitCode) => {
    const desk = await testDesk({ outside: { checkRedis: async () => state } })
    const { code, out } = await desk.run('doctor')
    expect(lineOf(out, 'Redis')).toContain(text)
    expect(lineOf(out, 'Redis').startsWith(mark)).toBe(true)
    expect(code).toBe(exitCode)
  })

  test.each([
    ['off', '! 飞书      未配置', 0],
    [{ ok: false, why: 'refused', reason: 'code 10014' }, '✗ 飞书      飞书拒绝：code 10014', 1],
    [
      { ok: false, why: 'away', reason: 'no answer within 5 s' },
      '✗ 飞书      无法连接：no answer within 5 s',
      1,
    ],
  ] as const)('says of a Feishu that is %j', async (state, text, exitCode) => {
    const desk = await testDesk({ outside: { checkFeishu: async () => state } })
    const { code, out } = await desk.run('doctor')
    expect(lineOf(out, '飞书')).toContain(text)
    expect(code).toBe(exitCode)
  })

  test('speaks English', async () => {
    const desk = await deskWithDirectory({ locale: 'en', now: friday })
    const { out } = await desk.run('doctor')
    expect(lineOf(out, 'Calendar')).toBe(
      '! Calendar       ends with 2026, in 41 days\n→ load 2027: npm run duban -- calendar <file>',
    )
    expect(out).toContain('Nothing is broken; ')
  })

  test('changes nothing', async () => {
    const desk = await deskWithDirectory()
    const { app } = await appBeside(desk)
    const all = () => app.db.read.selectFrom('events').selectAll().execute()
    const before = await all()
    await desk.run('doctor')
    expect(await all()).toEqual(before)
  })
})

describe('checkFeishu', () => {
  const config = { appId: testApp.app_id, appSecret: testApp.app_secret, transport: { kind: 'ws' } as const }

  test('gets the bot’s name', async () => {
    const sandbox = await testSandbox()
    expect(await checkFeishu({ ...config, domain: sandbox.origin })).toEqual({
      ok: true,
      bot: testApp.botName,
    })
  })

  test('tells wrong credentials from a Feishu that is away, and never the secret', async () => {
    const sandbox = await testSandbox()
    const wrong = await checkFeishu({ ...config, appSecret: 'not-the-secret', domain: sandbox.origin })
    expect(wrong).toMatchObject({ ok: false, why: 'refused' })
    expect(JSON.stringify(wrong)).not.toContain('not-the-secret')
    const away = await checkFeishu({ ...config, domain: 'http://127.0.0.1:1' })
    expect(away).toMatchObject({ ok: false, why: 'away' })
  })

  test('gives up in time', async () => {
    const sandbox = await testSandbox()
    sandbox.setFaults({ latencyMs: 3_000 })
    const state = await checkFeishu({ ...config, domain: sandbox.origin }, 100)
    expect(state).toEqual({ ok: false, why: 'away', reason: 'no answer within 0.1 s' })
  })
})

describe('checkRedis', () => {
  const redis = useRedis()

  test('tells the version and the eviction policy', async () => {
    expect(await checkRedis(redis.url)).toEqual({
      ok: true,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      evictionPolicy: 'noeviction',
    })
  })

  test('tells that nobody is there, and never the password', async () => {
    const state = await checkRedis('redis://user:hunter2@127.0.0.1:1')
    expect(state).toEqual({ ok: false, reason: expect.stringContaining('ECONNREFUSED') })
    expect(JSON.stringify(state)).not.toContain('hunter2')
  })

  test('tells that the password is wrong', async () => {
    const state = await checkRedis(redis.url.replace('redis://', 'redis://user:hunter2@'))
    expect(state).toMatchObject({ ok: false })
    expect(JSON.stringify(state)).not.toContain('hunter2')
  })
})
