import { expect, test } from 'vitest'
import { makeExport } from '../../src/services/reports/export-file.ts'
import { aTextCity, type Official, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const commerce = '市商务委员会'
const force = '工作专班'

const asked: { who: Official; says: string; words: string[] }[] = [
  { who: '陈组长', says: '/帮助', words: ['督办机器人', '派单'] },
  { who: '陈组长', says: '／进度', words: ['办理进度', '收集'] },
  { who: '陈组长', says: '/status', words: ['办理进度'] },
  { who: '陈组长', says: '/进度 农业农村委', words: ['市农业农村委员会　办理进度'] },
  { who: '陈组长', says: '/进度 ＃１', words: ['#1 蔬菜滞销', '派单'] },
  { who: '陈组长', says: '/清单', words: ['#1 蔬菜滞销', '#2 路灯不亮'] },
  { who: '陈组长', says: '/逾期', words: ['目前没有逾期事项'] },
  { who: '陈组长', says: '/报表 日', words: ['日报'] },
  { who: '陈组长', says: '/研判', words: ['#3 共享单车乱停'] },
  { who: '孙联络', says: '/待办', words: ['市农业农村委员会　待办1项', '#1 蔬菜滞销'] },
  { who: '孙联络', says: '/进度', words: ['市农业农村委员会　办理进度'] },
  { who: '孙联络', says: '/帮助 反馈', words: ['/反馈 #编号'] },
  { who: '孙联络', says: '/清单', words: ['您没有此项操作的权限'] },
  { who: '孙联络', says: '/进度 #2', words: ['#2'] },
  { who: '孙联络', says: '/反馈', words: ['用法：/反馈'] },
  { who: '孙联络', says: '/签受 #1', words: ['是否指“/签收”'] },
]

test.each(asked)('$who asks $says in a group of words', async ({ who, says, words }) => {
  const city = await aDesk()
  const where = who === '陈组长' ? force : agriculture
  city.news(where)
  await city.say(who, says)
  const [answer, more] = city.news(where)
  expect(more).toBeUndefined()
  for (const word of words) expect(answer).toContain(word)
  expect(city.bugs).toEqual([])
})

test('what not everybody there may read comes in private', async () => {
  const city = await aDesk()
  city.news(commerce)
  await city.say('陈组长', '/清单', { in: commerce })
  expect(city.news(commerce)).toEqual(['已私信答复。'])
  expect(city.told('陈组长').at(-1)?.words).toContain('#1 蔬菜滞销')
})

test('a citizen’s details come to the contact alone, and nobody reads them in the group', async () => {
  const city = await aDesk()
  await city.say('孙联络', '/联系方式 #1')
  expect(city.told('孙联络').at(-1)?.words).toContain('13800138000')
  expect(
    city
      .posts(agriculture)
      .map(({ words }) => words)
      .join(),
  ).not.toContain('13800138000')
})

test('an export comes as a file, in private', async () => {
  const city = await aDesk()
  await city.say('陈组长', '/导出')
  const order = city.jobs.find(({ name }) => name === 'export')
  if (!order) throw new Error('nobody has it made')
  await makeExport(city.app, Number(order.id))
  await city.settle()
  expect(city.told('陈组长').some(({ post }) => post.file?.name.endsWith('.xlsx'))).toBe(true)
})

test('the whole loop in words: dispatched, acknowledged, reported, sent back, accepted, called back, closed', async () => {
  const city = await aDesk()
  const card = () => city.seen(agriculture, '【交办】#1')
  await city.say('孙联络', '收到', { quote: card() })
  await city.say('孙联络', '正在办理，已联系批发市场，11月30日前办结', { quote: card() })
  await city.say('陈组长', '通过', { quote: city.seen(force, '【待审核】#1') })
  await city.say('孙联络', '已解决，已全部收购', { quote: city.seen(agriculture, '#1 阶段性反馈') })
  await city.say('陈组长', '退回重办，请附收购清单', { quote: city.seen(force, '【待审核】#1') })
  await city.say('孙联络', '已解决，收购清单已报送', { quote: city.seen(agriculture, '#1 反馈退回重办') })
  await city.say('陈组长', '通过', { quote: city.seen(force, '【待审核】#1') })
  await city.say('陈组长', '/回访 #1 满意')
  await city.say('陈组长', '/销号 #1')
  const item = await city.app.db.read
    .selectFrom('items')
    .select('status')
    .where('code', '=', 1)
    .executeTakeFirst()
  expect(item?.status).toBe('closed')
  expect(city.bugs).toEqual([])
  expect(new Set(city.calls.map(({ op }) => op))).toEqual(new Set(['send']))
})

test('what is to be done again, or finished, is told with the choices, in one message; what is accepted without', async () => {
  const city = await aDesk()
  const choices = [
    '1 已解决＋措施',
    '2 正在办理＋措施＋完成日期',
    '3 退回＋原因',
    '4 延期＋原因',
    '#1 2 措施 日期',
  ]
  const news = () => city.news(agriculture)
  const review = () => city.seen(force, '【待审核】#1')
  await city.say('孙联络', '#1 正在办理，已联系批发市场，11月30日')
  news()
  await city.say('陈组长', '通过', { quote: review() })
  const [interim, more] = news()
  expect(more).toBeUndefined()
  for (const words of ['#1 阶段性反馈已审核通过', ...choices]) expect(interim).toContain(words)
  await city.say('孙联络', '已解决，已全部收购', { quote: city.seen(agriculture, '#1 阶段性反馈') })
  news()
  await city.say('陈组长', '退回重办，请附收购清单', { quote: review() })
  const [redo, another] = news()
  expect(another).toBeUndefined()
  for (const words of ['#1 反馈退回重办：请附收购清单。', ...choices]) expect(redo).toContain(words)
  await city.say('孙联络', '已解决，清单已报送', { quote: city.seen(agriculture, '#1 反馈退回重办') })
  news()
  await city.say('陈组长', '通过', { quote: review() })
  expect(news()).toEqual(['#1 反馈已审核通过：解决。辛苦了。'])
})

async function aDesk(): Promise<TextCity> {
  const city = await aTextCity()
  await city.items('蔬菜滞销', '路灯不亮', '共享单车乱停')
  await city.say('陈组长', '/派单 #1 市农业农村委')
  await city.say('陈组长', '/派单 #2 市商务委')
  return city
}
