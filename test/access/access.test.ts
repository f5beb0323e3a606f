import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { named } from '../../src/commands/names.ts'
import type { DeliveryKind } from '../../src/db/schema.ts'
import { en } from '../../src/messages/wording/en.ts'
import { zhCN } from '../../src/messages/wording/zh-cn.ts'
import type { Incoming } from '../../src/ports.ts'
import { everyMessage } from '../bots/wechat/text/messages.ts'
import { buttonsIn, click, filled, shapeOf, text } from './incoming.ts'
import { type Row, rowsOf } from './table.ts'
import {
  accounts,
  agriculture,
  aTown,
  commerce,
  type Department,
  departments,
  marks,
  personal,
  type State,
  type Town,
  taskForce,
  type Who,
} from './town.ts'
import { createTrial, type Outcome } from './trial.ts'

const everybody = Object.keys(accounts) as Who[]
const root = path.join(import.meta.dirname, '..', '..')
const newGroup = 'oc_new'
const places = [`oc_${agriculture}`, `oc_${commerce}`, `oc_${taskForce}`, newGroup, 'private']
const words = rowsOf('Commands')
const plain = rowsOf('Plain words')
const buttons = rowsOf('Buttons and forms')

let town: Town
let attempt: (incoming: Incoming) => Promise<Outcome>
let ids: Record<string, number>

beforeAll(async () => {
  town = await aTown()
  attempt = await createTrial(town.city.app)
  const rows = await town.city.app.db.read
    .selectFrom('person_accounts')
    .select(['account', 'person_id'])
    .execute()
  ids = Object.fromEntries(rows.map(({ account, person_id }) => [account, person_id]))
})

describe.each([
  ['commands', words, spoken],
  ['plain words', plain, spoken],
  ['buttons', buttons, clicked],
] as const)('%s', (_name, rows, incomingOf) => {
  test.each(rows.map((row, turn) => [row.says, row, turn] as const))('%s', async (_says, row, turn) => {
    const faults: string[] = []
    for (const cell of cellsOf(row, turn)) {
      const incoming = incomingOf(row, cell)
      const outcome = await attempt(incoming)
      const found = [...wrongs(row, cell, incoming, outcome), ...leaks(row, cell, incoming, outcome)]
      faults.push(...found.map((fault) => `${cell.who} in ${cell.place} of ${cell.department}: ${fault}`))
    }
    expect([...faults, ...town.city.bugs.splice(0)]).toEqual([])
  })
})

test('every command has a row, and is called by both its names', () => {
  const tried = new Set(words.map(({ says }) => says.split(' ')[0]))
  const called = commands.filter(({ hidden }) => !hidden)
  expect([...tried].sort()).toEqual(called.map(({ name }) => `/${name}`).sort())
  for (const command of called) {
    if (command.name === 'form') continue
    for (const { commands: names } of [zhCN, en])
      expect(named(commands, names[command.name].name)).toBe(command)
  }
})

test('every button and form of every message has a row', () => {
  const shapes = new Set([...emitted(), ...town.buttons].map(shapeOf))
  expect(buttons.map(({ says }) => shapeIn(says)).sort()).toEqual([...shapes].sort())
})

test('no message, and nothing that a button does, is left out of that', () => {
  const examples = readFileSync(path.join(root, 'test/bots/wechat/text/messages.ts'), 'utf8')
  const shapes = emitted().map(shapeOf)
  const folder = path.join(root, 'src/messages')
  let found = 0
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'masked.ts')) {
    const source = readFileSync(path.join(folder, file), 'utf8')
    for (const [, builder] of source.matchAll(/^export function (\w+)\((?:(?!\n})[\s\S])*?\): Message \{/gm))
      expect(examples).toContain(`${builder}(`)
    for (const [, key, value] of source.matchAll(/\b(command|decision|about): '(\w+)'/g)) {
      found += 1
      const done = key === 'command' ? new RegExp(`^${value}\\b`) : new RegExp(` ${key}=${value}\\b`)
      expect(shapes.some((shape) => done.test(shape))).toBe(true)
    }
  }
  expect(found).toBeGreaterThan(30)
})

