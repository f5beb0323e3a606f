import { expect, test } from 'vitest'
import { unbindChat } from '../../src/db/departments.ts'
import type { ParsedItem } from '../../src/files/item-rows.ts'
import { importItems } from '../../src/services/intake/import.ts'
import { work } from '../../src/services/work.ts'
import { aTextCity, groupOf, type Official, type Posted, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const all = 120
const codes = Array.from({ length: all }, (_, index) => index + 1)
const longest = (code: number) => `${code}号反映`.padEnd(200, '路灯不亮')

test('a long list comes in messages each of which shows all of its own, and calls people once', async () => {
  const city = await dispatched()
  const lists = listsOf(city)
  expect(lists.flatMap(shownIn)).toEqual(codes)
  expect(lists.map(({ message }) => message.mentions?.length)).toEqual([2, ...lists.slice(1).map(() => 0)])
  expect(new Set(lists.map(({ message }) => message.title)).size).toBe(lists.length)
})

test.each(['its first page', 'its last page', 'its title'])(
  '收到 under one of them, quoted by %s, is said of what that one shows',
  async (how) => {
    const city = await dispatched()
    const list = listsOf(city)[2] as Posted
    expect(list.pages.length).toBeGreaterThan(1)
    const quote = { 'its first page': list.pages[0], 'its last page': list.pages.at(-1) }[how]
    await city.say('孙联络', '收到', { quote: quote ?? list.message.title })
    expect(await acknowledged(city)).toEqual(shownIn(list))
  },
)

test('nudges of many come the same way', async () => {
  const city = await dispatched()
  city.news(agriculture)
  await city.say('陈组长', '/催办 农业农村委')
  const nudges = city.posts(agriculture).filter(({ words }) => words.includes('【催办】'))
  expect(nudges.flatMap(shownIn)).toEqual(codes)
  expect(nudges.map(({ message }) => message.mentions?.length)).toEqual([2, ...nudges.slice(1).map(() => 0)])
  await city.say('孙联络', '收到', { quote: nudges[1] as Posted })
  expect(await acknowledged(city)).toEqual(shownIn(nudges[1] as Posted))

  await city.say('陈组长', '/催办 #60')
  expect(city.news('工作专班').join()).toContain('一小时内不重复催办')
})

test('so does what a group missed that is bound late', async () => {
  const city = await aTextCity()
  await work(city.app, ({ db }) =>
    unbindChat(db, { platform: 'wechat', chatId: groupOf(agriculture, 'wechat') }),
  )
  await dispatchAll(city)
  expect(listsOf(city)).toEqual([])
  await city.say('陈组长', '/绑定 农业农村委', { in: agriculture })
  // What somebody asked for goes ahead of them.
  city.wait(60_000)
  await city.settle()
  expect(listsOf(city).flatMap(shownIn)).toEqual(codes)
})

test('so does what is imported, however its transactions fall', async () => {
  const city = await aTextCity(['wechat', 'feishu'])
  const rows = Array.from({ length: 453 }, (_, index) => row(index + 1))
  await importItems(city.app, { rows, badRows: [], faults: [], dispatch: true, skipBad: false })
  await city.settle()
  const lists = listsOf(city)
  expect(lists.flatMap(shownIn)).toEqual(rows.map((_, index) => index + 1))
  const lengths = lists.map((list) => shownIn(list).length)
  expect(new Set(lengths.slice(0, -1)).size).toBe(1)
  const cards = city.posts(agriculture, 'feishu')
  expect(cards.map(({ message }) => message.title)).toEqual([`【交办清单】${agriculture}　共453项`])
})

test('a card holds all of them in one', async () => {
  const city = await aTextCity(['feishu'])
  await dispatchAll(city)
  await city.say('陈组长', '/催办 农业农村委')
  expect(city.posts(agriculture, 'feishu').map(({ message }) => message.title)).toEqual([
    `【交办清单】${agriculture}　共${all}项`,
    `【催办】${all}项事项请尽快办理`,
  ])
})

test('/待办, /清单 and /逾期 show by the page all that there is, in one order', async () => {
  const city = await dispatched()
  await city.items('积水', '停电')
  city.wait(30 * 24 * 60 * 60 * 1000)
  const queries = [
    ['孙联络', '/待办', all],
    ['陈组长', '/清单', all + 2],
    ['陈组长', '/清单 农业农村委 待签收', all],
    ['陈组长', '/逾期', all],
  ] as const
  for (const [who, words, total] of queries) {
    const pages = Math.ceil(total / 10)
    const shown: number[] = []
    for (let page = 1; page <= pages; page += 1) {
      const answer = await answerTo(city, who, page === 1 ? words : `${words} ${page}`)
      expect(answer.message.title, words).toContain(`${total}项`)
      expect(answer.words, words).toContain(`第${page}页，共${pages}页。`)
      const next = new RegExp(`\\n下一页：${words} ${page + 1}$`, 'm')
      expect(next.test(answer.words), words).toBe(page < pages)
      shown.push(...shownIn(answer))
    }
    expect(new Set(shown).size, words).toBe(total)
    expect(shown, words).toHaveLength(total)
    const beyond = await answerTo(city, who, `${words} ${pages + 1}`)
    expect(beyond.words).toBe(`没有第${pages + 1}页，共${pages}页。`)
  }
})

/** What it answers, in the group or, where others must not read it, in private. */
async function answerTo(city: TextCity, who: Official, words: string): Promise<Posted> {
  const home = who === '孙联络' ? agriculture : '工作专班'
  const before = city.posts(home).length
  await city.say(who, words)
  const answer = city.posts(home)[before]
  if (!answer) throw new Error(`nothing was answered to ${words}`)
  return answer
}

async function dispatched(): Promise<TextCity> {
  const city = await aTextCity()
  await dispatchAll(city)
  return city
}

async function dispatchAll(city: TextCity): Promise<void> {
  await city.items(...codes.map(longest))
  await city.say('陈组长', `/派单 ${codes.map((code) => `#${code}`).join(' ')} 农业农村委`)
}

function listsOf(city: TextCity): Posted[] {
  return city.posts(agriculture, 'wechat').filter(({ words }) => words.includes('【交办清单】'))
}

/** The items that its pages list; that is all of them, or it would not be so. */
function shownIn({ message, pages, words }: Posted): number[] {
  expect(words).not.toMatch(/未显示|未列出/)
  expect(pages.length).toBeLessThanOrEqual(5)
  const shown = [...words.matchAll(/^#(\d+) /gm)].map(([, code]) => Number(code))
  const entries = message.blocks.flatMap((block) => (block.kind === 'entries' ? block.entries : []))
  if (entries.length > 0) expect(shown).toHaveLength(entries.length)
  return shown.length > 0 ? shown : [Number(/#(\d+) /.exec(message.title)?.[1])]
}

async function acknowledged({ app }: TextCity): Promise<number[]> {
  const rows = await app.db.read
    .selectFrom('assignments')
    .select('item_code')
    .where('status', '!=', 'sent')
    .orderBy('item_code')
    .execute()
  return rows.map(({ item_code }) => item_code)
}

function row(code: number): ParsedItem {
  return {
    line: code + 1,
    external_id: `W-${code}`,
    source: 'hotline',
    title: longest(code),
    content: '',
    category: null,
    urgency: 'normal',
    petitioner: null,
    phone: null,
    address: null,
    received_at: null,
    policy: null,
    lead: agriculture,
    co: [],
  }
}
