import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { analyse } from 'scslre'
import { beforeAll, expect, test } from 'vitest'
import { parseAst } from 'vitest/node'
import { pumpsOf, stepsOf } from './support/backtracking.ts'
import type { Made } from './support/made-expressions.ts'

const root = path.join(import.meta.dirname, '..')
const folders = ['src', 'bots', 'jobs', 'migrations', 'sandbox', 'scripts', 'chaos', 'bench']

/** Where a regular expression stands, or is put together. */
const literals: Made[] = []
const constructions: string[] = []
let made: Made[]

beforeAll(async () => {
  for (const file of folders.flatMap(sourcesBelow)) look(file)
  made = await madeBy([...new Set(constructions.map((place) => place.replace(/:\d+$/, '')))])
})

test('they are found, and each that is put together was', () => {
  expect(literals.length).toBeGreaterThan(300)
  expect(made.length).toBeGreaterThan(100)
  expect(new Set(made.map(({ place }) => place))).toEqual(new Set(constructions))
})

test('none takes longer than the text is long, wherever in it a match may begin', () => {
  const slow = [...literals, ...made].flatMap(({ place, source, flags }) => {
    // What repeats nothing without end takes no longer.
    if (!/[*+]|,\}/.test(source)) return []
    return slownessOf(source, flags).map((why) => `${place} /${source}/${flags}: ${why}`)
  })
  expect(slow).toEqual([])
})

test.each(['^(.*)\\s+$', '(?:a+)+b', '\\d+x', '\\s+$', '(?<!\\d)(?:\\d+号)+\\d+室', '(?:ab)+c'])(
  '/%s/ would be found',
  (source) => {
    expect(slownessOf(source, 'gu')).not.toEqual([])
  },
)

/** What scslre knows is slow of one character again and again; what is of several takes more and more steps. */
function slownessOf(source: string, flags: string): string[] {
  const { reports, parsed } = analyse({ source, flags })
  return [
    ...reports.map(({ type, character }) => `${type} of ${character.pick}`),
    ...pumpsOf(parsed.pattern, flags)
      .filter(({ before, word }) => {
        const steps = (times: number) =>
          stepsOf(parsed.pattern, flags, `${before}${word.repeat(times)}\u0001`)
        return growsFast(steps, 30) && growsFast(steps, 60)
      })
      .map(({ before, word }) => `${before}, then ${word} again and again`),
  ]
}

/** Twice the text, far more than twice the steps. */
function growsFast(steps: (times: number) => number, times: number): boolean {
  return steps(2 * times) > 2.7 * steps(times)
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
    .map((file) => path.join(folder, file))
}

function look(file: string): void {
  const text = readFileSync(path.join(root, file), 'utf8')
  visit(parseAst(text, { lang: file.endsWith('.ts') ? 'ts' : 'js' }))

  function visit(node: unknown): void {
    if (typeof node !== 'object' || node === null) return
    const { type, regex, callee, start } = node as {
      type?: string
      regex?: { pattern: string; flags: string }
      callee?: { name?: string }
      start?: number
    }
    const place = () => `${file}:${text.slice(0, start).split('\n').length}`
    if (type === 'Literal' && regex)
      literals.push({ place: place(), source: regex.pattern, flags: regex.flags })
    if (callee?.name === 'RegExp') constructions.push(place())
    for (const child of Object.values(node)) visit(child)
  }
}

async function madeBy(files: string[]): Promise<Made[]> {
  const worker = new Worker(new URL('./support/made-expressions.ts', import.meta.url), {
    workerData: { root, files },
    execArgv: ['--conditions=production'],
  })
  const [found] = await once(worker, 'message')
  return found
}
