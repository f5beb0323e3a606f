import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { feishuAbilities } from '../../bots/feishu/abilities.ts'
import { wechatAbilities } from '../../bots/wechat/abilities.ts'
import { openJobs } from '../../jobs/open-jobs.ts'
import { wakeBot } from '../../jobs/wake.ts'
import { coreEnv, loadConfig } from '../../src/config.ts'
import { createLogger } from '../../src/log.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { runOperator } from '../../src/operator/run.ts'
import { createTerminal } from '../../src/operator/terminal/terminal.ts'
import { testFolder } from '../support/database.ts'
import { testWorld, type World } from '../support/duban.ts'
import { useRedis } from '../support/redis.ts'

/** Runs `duban` on the running bot's database and Redis, at the bot's own time. */
async function operator(world: World, words: string[]): Promise<{ code: number; said: string }> {
  const pieces: string[] = []
  const stream = new Writable({
    write(piece, _encoding, done) {
      pieces.push(String(piece))
      done()
    },
  })
  const config = () => loadConfig(world.env, { core: coreEnv }).core
  const code = await runOperator(words, {
    terminal: createTerminal(stream, stream),
    voice: createVoice(config().locale, config().hours.timezone, world.clock),
    clock: world.clock,
    folder: await testFolder(),
    hasPreamble: false,
    config,
    abilities: (locale) => ({ feishu: feishuAbilities, wechat: wechatAbilities(locale) }),
    outside: {
      configFaults: () => [],
      checkRedis: async () => ({ ok: false, reason: 'not asked' }),
      checkFeishu: async () => 'off',
      checkWechat: async () => 'off',
      wakeBot: () => wakeBot(config().redisUrl),
    },
  })
  return { code, said: pieces.join('') }
}

describe('beside a running bot', () => {
  test('what import dispatches reaches each group, one card for all', async () => {
    const world = await testWorld()
    const file = path.join(await testFolder(), 'items.csv')
    await writeFile(
      file,
      '编号,来源,标题,主办单位\n1,专家,蔬菜滞销,农业农村委\n2,专家,菜价,农业农村委\n3,专家,口罩,商务委\n',
    )
    const { code, said } = await operator(world, ['import', file, '--dispatch'])
    expect(code, said).toBe(0)
    const list = await world.seen(world.agriculture, '蔬菜滞销', '菜价')
    await world.seen(world.commerce, '口罩')
    expect(world.posts(world.agriculture)).toEqual([list])
    await world.settled()

    expect((await operator(world, ['import', file, '--dispatch'])).said).toContain('新增 0 项，已在库 3 项。')
    await world.settled()
    expect(world.posts(world.agriculture)).toHaveLength(1)
  })

  test('a year that calendar loads is the running bot’s calendar too', async () => {
    const world = await testWorld()
    expect(world.duban.app.office().calendar.covers('2027-06-01')).toBe(false)
    const file = path.join(await testFolder(), '2027.csv')
    await writeFile(file, '日期,类型\n2027-01-01,放假\n2027-05-01,放假\n2027-10-01,放假\n')
    expect(await operator(world, ['calendar', file])).toMatchObject({ code: 0 })
    await world.sandbox.waitFor(
      () => world.duban.app.office().calendar.covers('2027-06-01'),
      'the bot to know 2027',
    )
  })
})

describe('wakeBot', () => {
  const redis = useRedis()

  test('has the bot sweep', async () => {
    const prefix = `wake-${randomUUID().slice(0, 8)}`
    const log = createLogger({ level: 'silent' })
    const jobs = openJobs({ redisUrl: redis.url, clock: { now: Date.now }, log, prefix })
    onTestFinished(() => jobs.stop(0))
    expect(await wakeBot(redis.url, prefix)).toBe(true)
    expect(await wakeBot(redis.url, prefix)).toBe(true)
    await expect.poll(async () => (await jobs.counts())?.sweep.waiting).toBe(2)
    let sweeps = 0
    jobs.start({
      deliver: async () => undefined,
      nudge: async () => {},
      fetch: async () => {},
      digest: async () => {},
      announce: async () => {},
      export: async () => undefined,
      sweep: async () => {
        sweeps += 1
      },
    })
    await expect.poll(() => sweeps).toBeGreaterThanOrEqual(2)
  })

  test('says where Redis is away', async () => {
    expect(await wakeBot('redis://127.0.0.1:1')).toBe(false)
  })
})
