import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commandsWithWay } from '../../../../bots/wechat/text/ways.ts'
import { renderPages } from '../../../../bots/wechat/text.ts'
import { textWords } from '../../../../bots/wechat/words.ts'
import type { Call } from '../../../../src/commands/command.ts'
import { commands } from '../../../../src/commands/index.ts'
import { named } from '../../../../src/commands/names.ts'
import { calledCommand } from '../../../../src/commands/words.ts'
import type { Action, Message } from '../../../../src/messages/message.ts'
import { type Locale, locales } from '../../../../src/messages/voice.ts'
import type { Actor } from '../../../../src/services/actor.ts'
import type { App } from '../../../../src/services/app.ts'
import { shanghai } from '../../../domain/offices.ts'
import { now } from '../../../messages/examples.ts'
import { everyMessage, voices } from './messages.ts'

/** Everything that a button or a form of the core runs, found where it is written. */
function commandsInMessages(): Set<string> {
  const folder = new URL('../../../../src/messages/', import.meta.url)
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const written = sources.flatMap((source) => [
    ...source.matchAll(
      /\bcommand(?::| =)[^\n]*?'([a-z]+)'(?:[^\n']*(?:'extension' )?\? '([a-z]+)' : '([a-z]+)')?/g,
    ),
  ])
  return new Set(
    written.flatMap(([, ...names]) => names.filter((name) => name && name !== 'extension')) as string[],
  )
}

describe('every button and form of the core', () => {
  const written = commandsInMessages()

  test('is found', () => {
    expect([...written].sort()).toEqual(
      [...new Set(locales.flatMap((locale) => Object.values(everyMessage(locale)).flatMap(actionsOf)))]
        .map(({ command }) => command)
        .filter((command, at, every) => every.indexOf(command) === at)
        .sort(),
    )
  })

  test('has a way in words', () => {
    expect([...written].filter((command) => !commandsWithWay.has(command))).toEqual([])
    expect([...commandsWithWay].filter((command) => !written.has(command))).toEqual([])
  })

  test.each(
    locales.flatMap((locale) =>
      Object.entries(everyMessage(locale)).flatMap(([name, message]) =>
        actionsOf(message).length > 0 ? [{ locale, name, message }] : [],
      ),
    ),
  )('is told below $name ($locale)', ({ locale, message }) => {
    const bare = { ...message, blocks: message.blocks.map(withoutActions) }
    expect(renderPages(message, locale).pages).not.toEqual(renderPages(bare, locale).pages)
  })
})

/** What a sender would write into the blanks. */
const filled: Record<Locale, [string, string][]> = {
  'zh-CN': [
    ['#编号', '#13'],
    ['[建议单位]', ''],
    ['[说明]', ''],
    ['满意｜不满意', '满意'],
    ['网址', 'https://www.example.gov.cn/1'],
    ['日期', '12月10日'],
  ],
  en: [
    ['#item', '#13'],
    ['[department]', ''],
    ['[note]', ''],
    ['satisfied|unsatisfied', 'satisfied'],
    ['url', 'https://www.example.gov.cn/1'],
    ['date', '2026-12-10'],
  ],
}

describe('every chat command below a message', () => {
  const told = locales.flatMap((locale) =>
    Object.entries(everyMessage(locale)).flatMap(([name, message]) =>
      commandsBelow(message, locale).map((line) => ({ locale, name, line })),
    ),
  )

  test('is there', () => {
    expect(told.length).toBeGreaterThan(40)
  })

  test.each(told)('of $name is understood: $line', ({ locale, line }) => {
    const text = filled[locale].reduce((words, [blank, value]) => words.replace(blank, value), line)
    const called = calledCommand(text)
    const command = named(commands, called?.name ?? '')
    expect(command, text).toBeDefined()
    const given = command?.parse(called?.words ?? '', aCall(locale))
    expect(command?.args.safeParse(given), text).toMatchObject({ success: true })
  })

  test('stands there once', () => {
    for (const locale of locales) {
      for (const message of Object.values(everyMessage(locale))) {
        const names = commandsBelow(message, locale).map((line) => line.split(' ')[0])
        expect(new Set(names).size).toBe(names.length)
      }
    }
  })
})

test('an unknown button of a newer core is left out', () => {
  const action: Action = { label: '新', style: 'default', command: 'brand-new', args: {} }
  const message: Message = { title: '某事', tone: 'info', blocks: [{ kind: 'actions', actions: [action] }] }
  expect(renderPages(message, 'zh-CN').pages).toEqual(['某事'])
})

/** Of the lines that buttons and forms became. */
function commandsBelow(message: Message, locale: Locale): string[] {
  const bare = { ...message, blocks: message.blocks.map(withoutActions) }
  const before = new Set(renderPages(bare, locale).pages.join('\n').split('\n'))
  const lines = renderPages(message, locale).pages.join('\n').split('\n')
  const { colon } = textWords[locale]
  return lines
    .filter((line) => !before.has(line))
    .flatMap((line) => new RegExp(`(?:^|：|${colon})(/.*)$`, 'u').exec(line)?.[1] ?? [])
}

function withoutActions(block: Message['blocks'][number]): Message['blocks'][number] {
  if (block.kind === 'actions' || block.kind === 'form') return { kind: 'note', text: '' }
  if (block.kind !== 'entries') return block
  return { ...block, entries: block.entries.map((entry) => ({ ...entry, actions: [] })) }
}

function actionsOf(message: Message): Action[] {
  return message.blocks.flatMap((block) => {
    if (block.kind === 'actions') return block.actions
    if (block.kind === 'form') return [block.form.submit]
    return block.kind === 'entries' ? block.entries.flatMap(({ actions = [] }) => actions) : []
  })
}

function aCall(locale: Locale): Call {
  const department = { id: 1, name: '专班' }
  const memberships = (['lead', 'contact'] as const).map((role) => ({ role, department }))
  const actor = { id: 1, name: '陈组长', memberships } as unknown as Actor
  const app = { voice: voices[locale], office: () => shanghai } as Pick<App, 'voice' | 'office'> as App
  const incoming = { kind: 'text' } as Call['incoming']
  return { app, incoming, actor, now, commands }
}
