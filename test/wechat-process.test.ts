import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { noteLine, noteOutput } from '../chaos/support/log-lines.ts'
import { quickStart } from '../chaos/support/quick-start.ts'
import { testFolder } from './support/database.ts'
import { useRedis } from './support/redis.ts'

const redis = useRedis()
const root = path.join(import.meta.dirname, '..')
const main = path.join(root, 'src/main.ts')

/** Tells on stderr of every module of wechaty, and of its bot, that is loaded. */
const watch = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({
    resolve(name, context, next) {
      const found = next(name, context)
      if (/node_modules\\/wechaty|bots\\/wechat/.test(found.url)) process.stderr.write('loads ' + found.url + '\\n')
      return found
    },
  })
`)}`

/** The real process; its output, and its end. */
async function run(args: string[], env: Record<string, string>) {
  const folder = await testFolder()
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      DATABASE_URL: `file:${folder}/duban.db`,
      DATA_DIR: `${folder}/data`,
      REDIS_URL: redis.url,
      HTTP_PORT: '0',
      LOG_LEVEL: 'trace',
      ...quickStart,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const output = { out: '', err: '' }
  createInterface({ input: child.stdout }).on('line', noteLine)
  createInterface({ input: child.stderr }).on('line', noteOutput)
  child.stdout.on('data', (piece) => {
    output.out += piece
  })
  child.stderr.on('data', (piece) => {
    output.err += piece
  })
  const serves = async () => {
    await expect.poll(() => output.out + output.err, { timeout: 30_000 }).toContain('duban serves')
  }
  return { child, ended, output, serves }
}

const feishu = {
  FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718',
  FEISHU_APP_SECRET: 'sandbox-secret',
  FEISHU_DOMAIN: 'http://127.0.0.1:9',
}

/** What of WeChat every start may load: what reads the configuration. */
const light = ['bots/wechat/config.ts', 'bots/wechat/installed.ts']

function loadedIn(text: string): string[] {
  return [...text.matchAll(/^loads (.*)$/gm)].map(([, url = '']) => url)
}

test('who has Feishu alone does not load wechaty', async () => {
  const { child, ended, output, serves } = await run(['--import', watch, main], feishu)
  await serves()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  const heavy = loadedIn(output.err).filter((url) => !light.some((file) => url.endsWith(file)))
  expect(heavy).toEqual([])
  expect(loadedIn(output.err)).toHaveLength(light.length)
})

test('who has WeChat loads it, and ends in order', async () => {
  const { child, ended, output, serves } = await run(['--import', watch, main], {
    WECHATY_PUPPET: 'wechaty-puppet-mock',
  })
  await serves()
  expect(loadedIn(output.err).some((url) => url.includes('/node_modules/wechaty/'))).toBe(true)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a puppet that is not installed is told in one line', async () => {
  const { ended, output } = await run([main], { WECHATY_PUPPET: 'wechaty-puppet-of-nobody' })
  expect(await ended).toBe(1)
  expect(output.err).toContain('npm install wechaty-puppet-of-nobody')
  expect(output.err).not.toContain('    at ')
})

test('a gateway that stays away ends the process with a failure, for its supervisor', async () => {
  const timing = {
    attemptMs: 500,
    closeMs: 50,
    startMs: 50,
    firstPauseMs: 1,
    longestPauseMs: 1,
    longestLossMs: 0,
  }
  const script = `
    import { startDuban, stopAtSignals } from ${JSON.stringify(main)}
    stopAtSignals(await startDuban(process.env, { wechat: { timing: ${JSON.stringify(timing)} } }))
  `
  const { ended, output } = await run(['--input-type=module', '--eval', script], {
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_TOKEN: 'insecure_0123456789',
    WECHATY_ENDPOINT: '127.0.0.1:9',
  })
  expect(await ended).toBe(1)
  expect(output.out).toContain('duban has stopped')
  expect(output.out).toContain('"level":"fatal"')
  expect(output.out + output.err).not.toContain('insecure_0123456789')
})
