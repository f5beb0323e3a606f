import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { noteOutput } from '../../chaos/support/log-lines.ts'
import { quickStart } from '../../chaos/support/quick-start.ts'
import { testFolder } from '../support/database.ts'

const cli = path.join(import.meta.dirname, '../../src/cli.ts')

/** Runs `duban` as a process of its own, in `folder`, with nobody there to talk to. */
async function duban(folder: string, words: string[], env: NodeJS.ProcessEnv = {}) {
  const options = {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: 'file:data/duban.db',
      REDIS_URL: 'redis://127.0.0.1:1',
      HTTP_PORT: '1',
      ...quickStart,
      ...env,
    },
  }
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [cli, ...words], options, (error, stdout, stderr) => {
      for (const line of `${stdout}\n${stderr}`.split('\n')) noteOutput(line)
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}

describe('as a process', () => {
  test('imports, shows the status and exports, each with exit code 0', async () => {
    const folder = await testFolder()
    await writeFile(path.join(folder, 'items.csv'), '来源,标题\n专家,路口积水\n')
    expect(await duban(folder, ['import', 'items.csv'])).toEqual({
      code: 0,
      stdout: 'items.csv：新增 1 项，已在库 0 项。\n督办编号 #1。\n',
      stderr: '',
    })
    const status = await duban(folder, ['status'], { LOCALE: 'en' })
    expect(status).toMatchObject({ code: 0, stderr: '' })
    expect(status.stdout).toMatch(/\nCollected +1\n/)
    const { stdout } = await duban(folder, ['export', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject([{ code: 1, title: '路口积水' }])
  })

  test('takes bad input with exit code 1 and a plain message on stderr', async () => {
    const folder = await testFolder()
    await writeFile(path.join(folder, 'items.csv'), '来源,标题\n热线,\n')
    const { code, stdout, stderr } = await duban(folder, ['import', 'items.csv'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('第 2 行　标题：必填')
    expect(stderr).not.toMatch(/\n\s+at /)
    const config = await duban(folder, ['status'], { LOCALE: 'fr' })
    expect(config).toEqual({
      code: 1,
      stdout: '',
      stderr: '配置有误：\n  LOCALE must be zh-CN or en\n写法见 .env.example。\n',
    })
  })

  test('reads .env, and the doctor finds that nobody is there', async () => {
    const folder = await testFolder()
    await writeFile(path.join(folder, '.env'), 'LOCALE=en\nFEISHU_APP_ID=cli_a1b2c3d4e5f60718\n')
    const { code, stdout, stderr } = await duban(folder, ['doctor'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('✗ Configuration  FEISHU_APP_SECRET is missing while FEISHU_APP_ID is set')
    expect(stdout).toMatch(/✗ Redis {10}can't be reached: connect ECONNREFUSED 127\.0\.0\.1:1/)
    expect(stdout).toContain('2 faults')
  })

  test('finds files where the operator stands, wherever npm runs it', async () => {
    const folder = await testFolder()
    const elsewhere = await testFolder()
    await writeFile(path.join(elsewhere, 'items.csv'), '来源,标题\n专家,路口积水\n')
    const npm = { npm_lifecycle_event: 'duban', INIT_CWD: elsewhere }
    expect(await duban(folder, ['import', 'items.csv'], npm)).toMatchObject({ code: 0 })
    // npm's own lines would spoil what is piped: said, unless npm was told to be silent.
    const piped = await duban(folder, ['export'], npm)
    expect(piped.stderr).toContain('npm run -s duban -- export')
    expect(await duban(folder, ['export'], { ...npm, npm_config_loglevel: 'silent' })).toMatchObject({
      stderr: '',
    })
  })
})
