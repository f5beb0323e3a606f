import type { Action, Block, Form, Message } from '../../../src/messages/message.ts'
import type { Locale } from '../../../src/messages/voice.ts'
import { en } from '../../../src/messages/wording/en.ts'
import { zhCN } from '../../../src/messages/wording/zh-cn.ts'
import type { Wording } from '../../../src/messages/wording.ts'
import { choicesOf, type MenuKind, menuLine } from '../menu.ts'
import { type TextWords, textWords } from '../words.ts'
import { type Decision, type Name, type Sent, type Way, type Word, wayOf } from './ways.ts'

const wordings: Record<Locale, Wording> = { 'zh-CN': zhCN, en }

/** What stands below a message in place of its buttons and forms. */
export interface Foot {
  /** The choices that a number stands for; on every page, since any of them may be quoted. */
  menu: string[]
  /** The chat commands for everything else; on the last page. */
  commands: string[]
}

export function footOf({ blocks }: Message, locale: Locale): Foot {
  const words = textWords[locale]
  const t = wordings[locale]
  const ways = offered(blocks).flatMap(({ action, form }) => wayOf(action, form, t) ?? [])
  const menu = menuOf(ways, locale, words, t)
  const lines = commandLines(ways, words, t)
  if (lines.length === 0) return { menu, commands: [] }
  const above = menu.length > 0 ? words.alsoSend : words.send
  const [only = '', another] = lines
  if (another !== undefined) return { menu, commands: [above.several, ...lines] }
  // A label says enough.
  return { menu, commands: [only.startsWith('/') ? `${above.one}${only}` : only] }
}

interface Offer {
  action: Action
  form: Form | null
}

/** What is said of the whole message comes before what is said of a line of it. */
function offered(blocks: readonly Block[]): Offer[] {
  const forms = blocks.flatMap((block) => (block.kind === 'form' ? [block.form] : []))
  const buttons = blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []))
  const entries = blocks.flatMap((block) => (block.kind === 'entries' ? block.entries : []))
  const each = entries.flatMap(({ actions = [] }) => actions)
  return [
    ...forms.map((form) => ({ action: form.submit, form })),
    ...[...buttons, ...each].map((action) => ({ action, form: null })),
  ]
}

function menuOf(ways: Way[], locale: Locale, words: TextWords, t: Wording): string[] {
  const decisions = ways.filter((way) => way.by === 'decision')
  const [decision] = decisions
  if (decision) return decisionMenu(decision, decisions, locale, words, t)
  const answers = ways.filter((way) => way.by === 'answer')
  const [code, another] = [...new Set(answers.flatMap((way) => way.code ?? []))]
  if (code === undefined) return []
  const waits = answers.some(({ acknowledges }) => acknowledges)
  const { above } = words
  const choices = linesOf('item', locale)
  const written = words.secondChoice(code)
  return another === undefined
    ? [waits ? above.waiting : above.item, ...choices, words.orWrite(written)]
    : [waits ? above.allWaiting : above.items, ...choices, words.format(written)]
}

function decisionMenu(
  { code, command }: Decision,
  decisions: Decision[],
  locale: Locale,
  words: TextWords,
  t: Wording,
): string[] {
  const kind: MenuKind = command === 'review' ? 'review' : 'request'
  const grants = decisions.filter(({ decides }) => decides === 'for')
  const label = grants.find((grant) => grant.label !== null)?.label ?? null
  const takesDate = kind === 'request' && label === null
  const [yes = '', ...no] = linesOf(takesDate ? 'dated' : kind, locale)
  const approve = command === 'review' ? t.words.accept : t.requests.words.approve
  const sentence = [called(command, t), `#${code}`, approve[0], ...(takesDate ? [words.blanks.date] : [])]
  return [
    words.above.decision,
    label === null ? yes : `${yes}${words.beside}${withoutWord(label, kind, locale)}`,
    ...no,
    ...(label !== null && grants.length > 1 ? [words.otherDate] : []),
    words.orWrite(sentence.join(' ')),
  ]
}

/** `同意，12月10日复核` behind 同意. */
function withoutWord(label: string, kind: MenuKind, locale: Locale): string {
  const word = choicesOf(kind, locale)[0]?.word ?? ''
  const repeats = label.toLowerCase().startsWith(word.toLowerCase())
  return repeats ? label.slice(word.length).replace(/^[\s，,]+/u, '') : label
}

function linesOf(kind: MenuKind, locale: Locale): string[] {
  return choicesOf(kind, locale).map((choice) => menuLine(choice, locale))
}

/** Each command once; in what its buttons differ is left to be filled in. */
function commandLines(ways: Way[], words: TextWords, t: Wording): string[] {
  const sent = ways.filter((way) => way.by === 'command')
  return [...new Set(sent.map(({ command }) => command))].map((command) => {
    const own = sent.filter((way) => way.command === command)
    const line = [called(command, t), ...merged(own).map((word) => written(word, words))].join(' ')
    const label = own.every((way) => way.label === own[0]?.label) ? (own[0]?.label ?? '') : ''
    const saysNoMore = label === '' || label.toLowerCase() === t.commands[command].name.toLowerCase()
    return saysNoMore ? line : `${label}${words.colon}${line}`
  })
}

function merged(sent: Sent[]): Word[] {
  const [first] = sent
  const length = Math.min(...sent.map(({ words }) => words.length))
  return (first?.words ?? []).slice(0, length).map((word, at) => {
    const same = sent.every(({ words }) => words[at]?.text === word.text)
    return same ? word : { ...word, text: null }
  })
}

function written({ text, blank }: Word, { blanks }: TextWords): string {
  if (blank === 'either') return (text ?? '').replace('|', blanks.either)
  return text ?? blanks[blank]
}

function called(command: Name, t: Wording): string {
  return `/${t.commands[command].name}`
}
