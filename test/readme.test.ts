import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { feishuEnv } from '../bots/feishu/index.ts'
import { membershipEvents } from '../bots/feishu/receive/membership.ts'
import { wechatEnv } from '../bots/wechat/config.ts'
import { commands } from '../src/commands/index.ts'
import { coreEnv } from '../src/config.ts'
import { itemStatuses } from '../src/domain/item.ts'
import { nudgeStages } from '../src/domain/nudge-ladder.ts'
import { parsePolicy, policyTable } from '../src/domain/policy.ts'
import { parseDirectoryRows } from '../src/files/directory-rows.ts'
import { parseItemRows } from '../src/files/item-rows.ts'
import { nameFinder, sourceNames, urgencyNames } from '../src/files/names.ts'
import { readPolicies } from '../src/files/policy-file.ts'
import { readCsv } from '../src/files/read-csv.ts'
import { en } from '../src/messages/wording/en.ts'
import { zhCN } from '../src/messages/wording/zh-cn.ts'
import { operatorCommands } from '../src/operator/index.ts'

const root = path.join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)
const defaults = Object.entries(parseEnv(read('.env.example')))
const variables = [coreEnv, feishuEnv, wechatEnv].flatMap((part) => Object.keys(part.in.shape))
const events = ['im.message.receive_v1', ...Object.keys(membershipEvents), 'card.action.trigger']
const placeholder = /[<…]/
const timezone = 'Asia/Shanghai'

const readmes = [
  { file: 'README.md', other: 'README.zh-CN.md' },
  { file: 'README.zh-CN.md', other: 'README.md' },
]