function emitted() {
  return Object.values(everyMessage('zh-CN')).flatMap(buttonsIn)
}

interface Cell {
  who: Who
  department: Department
  place: string
  index: number
}

/** What is allowed about the own department is tried in all places, the rest in one after another. */
function cellsOf({ says, may }: Row, turn: number): Cell[] {
  const about: readonly Department[] = /#(?!new|other)|@(?!\w)/.test(says) ? departments : [agriculture]
  return everybody.flatMap((who, nth) =>
    about.flatMap((department, other) =>
      places
        .filter(
          (_, index) =>
            (may[who] !== '–' && other === 0) || (index + turn + nth + other) % places.length === 0,
        )
        .map((place, index) => ({ who, department, place, index })),
    ),
  )
}

let said = 0

function base({ who, place }: Cell) {
  said += 1
  return { account: accounts[who], chat: place, id: `tried-${said}`, at: town.city.app.clock.now() }
}

function spoken({ says }: Row, cell: Cell): Incoming {
  const [, kind, rest = ''] = /^(?:↳ (\w+) )?(.*)$/.exec(says) ?? []
  const hasFile = rest.includes('📎')
  const mentions: { account: string; name: string }[] = []
  const replaced = rest
    .replace(' 📎', '')
    .replace(/#([a-z]\w*)/g, (_, state) => `#${town.code(state as State, cell.department)}`)
    .replace(/@(\w+)/g, (all, name) => {
      mentions.push({ account: name, name })
      return all
    })
    .replace(/@(?!\w)/g, cell.department)
    .replace(/^\/(\w+)/, (all, name) => (cell.index % 2 === 0 ? all : `/${chinese(name)}`))
  const said = base(cell)
  // Below a message whose item is plain from it, only the words count.
  const [code = ''] = replaced.match(/\d+/) ?? []
  return {
    ...text({ ...said, words: kind ? replaced.replace(/^#\d+ /, '') : replaced }),
    mentions,
    mentionsBot: false,
    replyTo: kind ? [town.messages(kind as DeliveryKind, Number(code))] : [],
    attachments: hasFile ? [{ messageId: `om_${said.id}`, key: 'img_1', type: 'image' }] : [],
  }
}

function chinese(name: string): string {
  return zhCN.commands[name as keyof typeof zhCN.commands].name
}

function clicked({ says }: Row, cell: Cell): Incoming {
  const state = /#(\w+)$/.exec(says)?.[1] as State | undefined
  const code = state && town.code(state, cell.department)
  const button = town.buttons.find(
    (one) =>
      shapeOf(one) === shapeIn(says) &&
      (says.endsWith(': @') ? one.chat === `oc_${cell.department}` : isAbout(one.action.args, code)),
  )
  if (!button) throw new Error(`there is no button ${says}`)
  return click({ ...base(cell), button, form: filled(button.fields) })
}

function isAbout({ item, items }: Record<string, unknown>, code: number | undefined): boolean {
  if (code === undefined) return item === undefined && items === undefined
  return item === code || items === String(code)
}

function shapeIn(says: string): string {
  return says.replace(/: (?:#\w+|@)$/, '')
}

/** What did not happen that should, or the other way round. */
function wrongs(row: Row, cell: Cell, incoming: Incoming, outcome: Outcome): string[] {
  const shown = textFor(cell, outcome)
  if (!isAllowed(row, cell)) {
    const faults = outcome.isChanged ? [`changed something: ${outcome.events.map(({ what }) => what)}`] : []
    if (outcome.posts.some(({ isReply }) => !isReply)) faults.push('had something sent')
    if (outcome.answer.replace) faults.push('was shown a new card')
    if (!isPolite(row, cell, incoming, outcome)) faults.push(`was not politely refused: ${shown}`)
    return faults
  }
  const [verb = '', ...object] = row.does.split(' ')
  const what = object.join(' ')
  if (verb === 'shows') {
    const mark = what === 'item' ? markOf(row, cell) : what
    return shown.includes(mark) ? [] : [`was not shown ${mark}: ${shown}`]
  }
  if (verb === 'posts') {
    return outcome.posts.some(({ kind }) => kind === what) ? [] : [`had no ${what} sent: ${shown}`]
  }
  const by = ids[accounts[cell.who]]
  const done = outcome.events.find(
    ({ what, person_id }) => row.does.split(' or ').includes(what) && person_id === by,
  )
  return done ? [] : [`did not have it ${row.does}: ${shown}`]
}

/** A toast, or a line where it was said; whoever only talks may be met with silence. */
function isPolite(
  { says, does }: Row,
  { who }: Cell,
  incoming: Incoming,
  { posts, answer }: Outcome,
): boolean {
  const { t } = town.city.app.voice
  const lines = posts.map(({ message }) => (message?.blocks.length === 0 ? message.title : ''))
  const [refusal, more] = incoming.kind === 'action' ? [answer.toast?.text] : lines
  if (more !== undefined || refusal === t.errors.apology) return false
  if ((who === 'none' || who === 'stranger') && does !== 'claimed')
    return refusal === t.errors.unknownPerson('lead、second')
  return refusal === undefined ? !says.startsWith('/') && incoming.kind === 'text' : refusal !== ''
}

function isAllowed({ may, where }: Row, { who, department, place }: Cell): boolean {
  const places = {
    '': true,
    'its group': place === `oc_${department}`,
    'a group': place !== newGroup && place !== 'private',
    'a new group': place === newGroup,
  }
  if (!places[where as keyof typeof places]) return false
  return may[who] === '✓' || (may[who] === 'own' && department === agriculture)
}

function markOf({ says }: Row, { department }: Cell): string {
  return says.includes('#new') ? marks.new : marks[department]
}

/** All that somebody reads of it, where they are or in private. */
function textFor(cell: Cell, { posts, answer }: Outcome): string {
  const mine = posts.filter(({ to }) =>
    'chat' in to ? to.chat === chatOf(cell) : to.account === accounts[cell.who],
  )
  return JSON.stringify([mine.map(({ message }) => message), answer])
}

function chatOf({ place, who }: Cell): string {
  return place === 'private' ? `p2p_${accounts[who]}` : place
}

/** Who came to read what is none of theirs. */
function leaks(row: Row, cell: Cell, incoming: Incoming, { posts, answer, events }: Outcome): string[] {
  const read: { by: string; text: string }[] = posts.map(({ to, message }) => ({
    by: 'chat' in to ? to.chat : to.account,
    text: JSON.stringify(message),
  }))
  if (answer.toast) read.push({ by: accounts[cell.who], text: answer.toast.text })
  if (incoming.kind === 'action' && answer.replace) {
    const { chat = '' } = town.city.board.get(incoming.messageId) ?? {}
    read.push({ by: chat, text: JSON.stringify(answer.replace) })
  }
  // It is theirs now.
  const given = events.flatMap(({ what, department }) => (what === 'dispatched' ? [`oc_${department}`] : []))
  if (row.does === 'bound') given.push(newGroup)
  return read.flatMap(({ by, text }) => {
    const others = Object.values(marks).filter((mark) => text.includes(mark) && !mayRead(by).includes(mark))
    const details = row.does === 'details-shown' && by === accounts[cell.who] ? [] : personal
    return [...(given.includes(by) ? [] : others), ...details.filter((detail) => text.includes(detail))].map(
      (mark) => `${by} read ${mark}`,
    )
  })
}

/** The marks that whoever is in that chat, or has that account, may read. */
function mayRead(reader: string): string[] {
  const account = reader.replace(/^p2p_/, '')
  if (account === `oc_${taskForce}` || account === 'lead') return Object.values(marks)
  if (account === `oc_${commerce}` || account === 'trade') return [marks[commerce], marks.both]
  const own = [`oc_${agriculture}`, 'contact', 'backup', 'leader', accounts['stand-in']]
  return own.includes(account) ? [marks[agriculture], marks.both] : []
}
