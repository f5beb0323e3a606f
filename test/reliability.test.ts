import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../chaos/scenarios.ts'

const root = path.join(import.meta.dirname, '..')
const ours = /^(?:bots|chaos|jobs|sandbox|scripts|src|test)\/[\w./-]+$/

const reports = [
  { file: 'RELIABILITY.md', other: 'RELIABILITY.zh-CN.md' },
  { file: 'RELIABILITY.zh-CN.md', other: 'RELIABILITY.md' },
]

describe.each(reports)('$file', ({ file, other }) => {
  const text = readFileSync(path.join(root, file), 'utf8')
  const codes = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  const rows = text.split('\n').filter((line) => line.startsWith('| '))

  test('links to the other one', () => {
    expect(text).toContain(`](${other})`)
  })

  test('names no file that there is not', () => {
    const named = codes.filter((code) => ours.test(code))
    expect(named.filter((code) => !existsSync(path.join(root, code)))).toEqual([])
    expect(named.length).toBeGreaterThan(20)
  })

  test.each(scenarios)('has the figures of $name, and nothing lost or doubled', ({ name }) => {
    const row = rows.find((line) => line.startsWith(`| \`${name}\` |`))
    const [, , faults, operations, lost, doubled] = row?.split('|').map((cell) => cell.trim()) ?? []
    expect([Number(faults?.replaceAll(',', '')), Number(operations?.replaceAll(',', ''))]).not.toContain(NaN)
    expect([lost, doubled]).toEqual(['0', '0'])
  })
})

test('both name the same files', () => {
  const [files, others] = reports.map(({ file }) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    const codes = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
    return codes.filter((code) => ours.test(code)).sort()
  })
  expect(files).toEqual(others)
})
