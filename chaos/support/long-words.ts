import fc from 'fast-check'
import { renderCard } from '../../bots/feishu/card.ts'
import { readContent } from '../../bots/feishu/receive/content.ts'
import { readAnswer } from '../../bots/wechat/receive/answer.ts'
import { resolveMentions } from '../../bots/wechat/receive/mentions.ts'
import { asTyped } from '../../bots/wechat/receive/normalise.ts'
import { splitQuote } from '../../bots/wechat/receive/quote.ts'
import { renderPages } from '../../bots/wechat/text.ts'
import { commands } from '../../src/commands/index.ts'
import { maskPersonal } from '../../src/domain/masking.ts'
import { UserError } from '../../src/errors.ts'
import { FileFault } from '../../src/files/file-fault.ts'
import { readCsv } from '../../src/files/read-csv.ts'
import { readJson } from '../../src/files/read-json.ts'
import { scanXml } from '../../src/files/xlsx/xml.ts'
import { createLogger } from '../../src/log.ts'
import type { Message } from '../../src/messages/message.ts'
import { takeIn } from '../../src/services/intake/intake.ts'
import type { QuietCity } from './quiet-city.ts'
import { speakTo } from './speaker.ts'

/** What platforms bring at most is less. */
const length = 50_000

const units = [
  ...' |1|#1 |(|（|["|<|「|已|已于|但|号|5号|1-2号|1、|/|a.|://|x://a:|Bearer |不|请转|第1局 |、|@甲|\n|\r|&amp;|- |**|😀|='.split(
    '|',
  ),
  '「甲：',
  '」\n----------\n',
]

type Read = (text: string) => unknown

/** Whoever reads what people write, with long texts of one thing again and again. */
export function longWords(city: QuietCity, patienceMs: number) {
  const ways = waysIn(city)
  const arbitrary = fc.tuple(fc.constantFrom(...Object.keys(ways)), fc.constantFrom(...units))
  return {
    arbitrary,
    async check(given: unknown) {
      const [way, unit] = given as [string, string]
      const text = unit.repeat(length / unit.length)
      const started = performance.now()
      city.bugs.length = 0
      await Promise.resolve(text).then(ways[way]).catch(requireRefusal)
      const took = performance.now() - started
      if (city.bugs.length > 0) throw new Error(`the bot says: ${city.bugs[0]}`)
      if (took > patienceMs) throw new Error(`${took.toFixed(0)} ms for ${length} characters`)
    },
  }
}

/** A refusal is an answer, too; whatever else is thrown is a bug. */
function requireRefusal(error: unknown): void {
  if (!(error instanceof UserError || error instanceof FileFault)) throw error
}

/** What is not well-formed the scanner refuses in its own way. */
function scanned(xml: string): void {
  try {
    scanXml(xml, { open: (_, attribute) => void attribute('r') })
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
}

function waysIn({ app }: QuietCity): Record<string, Read> {
  const { say } = speakTo(app)
  const log = createLogger({ level: 'info', pretty: false, to: { write: () => {} } })
  const lead = { chat: 'oc_taskforce', person: 'lead' }
  const contact = { chat: 'oc_first', person: 'contact' }
  const named = commands.filter(({ name }) => name !== 'form')
  const people = [{ id: '1', names: ['甲', '督办'] }]
  const asked = { quoted: '1 已解决', locale: 'zh-CN', toBot: true } as const
  return {
    ...Object.fromEntries(
      named.map(({ name }): [string, Read] => [`/${name}`, (text) => say(lead, `/${name} ${cut(text)}`)]),
    ),
    ...Object.fromEntries(
      named.map(({ name }): [string, Read] => [
        `/${name} #1`,
        (text) => say(contact, `/${name} #1 ${cut(text)} 确认`),
      ]),
    ),
    answer: (text) => say(contact, `#1 ${cut(text)}`),
    'long answer': (text) => say(contact, `#1 已解决 ${text}`),
    'a lead’s words': (text) => say(lead, `#1 ${text}`, { mentionsBot: true }),
    mask: maskPersonal,
    CSV: (text) => readCsv(`a,b\n${text}`),
    JSON: readJson,
    XML: (text) => scanned(`<a>${text}</a>`),
    attributes: (text) => scanned(`<a ${text}="1"/>`),
    log: (text) => log.info({ text }, text),
    'Feishu text': (text) => readContent('text', JSON.stringify({ text })),
    'WeChat text': (text) => resolveMentions(asTyped(text), people, '1'),
    'WeChat quote': (text) => splitQuote(`「甲：${text}`),
    'WeChat answer': (text) => readAnswer(`1 ${text}12月1日`, asked),
    card: (text) => renderCard(messageOf(text), 'zh-CN'),
    pages: (text) => renderPages(messageOf(text), 'zh-CN'),
    intake: (text) =>
      takeIn(app, [{ source: 'hotline', title: text, content: text, lead: text, co: text }], 'x'),
  }
}

/** The most that a command, and that an answer, may have. */
function cut(text: string): string {
  return text.slice(0, 3_980)
}

function messageOf(text: string): Message {
  return {
    title: text,
    tone: 'info',
    blocks: [
      { kind: 'text', text },
      { kind: 'quote', text },
    ],
  }
}
