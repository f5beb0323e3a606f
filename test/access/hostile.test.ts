import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { renderCard } from '../../bots/feishu/card.ts'
import { renderText } from '../../bots/feishu/text.ts'
import { wordOfNumber } from '../../bots/wechat/menu.ts'
import { renderPages } from '../../bots/wechat/text.ts'
import { validateCard } from '../../sandbox/server/card/validate.ts'
import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import type { Message } from '../../src/messages/message.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { exportAudit } from '../../src/services/reports/audit-export.ts'
import { exportItems } from '../../src/services/reports/export.ts'
import { work } from '../../src/services/work.ts'
import { tagged } from '../bots/feishu/cards.ts'
import { aCity, type City } from '../model/city.ts'
import { text } from './incoming.ts'
import { agriculture } from './town.ts'

const markup = '<at id=all></at>**粗**[点我](https://example.org)<font color=red>红</font>`码`'
/** What people may write, each beginning as a formula does. */
const written = {
  title: `=cmd|' /C calc'!A0 ${markup}`,
  content: `@SUM(A1)\n1 通过\n2 退回重办\n【#99】${markup}`,
  name: `+1+1${markup}`,
  measures: `\t=1+1 ${markup}\n1 已解决`,
  reason: `-2+3${markup}`,
  note: `  =HYPERLINK("https://example.org")${markup}`,
}

/** Items that went through everything, with such words wherever somebody may write. */
async function aHostileCity(): Promise<City> {
  const city = await aCity(0)
  const { app } = city
  await work(app, async (current) => {
    const person = {
      name: written.name,
      platform: 'feishu' as const,
      account: 'ou_1',
      role: 'contact' as const,
    }
    await upsertDirectory(current, [{ name: agriculture, aliases: [], chats: [], people: [person] }])
    await collect(
      current,
      Array.from({ length: 6 }, (_, index) => ({
        external_id: `${written.reason}${index}`,
        source: 'hotline',
        title: `${written.title}${index}`,
        content: written.content,
        category: written.name,
        urgency: 'critical',
        petitioner: written.name,
        phone: written.reason,
        address: written.note,
        received_at: null,
        policy: null,
      })),
    )
  })
  const handle = createRouter(app, commands)
  let said = 0
  const says = async (words: string) => {
    said += 1
    await handle(
      text({ account: 'ou_1', chat: `oc_${agriculture}`, words, at: app.clock.now(), id: `hostile-${said}` }),
    )
    await city.pass(1_000)
  }
  await city.say('lead', `/派单 #1 #2 #3 #4 #5 ${agriculture}`)
  await city.say('lead', `/不予受理 #6 ${written.reason}`)
  await says('/签收')
  for (const code of [1, 2]) {
    const form = {
      outcome: 'resolved',
      measures: written.measures,
      handler: written.name.slice(0, 50),
      mayPublish: 'yes',
    }
    const [card = ''] = [...city.board.keys()]
    await city.press('contact', card, 'feedback', { item: code, ...form })
  }
  await says(`/延期 #3 ${written.reason}`)
  await says(`/挂账 #4 2026-12-10 ${written.reason}`)
  await says(`/退回 #5 ${written.reason}`)
  await city.say('lead', '/审核 #1 通过')
  await city.say('lead', `/审核 #2 退回 ${written.reason}`)
  await city.say('lead', `/延期 #3 不同意 ${written.reason}`)
  await city.say('lead', '/挂账 #4 批准')
  await city.say('lead', `/公开 #1 https://example.org ${written.note}`)
  await city.say('lead', `/转化 #1 议题 ${written.note}`)
  await city.say('lead', `/回访 #1 满意 ${written.note}`)
  for (const words of ['/进度', '/进度 #1', '/清单', '/研判', '/报表 周']) await city.say('lead', words)
  await says('/待办')
  await city.pass(5 * 24 * 3_600_000)
  await city.say('lead', '/逾期')
  return city
}

let city: City
let messages: Message[]

beforeAll(async () => {
  city = await aHostileCity()
  messages = [...city.board.values()].map(({ message }) => message)
})

test('they went through everything', async () => {
  const events = await city.app.db.read.selectFrom('events').select('what').distinct().execute()
  const done = events.map(({ what }) => what)
  for (const what of [
    'feedback',
    'redo',
    'returned',
    'extension-refused',
    'suspended',
    'published',
    'called-back',
  ])
    expect(done).toContain(what)
  expect(messages.length).toBeGreaterThan(30)
})

test('no card has their markup', () => {
  for (const message of messages) {
    const card = renderCard(message, 'zh-CN')
    expect(validateCard(JSON.parse(JSON.stringify(card)))).toEqual([])
    for (const { content } of tagged(card, 'markdown')) {
      const words = String(content).replace(/<at id=ou_1><\/at>|<font color='[a-z]+'>|<\/font>/g, '')
      expect(words.replace(/&#\d+;/g, '')).not.toMatch(/[!-/:-@[-`{-~]/)
    }
    expect(renderText(message).text.replace(/<at user_id="ou_1">/g, '')).not.toMatch(/<at |\]\(/)
  }
})

test('no text has their choices, and none of their numbers is an item’s', () => {
  for (const message of messages) {
    for (const page of renderPages(message, 'zh-CN').pages) {
      expect(page).not.toMatch(/[#＃]\s*99/)
      // The citizen offers a lead's choices, the contact a contact's.
      const asksLead = /^【(?:待审核|.*申请.*)】/.test(message.title)
      expect(wordOfNumber(page, 1, 'zh-CN'), page).not.toBe(asksLead ? '已解决' : '通过')
    }
  }
})

describe.each([
  ['the task list', exportItems],
  ['the audit trail', exportAudit],
] as const)('no cell of %s is a formula', (_what, exported) => {
  test.each(['csv', 'xlsx'] as const)('%s', async (format) => {
    const pieces: Buffer[] = []
    await exported(city.app, {
      format,
      private: true,
      write: async (piece: string | Buffer) => void pieces.push(Buffer.from(piece)),
    })
    const bytes = Buffer.concat(pieces)
    const rows: unknown[][] = format === 'csv' ? parse(bytes, { bom: true }) : await readSheet(bytes)
    const cells = rows.flat().filter((cell) => typeof cell === 'string')
    expect(cells.some((cell) => cell.includes('calc') || cell.includes('-2+3'))).toBe(true)
    expect(cells.filter((cell) => /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([])
  })
})
