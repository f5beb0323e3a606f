import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { jobs } from '../jobs/index.ts'
import { commands } from '../src/commands/index.ts'

const root = path.join(import.meta.dirname, '..')

interface Import {
  from: string
  /** A path from the root, or the package's name. */
  to: string
}

const files = ['src', 'bots', 'jobs', 'migrations', 'sandbox', 'bench', 'chaos', 'scripts'].flatMap(
  sourcesBelow,
)
const imports = files.flatMap(importsOf)

/** Who may import whom among our own folders; a folder always may import itself. */
const mayImport: Record<string, string[]> = {
  'src/domain': [],
  'src/messages': ['src/domain', 'src/files'],
  'src/files': ['src/domain', 'src/ports.ts'],
  'src/db': ['src/domain', 'src/messages', 'src/ports.ts', 'migrations'],
  'src/services': ['src/domain', 'src/messages', 'src/db', 'src/files', 'src/ports.ts', 'src/errors.ts'],
  'src/commands': ['src/services', 'src/domain', 'src/messages', 'src/db', 'src/ports.ts', 'src/errors.ts'],
  'src/http': [
    'src/services',
    'src/domain',
    'src/messages',
    'src/db',
    'src/files',
    'src/ports.ts',
    'src/errors.ts',
  ],
  'bots/feishu': ['bots/bot.ts', 'src/messages', 'src/ports.ts'],
  'bots/wechat': ['bots/bot.ts', 'src/messages', 'src/ports.ts'],
  jobs: ['src/ports.ts'],
  migrations: [],
  chaos: ['src', 'bots', 'jobs', 'sandbox'],
}

/** Packages that only these places may know. */
const only: Record<string, string[]> = {
  '@larksuiteoapi/node-sdk': ['bots/feishu/'],
  wechaty: ['bots/wechat/'],
  bullmq: ['jobs/'],
  ioredis: ['jobs/', 'src/operator/'],
  kysely: ['src/db/', 'migrations/'],
  sqlite3: ['src/db/'],
  fastify: ['src/http/', 'sandbox/'],
  'chinese-days': ['src/domain/calendar.ts'],
}

describe('the directions of imports', () => {
  test('are found at all', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(imports).toContainEqual({ from: 'src/main.ts', to: 'src/config.ts' })
  })

  test.each(Object.entries(mayImport))('%s imports only what stands below it', (folder, allowed) => {
    const wrong = imports.filter(
      ({ from, to }) =>
        within(from, folder) &&
        isOurs(to) &&
        !within(to, folder) &&
        !allowed.some((place) => within(to, place)),
    )
    expect(wrong).toEqual([])
  })

  test('only the composition roots know bots and jobs', () => {
    const roots = ['src/main.ts', 'src/cli.ts', 'src/operator']
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith('src/') &&
        (within(to, 'bots') || within(to, 'jobs')) &&
        !roots.some((place) => within(from, place)),
    )
    expect(wrong).toEqual([])
  })

  test('nothing that is shipped knows the sandbox', () => {
    const shipped = ['src', 'bots', 'jobs', 'migrations']
    const wrong = imports.filter(
      ({ from, to }) => within(to, 'sandbox') && shipped.some((place) => within(from, place)),
    )
    expect(wrong).toEqual([])
  })

  test.each(Object.entries(only))('%s is known only where it belongs', (name, places) => {
    const wrong = imports.filter(
      ({ from, to }) =>
        (to === name || to.startsWith(`${name}/`)) && !places.some((place) => from.startsWith(place)),
    )
    expect(wrong.filter(({ from }) => !from.startsWith('bench/') && !from.startsWith('chaos/'))).toEqual([])
  })

  test('no file of the domain reads a clock or does I/O', () => {
    const wrong = files
      .filter((file) => file.startsWith('src/domain/') || file.startsWith('src/messages/'))
      .filter((file) => /Date\.now|new Date\(\)|from 'node:(fs|net|http)/.test(read(file)))
    expect(wrong).toEqual([])
  })
})

describe('the lists', () => {
  test('every command of the folder is in the list', () => {
    const shared = [
      'argument-fault',
      'audience',
      'bare-words',
      'command',
      'department-words',
      'directory-words',
      'here',
      'index',
      'lead-words',
      'names',
      'paging',
      'plain-words',
      'quoted',
      'replacement',
      'request-words',
      'return-reply',
      'router',
      'words',
    ]
    const inFolder = readdirSync(path.join(root, 'src/commands')).map((file) => path.basename(file, '.ts'))
    expect(commands.map(({ name }) => name).sort()).toEqual(
      inFolder.filter((name) => !shared.includes(name)).sort(),
    )
  })

  test('every job of the folder is in the list', () => {
    const inFolder = readdirSync(path.join(root, 'jobs'))
      .filter((file) => read(path.join('jobs', file)).includes('defineJob({'))
      .map((file) => path.basename(file, '.ts'))
    expect(Object.keys(jobs).sort()).toEqual(inFolder.sort())
  })
})

function sourcesBelow(folder: string): string[] {
  const full = path.join(root, folder)
  if (!statSync(full, { throwIfNoEntry: false })) return []
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file))
}

function importsOf(file: string): Import[] {
  const found = read(file).matchAll(/(?:^|\n)(?:import|export)\s[^;'"]*?from '([^']+)'|import\('([^']+)'\)/g)
  return [...found].map(([, fixed, dynamic]) => {
    const to = fixed ?? dynamic ?? ''
    return { from: file, to: to.startsWith('.') ? path.join(path.dirname(file), to) : to }
  })
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

function within(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`)
}

function isOurs(to: string): boolean {
  return /^(src|bots|jobs|migrations|sandbox|bench|chaos|scripts|test)\//.test(to)
}
