import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { en } from '../../src/messages/wording/en.ts'
import { stopped } from '../../src/messages/wording/stopped.ts'
import { zhCN } from '../../src/messages/wording/zh-cn.ts'

type Words = Record<string, unknown>

/** Tables that are read by a name from elsewhere, such as an outcome's or a stage's. */
const tables = [
  'sources',
  'urgencies',
  'itemStatuses',
  'assignmentStatuses',
  'parts',
  'outcomes',
  'roles',
  'nudge.stages',
  'status.totals',
  'events',
  'undelivered.reasons',
  'commands',
  'files.fields',
  'files.faults',
  'files.rowFaults',
  'files.columns',
]

const root = new URL('../..', import.meta.url).pathname
const code = globSync('{src,bots,jobs,sandbox}/**/*.ts', { cwd: root })
  .filter((file) => !file.startsWith('src/messages/wording'))
  .map((file) => readFileSync(`${root}/${file}`, 'utf8'))
  .join('\n')
const named = new Set(code.match(/[\w-]+/g))

describe('every wording', () => {
  const places = placesOf(zhCN)

  test.each(places.map(({ path }) => path).filter((path) => !tables.some((table) => within(path, table))))(
    '%s is used',
    (path) => {
      const names = path.split('.')
      expect(
        names.filter((name) => !named.has(name)),
        'names that no code has',
      ).toEqual([])
      const [last = '', parent] = names.toReversed()
      // `errors.usage` is not used where only `help.usage` is; a table that is taken apart first has its keys alone.
      if (!parent || isTakenApart(parent) || within(path, 'operator')) return
      expect(new RegExp(`\\b${parent}\\.${last}\\b`).test(code), `${parent}.${last}`).toBe(true)
    },
  )

  test('is there in English too, and takes as much', () => {
    expect(placesOf(en).map(shapeOf)).toEqual(places.map(shapeOf))
  })
})

describe('the end of what somebody wrote', () => {
  test.each([
    ['请补充数量', '请补充数量。'],
    ['请补充数量。', '请补充数量。'],
    ['请补充数量；\n', '请补充数量。'],
    ['数量是多少？', '数量是多少？'],
  ])('%s has one stop', (words, ended) => {
    expect(stopped(words, '。')).toBe(ended)
  })

  test('in a sentence of ours', () => {
    expect(zhCN.review.toDepartmentRedo(3, '请补充数量。', '11月25日')).toBe(
      '#3 反馈退回重办：请补充数量。请于11月25日前重新反馈。',
    )
  })
})

describe('the question which item is meant', () => {
  const items = Array.from({ length: 7 }, (_, index) => ({ code: index + 1, title: `标题${index + 1}` }))

  test('names the items, at most five', () => {
    expect(zhCN.ask.which(items.slice(0, 2))).toContain('本单位待办：#1 标题1、#2 标题2。')
    expect(zhCN.ask.which(items)).toContain('#5 标题5 等7项。')
    expect(zhCN.ask.which(items)).not.toContain('#6')
    expect(en.ask.which(items)).toContain('#5 标题5 and 2 more.')
  })
})

interface Place {
  path: string
  value: unknown
}

function placesOf(words: Words, above: string[] = []): Place[] {
  return Object.entries(words)
    .flatMap(([name, value]) => {
      const names = [...above, name]
      const isTable = typeof value === 'object' && value !== null && !Array.isArray(value)
      return isTable ? placesOf(value as Words, names) : [{ path: names.join('.'), value }]
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function shapeOf({ path, value }: Place): string {
  return typeof value === 'function' ? `${path}(${value.length})` : `${path}: ${typeof value}`
}

function within(path: string, table: string): boolean {
  return path.startsWith(`${table}.`)
}

/** `const { columns } = t.status`, `t.forwarded[kind]`, or a table given on as a whole. */
function isTakenApart(name: string): boolean {
  return new RegExp(
    `\\{[^{}\\n]*\\b${name}\\b[^{}\\n]*\\} = |\\b${name}\\[|[= (]t(\\.\\w+)*\\.${name}\\b(?!\\.)`,
  ).test(code)
}
