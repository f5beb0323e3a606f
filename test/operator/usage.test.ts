import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { operatorCommands } from '../../src/operator/index.ts'
import { testDesk } from './desk.ts'

const folder = path.join(import.meta.dirname, '../../src/operator')

test('every command of the folder is in the list', () => {
  const inFolder = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'command.ts')
    .filter((file) => readFileSync(path.join(folder, file), 'utf8').includes('defineOperatorCommand({'))
    .map((file) => path.basename(file, '.ts'))
  expect(operatorCommands.map(({ name }) => name).sort()).toEqual(inFolder.sort())
})

describe.each([
  ['zh-CN', '用法：', '查看某一命令的用法'],
  ['en', 'Usage:', 'The usage of one command'],
] as const)('help in %s', (locale, usage, more) => {
  test('lists every command', async () => {
    const desk = await testDesk({ locale })
    const { code, out, err } = await desk.run('--help')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(usage)
    expect(out).toContain(more)
    for (const { name } of operatorCommands) expect(out).toMatch(new RegExp(`\\n {2}${name} .+`))
  })

  test.each(operatorCommands.map(({ name }) => name))('says how to use %s', async (name) => {
    const desk = await testDesk({ locale })
    const { code, out } = await desk.run(name, '--help')
    expect(code).toBe(0)
    expect(out).toContain(`${usage} npm run duban -- ${name}`)
    if (locale === 'zh-CN') expect(out).not.toMatch(/display help|Options:|Arguments:/)
    else expect(out).not.toMatch(/[\u4e00-\u9fff]/)
  })
})

describe('without a command', () => {
  test('there is help, and exit code 1', async () => {
    const desk = await testDesk()
    const { code, out } = await desk.run()
    expect(code).toBe(1)
    expect(out).toContain('命令：')
  })
})

describe('a wrong command line', () => {
  test.each([
    [['imprt', 'x.csv'], '没有“imprt”这个命令。是否指 import？\n查看用法：npm run duban -- --help\n'],
    [['nonsense'], '没有“nonsense”这个命令。\n查看用法：npm run duban -- --help\n'],
    [['import'], '请写明文件名。\n查看用法：npm run duban -- import --help\n'],
    [
      ['import', 'a.csv', 'b.csv'],
      '参数过多，只能写一个文件；文件名中有空格的请加引号。\n查看用法：npm run duban -- import --help\n',
    ],
    [['status', 'now'], '此命令不带参数。\n查看用法：npm run duban -- status --help\n'],
    [
      ['import', 'a.csv', '--skipbad'],
      '没有“--skipbad”这个选项。是否指 --skip-bad？\n查看用法：npm run duban -- import --help\n',
    ],
    [['export', '--out'], '选项 --out <file> 后请写明内容。\n查看用法：npm run duban -- export --help\n'],
  ])('%j is refused', async (words, complaint) => {
    const desk = await testDesk()
    expect(await desk.run(...words)).toEqual({ code: 1, out: '', err: complaint })
  })

  test('is refused in English', async () => {
    const desk = await testDesk({ locale: 'en' })
    expect((await desk.run('statsu')).err).toBe(
      'There is no command "statsu". Did you mean status?\nSee: npm run duban -- --help\n',
    )
  })
})

test('a configuration that is not usable is told with every fault', async () => {
  const desk = await testDesk({ env: { HTTP_PORT: 'x', LOG_LEVEL: 'loud' } })
  const { code, err } = await desk.run('status')
  expect(code).toBe(1)
  expect(err.split('\n').slice(0, 2)).toEqual(['配置有误：', '  HTTP_PORT must be a port number'])
  expect(err).toContain('  LOG_LEVEL ')
})
