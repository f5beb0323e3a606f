import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../bots/wechat/receive/answer.ts'
import { aTextCity, type Official, type Said, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const commerce = '市商务委员会'
const force = '工作专班'

test('words under a quoted message are about that message, whatever else is open', async () => {
  const city = await dispatched('蔬菜滞销', '路灯不亮')
  await city.say('孙联络', '收到', { quote: city.seen(agriculture, '【交办】#1') })
  expect(await statuses(city)).toEqual({ 1: 'working', 2: 'sent' })
  await city.say('孙联络', '已解决，已组织农超对接', { quote: city.seen(agriculture, '【交办】#1') })
  expect(await statuses(city)).toEqual({ 1: 'review', 2: 'sent' })
})

test('a quote is known by its words, however the platform breaks, pads or widens them, and on any of its pages', async () => {
  const city = await dispatched('蔬菜滞销', '路灯不亮')
  const { words } = city.seen(agriculture, '【交办】#2')
  const [, title = '', ...rest] = words.split('\n')
  const quotes = [
    words.replaceAll('\n', ' '),
    words.replaceAll('#', '＃'),
    `@孙联络\u2005${words}`,
    `${title}（2/3）\n${rest.slice(2).join('\n')}`,
    title,
  ]
  for (const quote of quotes) {
    await city.say('钱副手', '现在不好说', { quote })
    await city.say('钱副手', '正在办理，11月30日前办结', { quote })
    expect((await statuses(city))[2], quote).toBe('review')
    await city.say('钱副手', '/撤销')
    expect((await statuses(city))[2]).toBe('sent')
  }
  expect((await statuses(city))[1]).toBe('sent')
})

test('收到 under a list is said of all that it lists; anything else under it is asked about', async () => {
  const city = await aTextCity()
  await city.items('一', '二', '三')
  await city.say('陈组长', '/派单 #1 #2 市农业农村委')
  await city.say('陈组长', '/派单 #3 市农业农村委')
  const list = city.seen(agriculture, '交办清单')
  city.news(agriculture)
  await city.say('孙联络', '已解决，已修好', { quote: list })
  expect(city.news(agriculture).join()).toContain('请问是哪一项')
  await city.say('孙联络', '收到', { quote: list })
  expect(await statuses(city)).toEqual({ 1: 'working', 2: 'working', 3: 'sent' })
})

test('each part of a long list is what it lists', async () => {
  const city = await aTextCity()
  await city.items(...Array.from({ length: 40 }, (_, index) => `路灯第${index + 1}处不亮`))
  const codes = Array.from({ length: 40 }, (_, index) => `#${index + 1}`).join(' ')
  await city.say('陈组长', `/派单 ${codes} 市农业农村委`)
  await city.say('陈组长', '/催办 #1')
  const lists = city.posts(agriculture).filter(({ words }) => words.includes('交办清单'))
  expect(lists.length).toBeGreaterThan(1)
  for (const { pages } of lists) await city.say('孙联络', '收到', { quote: pages.at(-1) })
  expect(new Set(Object.values(await statuses(city)))).toEqual(new Set(['working']))
})

test('of messages with one title the quoted one is found by the rest of its words', async () => {
  const city = await dispatched('一', '二')
  await city.say('陈组长', '/催办 #1')
  await city.say('陈组长', '/催办 #2')
  await city.say('孙联络', '已解决，已修好', { quote: city.seen(agriculture, '【催办】', '#1 一') })
  expect(await statuses(city)).toEqual({ 1: 'review', 2: 'sent' })
})

test('where only the title that two messages have is quoted, nothing is certain: it asks and changes nothing', async () => {
  const city = await dispatched('一', '二')
  await city.say('陈组长', '/催办 #1')
  await city.say('陈组长', '/催办 #2')
  city.news(agriculture)
  await city.say('孙联络', '已解决，已修好', { quote: '【催办】1项事项请尽快办理' })
  expect(city.news(agriculture).join()).toContain('请问是哪一项')
  expect(await statuses(city)).toEqual({ 1: 'sent', 2: 'sent' })
})

test('words that a colleague wrote are none of ours, unless they look like it and are answered with certainty', async () => {
  const city = await dispatched('蔬菜滞销', '路灯不亮')
  await city.say('陈组长', '/派单 #3 市商务委')
  city.news(agriculture)
  const others = ['小孙，明天的会你去吗', '3号楼的事', '#3 商务委那边怎么样了', '没有待签收的事项']
  for (const quote of others) await city.say('孙联络', '收到', { quote })
  await city.say('王路人', '已解决', { quote: '#1 怎么样了', in: agriculture })
  await city.say('赵分管', '收到', { quote: '#1 怎么样了' })
  await city.say('孙联络', '这个要问领导', { quote: '#1 怎么样了' })
  expect(city.news(agriculture)).toEqual([])
  expect(await statuses(city)).toEqual({ 1: 'sent', 2: 'sent', 3: 'sent' })
  await city.say('孙联络', '#1 已解决，已组织农超对接')
  city.news(agriculture)
  for (const quote of ['#1 食堂充值问题解决了吗', '#1 和 #2 怎么样了', '【转】#1 解决了吗'])
    for (const said of ['已解决', '可以', '👌', '好的，我下午过去看看', '1', '已解决了一半'])
      await city.say('孙联络', said, { quote })
  await city.say('孙联络', '没办法解决', { quote: '【#2】路灯' })
  await city.say('孙联络', '已解决，已修好', { quote: '老李：#2 怎么样了' })
  expect(city.news(agriculture)).toEqual([])
  expect(await statuses(city)).toEqual({ 1: 'review', 2: 'sent', 3: 'sent' })
  await city.say('孙联络', '已解决，已修好', { quote: '【交办】#2 路灯' })
  expect((await statuses(city))[2]).toBe('review')
})

test('a quote of ours that names several items says not of which', async () => {
  const city = await dispatched('一', '二')
  city.news(agriculture)
  await city.say('孙联络', '收到', { quote: '#1 和 #2 怎么样了', mentionsBot: true })
  expect(city.news(agriculture)).toEqual(['您提到了#1、#2，请一次反馈一项，例如“#编号 已解决，措施……”。'])
  expect(await statuses(city)).toEqual({ 1: 'sent', 2: 'sent' })
})

test('a number in the answer itself is what is meant, whatever is quoted', async () => {
  const city = await dispatched('一', '二')
  await city.say('孙联络', '#2 已解决，已修好', { quote: city.seen(agriculture, '【交办】#1') })
  expect(await statuses(city)).toEqual({ 1: 'sent', 2: 'review' })
})

test('leads decide by words under the quoted card: review, extension, suspension', async () => {
  const city = await dispatched('一', '二', '三')
  await city.say('孙联络', '已解决，已修好', { quote: city.seen(agriculture, '【交办】#1') })
  await city.say('陈组长', '大家怎么看', { quote: city.seen(force, '【待审核】#1') })
  expect((await statuses(city))[1]).toBe('review')
  await city.say('陈组长', '退回重办，请补充照片', { quote: city.seen(force, '【待审核】#1') })
  expect((await statuses(city))[1]).toBe('working')
  await city.say('孙联络', '已解决，照片已补', { quote: city.seen(agriculture, '#1', '退回重办') })
  // The older of the two cards, which have one title.
  const [older, newer] = city.posts(force).filter(({ words }) => words.startsWith('【待审核】#1'))
  city.news(force)
  await city.say('陈组长', '通过', { quote: older })
  expect(city.news(force).join()).toContain('#1 的反馈已更新')
  await city.say('陈组长', '通过', { quote: newer })
  expect((await statuses(city))[1]).toBe('accepted')

  await city.say('孙联络', '申请延期，货源紧张', { quote: city.seen(agriculture, '【交办】#2') })
  await city.say('周组员', '不同意，请按期办结', { quote: city.seen(force, '【延期申请】#2') })
  expect(city.seen(agriculture, '#2', '未获同意').words).toContain('请按期办结')

  await city.say('孙联络', '/挂账 #3 12月10日 等待立项')
  await city.say('周组员', '同意', { quote: city.seen(force, '【挂账申请】#3') })
  expect((await statuses(city))[3]).toBe('suspended')
  expect(city.bugs).toEqual([])
})

test('two departments’ reviews of one item have one title: quoted in full the right one is decided, else it asks', async () => {
  const city = await aTextCity()
  await city.items('一')
  await city.say('陈组长', '/派单 #1 市农业农村委 市商务委')
  await city.say('孙联络', '#1 已解决，已修好')
  await city.say('吴联络', '#1 已解决，已协调超市')
  city.news(force)
  await city.say('陈组长', '通过', { quote: '【待审核】#1 一' })
  expect(city.news(force).join()).toContain('未能确认您引用的是哪一条消息')
  await city.say('陈组长', '通过', { quote: city.seen(force, '【待审核】#1', '已修好') })
  expect(await shares(city)).toEqual(['市农业农村委员会 accepted', '市商务委员会 review'])
})

test('in private the bot’s messages to that person are quoted, and nobody else’s', async () => {
  const city = await dispatched('一', '二')
  await city.say('孙联络', '/待办', { in: 'private' })
  await city.say('孙联络', '#1 尚未解决', { in: 'private' })
  const [, asked] = city.told('孙联络')
  await city.say('孙联络', '正在办理，11月30日前办结', { in: 'private', quote: asked })
  expect(await statuses(city)).toEqual({ 1: 'review', 2: 'sent' })
})

const bare: {
  what: string
  items: number
  text: string
  who?: Parameters<TextCity['say']>[0]
  more?: Said
  before?: (city: TextCity) => Promise<void>
  becomes?: string
}[] = [
  { what: '收到, one open', items: 1, text: '收到', becomes: 'working' },
  { what: 'by the backup', items: 1, text: '已签收', who: '钱副手', becomes: 'working' },
  { what: 'a report, one open', items: 1, text: '已解决，已组织农超对接', becomes: 'review' },
  { what: 'a promise with its date', items: 1, text: '正在办理，11月30日前办结', becomes: 'review' },
  {
    what: 'a return with its reason',
    items: 1,
    text: '不属于我单位职责，建议转市商务委',
    becomes: 'returned',
  },
  { what: '收到, several open', items: 2, text: '收到' },
  { what: 'a report, several open', items: 2, text: '已解决，已组织农超对接' },
  { what: '收到, nothing open', items: 0, text: '收到' },
  { what: 'chatter, nothing open', items: 0, text: '收到，谢谢张姐' },
  { what: 'by the leader', items: 1, text: '收到', who: '赵分管' },
  { what: 'a result by the leader', items: 1, text: '已解决', who: '赵分管' },
  {
    what: 'by a lead, in the department’s group',
    items: 1,
    text: '收到',
    who: '陈组长',
    more: { in: agriculture },
  },
  { what: 'by a stranger', items: 1, text: '收到', who: '王路人', more: { in: agriculture } },
  { what: 'in another department’s group', items: 1, text: '收到', more: { in: commerce } },
  { what: 'in a group of nobody', items: 1, text: '收到', more: { in: '食堂' } },
  {
    what: 'to somebody who is mentioned',
    items: 1,
    text: '@张姐 收到',
    more: { mentions: [{ account: 'x', name: '张姐' }] },
  },
  { what: 'under somebody’s words', items: 1, text: '收到', more: { quote: '明天九点开会' } },
  { what: 'no clear report', items: 1, text: '正在办理' },
  { what: 'not solved', items: 1, text: '还没解决呢' },
  { what: 'a question', items: 1, text: '这个解决了吗？' },
  { what: 'talk', items: 1, text: '下班一起吃饭？' },
  {
    what: 'a photo of nothing in particular',
    items: 1,
    text: '',
    more: { attachments: [{ messageId: 'm', key: 'k', type: 'image' }] },
  },
  {
    what: '收到 of what is acknowledged',
    items: 1,
    text: '收到',
    before: (city) => city.say('孙联络', '/签收 #1'),
    becomes: 'working',
  },
]

test.each(bare)(
  'words that answer nothing: $what',
  async ({ items, text, who = '孙联络', more, before, becomes }) => {
    const city = await dispatched(...['一', '二'].slice(0, items))
    await before?.(city)
    for (const where of [agriculture, commerce, force, '食堂']) city.news(where)
    const was = await statuses(city)
    await city.say(who, text, more)
    const said = [agriculture, commerce, force, '食堂'].flatMap((where) => city.news(where))
    if (becomes !== undefined && was[1] !== becomes) {
      expect((await statuses(city))[1]).toBe(becomes)
      expect(said[0]).toContain('#1')
    } else {
      expect(said).toEqual([])
      expect(await statuses(city)).toEqual(was)
    }
  },
)

test('where people do answer by quoting or replying, bare words are talk', async () => {
  const city = await dispatched('一')
  city.news(agriculture)
  await city.say('孙联络', '收到', { mayBeBare: undefined } as Said)
  expect(city.news(agriculture)).toEqual([])
  expect(await statuses(city)).toEqual({ 1: 'sent' })
})

test('a photo that follows what its sender reported is evidence; one that comes much later is a photo', async () => {
  const city = await dispatched('一', '二')
  const photo: Said = { attachments: [{ messageId: 'm', key: 'k', type: 'image' }] }
  await city.say('孙联络', '#1 已解决，已修好')
  city.news(agriculture)
  await city.say('钱副手', '', photo)
  expect(city.news(agriculture)).toEqual([])
  await city.say('孙联络', '', photo)
  expect(city.news(agriculture)).toEqual(['已收到 #1 佐证材料，现共1件。'])
  const voice = { messageId: 'm', key: 'k', type: 'file', fileName: 'message-1-audio.sil' } as const
  await city.say('孙联络', '', { attachments: [voice] })
  expect(city.news(agriculture)).toEqual([])
  await city.pass(11 * 60_000)
  await city.say('孙联络', '', photo)
  expect(city.news(agriculture)).toEqual([])
})

/** As the platform hands it on. */
function typed(city: TextCity, who: Official, text: string, more: Said = {}): Promise<void> {
  const quoted = typeof more.quote === 'string' ? more.quote : more.quote?.words
  const toBot = more.in === 'private' || more.mentionsBot === true
  const { isNumbered, ...answer } = readAnswer(text, { quoted, locale: 'zh-CN', toBot })
  const said = { ...more, ...(answer.choice && { choice: answer.choice }) }
  return city.say(who, answer.text, isNumbered ? ({ ...said, mayBeBare: undefined } as Said) : said)
}

test.each(['1', '1 组先去', '1、王强', '3 科的同志先走', '3 王处带队', '1 审通过', '2 已解决', '1 已到货'])(
  'a number that is said in the group without a quote is none of the bot’s business: %s',
  async (text) => {
    const city = await dispatched('一')
    city.news(agriculture)
    await typed(city, '孙联络', text)
    await typed(city, '孙联络', text, { quote: '明天谁去？' })
    expect(city.news(agriculture)).toEqual([])
    expect(await statuses(city)).toEqual({ 1: 'sent' })
  },
)

test.each(['1组已解决', '１组已解决', '1号楼已解决', '1社区已解决', '1组'])(
  'a place that begins with a number is no choice: %s',
  async (text) => {
    for (const more of [{}, { in: 'private' }, { mentionsBot: true }] as const) {
      const city = await dispatched('一', '二')
      city.news(agriculture)
      await typed(city, '孙联络', text, more)
      expect(await statuses(city), JSON.stringify(more)).toEqual({ 1: 'sent', 2: 'sent' })
      const told = [...city.news(agriculture), ...city.told('孙联络').map(({ words }) => words)].join()
      expect(told).not.toContain('已记录')
    }
    const city = await dispatched('一')
    const quote = city.seen(agriculture, '【交办】#1')
    const answer = readAnswer(text, { quoted: quote.words, locale: 'zh-CN', toBot: true })
    expect([answer.text, answer.choice]).toEqual([text, undefined])
  },
)

test.each([
  ['1', '办理结果未能确认', 'sent'],
  ['2 已解决', '办理结果未能确认', 'sent'],
  ['1 组先去', '办理结果未能确认', 'sent'],
  ['1 已解决，已更换路灯', '已记录 #1 反馈：解决', 'review'],
])('a number in private counts where the words say the same: %s', async (text, told, becomes) => {
  const city = await dispatched('一')
  await typed(city, '孙联络', text, { in: 'private' })
  expect(city.told('孙联络').at(-1)?.words).toContain(told)
  expect(await statuses(city)).toEqual({ 1: becomes })
})

test.each([
  ['2 3号楼已修好', '办理结果未能确认'],
  ['2 3号楼待修，11月30日', '反馈：正在解决'],
  ['2 已联系，已解决一半', '正在办理'],
  ['2 已联系，已解决一半，11月30日', '反馈：正在解决'],
  ['2 处漏点已修复', '办理结果未能确认'],
  ['2、3号楼已修好', '办理结果未能确认'],
  ['2 个工作日内完成', '反馈：正在解决'],
  ['2 货源紧张，申请延期', '办理结果未能确认'],
  ['1 暂缓，条件不具备', '办理结果未能确认'],
  ['1 处漏点已修复', '反馈：解决'],
])('whoever chooses is taken at the choice or asked: %s', async (text, told) => {
  const city = await dispatched('一')
  const cases = [
    [text, { quote: city.seen(agriculture, '【交办】#1') }],
    [`#1 ${text}`, {}],
    [`/反馈 #1 ${text}`, {}],
  ] as const
  for (const [words, more] of cases) {
    city.news(agriculture)
    await typed(city, '孙联络', words, more)
    expect(city.news(agriculture).join(), words).toContain(told)
    await city.say('孙联络', '/撤销')
  }
})

describe('a lead decides about an item by its number', () => {
  const reported = async () => {
    const city = await dispatched('一', '二')
    await city.say('孙联络', '#1 已解决，已修好')
    city.news(force)
    return city
  }

  test.each([
    ['#1 通过', 'accepted'],
    ['#1 审核通过，辛苦了', 'accepted'],
    ['#1 1', 'accepted'],
    ['#1 1 已看过', 'accepted'],
    ['#1 1 没问题，辛苦了', 'accepted'],
    ['#1 通过 已阅', 'accepted'],
    ['＃1：1', 'accepted'],
    ['#1 退回重办 请补充照片', 'working'],
    ['#1 2 请补充照片', 'working'],
  ])('%s', async (text, becomes) => {
    const city = await reported()
    await typed(city, '陈组长', text)
    expect((await statuses(city))[1]).toBe(becomes)
    expect(city.news(force).join()).toContain('#1')
  })

  test.each([
    '#1 通过了吗',
    '#1 通过？',
    '#1 通过 已看过再说',
    '#2 1 已看过',
    '#1 通过协调已经有眉目',
    '#1 通过 街道再联系一下',
    '#1 退回重办吧？',
    '#1 同意大家的意见',
    '#1 退回的材料看一下',
    '#2 通过',
    '#2 1',
    '#1 #2 通过',
    '#9 通过',
  ])('and says without deciding: %s', async (text) => {
    const city = await reported()
    await typed(city, '陈组长', text)
    expect(city.news(force)).toEqual([])
    expect(await statuses(city)).toEqual({ 1: 'review', 2: 'sent' })
  })

  test.each(['#1 1 但请补充照片', '#1 1 已看过，请补充照片', '#1 1 可以吗？', '#1 1 ？', '#1 2 能快点吗？'])(
    'and is asked where more stands behind the choice: %s',
    async (text) => {
      const city = await reported()
      await typed(city, '陈组长', text)
      expect(city.news(force)).toEqual(['请写明“通过”或“退回＋理由”。'])
      expect(await statuses(city)).toEqual({ 1: 'review', 2: 'sent' })
    },
  )

  test.each(['#1 通过', '#1 1', '#1 退回重办 请补充照片'])(
    'and where a request waits beside the feedback is asked which is meant: %s',
    async (text) => {
      const city = await aTextCity()
      await city.items('一')
      await city.say('陈组长', '/派单 #1 市农业农村委 市商务委')
      await city.say('孙联络', '#1 已解决，已修好')
      await city.say('吴联络', '/延期 #1 货源紧张')
      city.news(force)
      await typed(city, '陈组长', text)
      expect(city.news(force)).toEqual([expect.stringContaining('#1 既有反馈待审核，又有申请待批，未作处理')])
      expect((await shares(city)).filter((share) => share.endsWith('review'))).toHaveLength(1)
      await typed(city, '陈组长', '/延期 #1 批准')
      await typed(city, '陈组长', text)
      expect((await shares(city)).filter((share) => share.endsWith('review'))).toEqual([])
    },
  )

  test('who is not a lead, or elsewhere, decides nothing', async () => {
    const city = await reported()
    await typed(city, '王路人', '#1 通过')
    await typed(city, '赵分管', '#1 通过')
    await typed(city, '陈组长', '#1 通过', { in: agriculture })
    expect((await statuses(city))[1]).toBe('review')
  })

  test('and where none waits learns it only where the bot is spoken to', async () => {
    const city = await reported()
    await typed(city, '陈组长', '#2 通过', { mentionsBot: true })
    expect(city.news(force)).toEqual(['#2 没有待审核的反馈。'])
    await typed(city, '陈组长', '#1 通过', { in: 'private' })
    expect((await statuses(city))[1]).toBe('accepted')
  })

  test('below the card with its number in front', async () => {
    const city = await reported()
    await typed(city, '陈组长', '#1 1', { quote: city.seen(force, '【待审核】#1') })
    expect((await statuses(city))[1]).toBe('accepted')
  })
})

async function dispatched(...titles: string[]): Promise<TextCity> {
  const city = await aTextCity()
  await city.items(...titles, '别家的事')
  for (const [index] of titles.entries()) await city.say('陈组长', `/派单 #${index + 1} 市农业农村委`)
  return city
}

async function statuses({ app }: TextCity): Promise<Record<number, string>> {
  const rows = await app.db.read
    .selectFrom('assignments')
    .select(['item_code', 'status'])
    .orderBy('id')
    .execute()
  return Object.fromEntries(rows.map(({ item_code, status }) => [item_code, status]))
}

async function shares({ app }: TextCity): Promise<string[]> {
  const rows = await app.db.read
    .selectFrom('assignments')
    .innerJoin('departments', 'departments.id', 'assignments.department_id')
    .select(['departments.name', 'assignments.status'])
    .orderBy('assignments.id')
    .execute()
  return rows.map(({ name, status }) => `${name} ${status}`)
}