describe.each(readmes)('$file', ({ file, other }) => {
  const text = read(file)
  const rows = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('| '))
  const codes = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)

  test('links to the other one', () => {
    expect(text).toContain(`](${other})`)
  })

  test('names every script, and none that there is not', () => {
    const named = codes.flatMap(
      (code) => /^npm (?:run )?(demo|test|start|[a-z]+)(?: |$)/.exec(code)?.[1] ?? [],
    )
    const ofNpmItself = ['config', 'install']
    expect([...new Set(named)].filter((name) => !ofNpmItself.includes(name)).sort()).toEqual(scripts.sort())
  })

  test.each(commands.filter(({ hidden }) => !hidden))(
    'has a row for /$name with both its names',
    ({ name }) => {
      if (name === 'form') throw new Error('only the hidden command has no wording')
      const isNamed = (row: string, command: string) => new RegExp(`\`/${command}[ \`]`).test(row)
      const own = rows.filter((row) => isNamed(row, name) && isNamed(row, zhCN.commands[name].name))
      expect(own).not.toEqual([])
      expect(en.commands[name].name).toBe(name)
    },
  )

  test.each(operatorCommands)('has a row for the operator’s command $name with its options', (command) => {
    const row = rows.find((line) => new RegExp(`^\\| \`${command.name}[ \`]`).test(line))
    const kebab = (option: string) => option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    for (const option of Object.keys(command.options)) expect(row).toContain(`--${kebab(option)}`)
    expect(row).toBeDefined()
  })

  test.each(variables)('has a row for %s', (variable) => {
    expect(rows.filter((row) => row.includes(`\`${variable}\``))).toHaveLength(1)
  })

  test.each(defaults.filter(([, value]) => value))('says that %s is %s by default', (variable, value) => {
    expect(rows.find((row) => row.includes(`\`${variable}\``))).toContain(`\`${value}\``)
  })

  test('has the nudge stages in the order of the table', () => {
    const ids = nudgeStages.map(({ id }) => id as string)
    const shown = rows.flatMap((row) => /^\| `([a-z-]+)`/.exec(row)?.[1] ?? [])
    expect(shown.filter((id) => ids.includes(id))).toEqual(ids)
  })

  test('has files of examples that are taken as they stand', () => {
    const blocksOf = (kind: string) =>
      [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block)
    const [directory = '', items = ''] = blocksOf('csv')
    expect(parseDirectoryRows(readCsv(directory))).toMatchObject({ faults: [], ignored: [] })
    expect(parseItemRows(readCsv(items), { timezone, sources: sourceNames })).toMatchObject({
      rows: [{ external_id: 'H-1' }],
      faults: [],
      ignored: [],
    })
    expect(blocksOf('json').map((block) => Object.keys(readPolicies(block)))).toEqual([['rows']])
  })

  test('names every source and urgency', () => {
    for (const [key, [name]] of Object.entries({ ...sourceNames, ...urgencyNames })) {
      expect(text).toContain(`${name} \`${key}\``)
    }
  })

  test('names every status that the API may be asked for', () => {
    const row = rows.find((line) => line.includes('`GET /api/v1/items?'))
    for (const status of itemStatuses) expect(row).toContain(status)
  })

  test('has the time limits of the table', () => {
    const findSource = nameFinder(sourceNames)
    const shown = rows.flatMap((row) => {
      const [, names = '', , limit = ''] = row.split('|').map((cell) => cell.trim())
      const sources = names.split(/, |、/).map(findSource)
      const [amount] = /^\d+ (?:working days|hours|个工作日|小时)/.exec(limit) ?? []
      return sources.includes(null) ? [] : [{ sources, policy: parsePolicy(amount ?? '', timezone) }]
    })
    expect(shown).toEqual(policyTable.map(({ sources, policy }) => ({ sources, policy })))
  })

  test('names only metrics that there are', () => {
    const named = codes.flatMap((code) => /^duban_\w+/.exec(code)?.[0] ?? [])
    expect(named).not.toEqual([])
    for (const name of named) expect(read('src/metrics.ts')).toContain(`'${name}'`)
  })

  test.each(events)('has the operator subscribe to %s', (event) => {
    expect(codes).toContain(event)
  })

  test('explains every scope of the list that is imported', () => {
    const list = /\{ "scopes".*?\] \} \}/s.exec(text)?.[0] ?? ''
    const { scopes } = JSON.parse(list) as { scopes: { tenant: string[]; user: string[] } }
    expect(scopes.user).toEqual([])
    const isScope = (code: string) => /^(im|contact):/.test(code)
    const explained = rows.flatMap((row) => row.match(/(?<=`)[^`|]+(?=`)/g) ?? []).filter(isScope)
    expect([...new Set(explained)].sort()).toEqual(scopes.tenant.toSorted())
  })

  test('names only files and folders that exist', () => {
    const folders = /^(?:src|bots|jobs|migrations|sandbox|bench|scripts|test|docs)(?:\/|$)|^\.env\.example$/
    const named = codes.filter((code) => folders.test(code) && !placeholder.test(code) && !code.includes(' '))
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([])
  })

  test('links to files and headings that exist', () => {
    const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
    const own = targets.filter((target) => !/^https?:/.test(target))
    const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
    const broken = own.filter((target) =>
      target.startsWith('#') ? !anchors.includes(target.slice(1)) : !existsSync(path.join(root, target)),
    )
    expect(broken).toEqual([])
  })
})

test('both have the same headings, tables, lists, pictures and blocks of code', () => {
  const [english, chinese] = readmes.map(({ file }) => skeletonOf(read(file)))
  expect(chinese).toEqual(english)
})

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-')
}

/** What each line is, prose left out. */
function skeletonOf(text: string): string[] {
  let isCode = false
  return text.split('\n').flatMap((line) => {
    const fence = /^\s*```(.*)$/.exec(line)
    if (fence) {
      isCode = !isCode
      return isCode ? [`code ${fence[1]}`] : []
    }
    if (isCode) return ['  line']
    const [, kind] = /^\s*(#{1,6}(?= )|\||-(?= )|\d\.(?= )|!\[)/.exec(line) ?? []
    if (kind === undefined) return []
    return [kind === '|' ? `row of ${line.split(/(?<!\\)\|/).length - 2}` : kind]
  })
}
