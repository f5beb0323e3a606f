import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choicesOf, inWords, menuLine, showsMenu, wordOfNumber } from '../../../bots/wechat/menu.ts'
import { decisionIn } from '../../../src/commands/request-words.ts'
import { decisionOf } from '../../../src/commands/review.ts'
import { readReply } from '../../../src/domain/reply.ts'
import { locales } from '../../../src/messages/voice.ts'
import { shanghai } from '../../domain/offices.ts'

const kinds = ['item', 'review', 'request', 'dated'] as const
const menuOf = (kind: (typeof kinds)[number], locale: (typeof locales)[number]) =>
  choicesOf(kind, locale)
    .map((choice) => menuLine(choice, locale))
    .join('\n')

const read = (text: string) => readReply(text, { today: '2026-11-20', office: shanghai }).intent

describe.each(locales)('the menus in %s', (locale) => {
  test.each(kinds)('every choice of %s is read back from its own line', (kind) => {
    for (const { number, word } of choicesOf(kind, locale)) {
      expect(wordOfNumber(`【交办】#12 某事\n${menuOf(kind, locale)}`, number, locale)).toBe(word)
    }
  })

  test('without a quote the item’s choices count', () => {
    const words = choicesOf('item', locale).map(({ word }) => word)
    expect([1, 2, 3, 4].map((number) => wordOfNumber(undefined, number, locale))).toEqual(words)
    expect(wordOfNumber(undefined, 5, locale)).toBeNull()
  })

  test('a decision’s first choice decides for, its second against with the reason', () => {
    const reason = locale === 'en' ? 'please add figures' : '请补充数量'
    const [accept, redo] = choicesOf('review', locale).map(({ word }) => word)
    expect(decisionOf(inWords(accept ?? '', '', locale))).toEqual({ decision: 'accept' })
    expect(decisionOf(inWords(redo ?? '', reason, locale))).toEqual({ decision: 'redo', reason })
    for (const kind of ['request', 'dated'] as const) {
      const [yes, no] = choicesOf(kind, locale).map(({ word }) => word)
      expect(decisionIn(inWords(yes ?? '', '12月10日', locale))).toEqual({
        decision: 'approve',
        rest: '12月10日',
      })
      expect(decisionIn(inWords(no ?? '', reason, locale))).toEqual({ decision: 'refuse', rest: reason })
    }
  })
})

describe('what the numbers of an item become, the core understands', () => {
  test.each([
    [1, '已组织农超对接', { kind: 'feedback', outcome: 'resolved', measures: '已组织农超对接' }],
    [1, '', { kind: 'feedback', outcome: 'resolved' }],
    [2, '已联系 11月30日前', { kind: 'feedback', outcome: 'in_progress', promisedDate: '2026-11-30' }],
    [2, '已联系 11月30日', { kind: 'feedback', outcome: 'in_progress', promisedDate: '2026-11-30' }],
    [2, '，已联系企业，下周三', { kind: 'feedback', outcome: 'in_progress', promisedDate: '2026-11-25' }],
    [2, '已联系', { kind: 'feedback', outcome: 'in_progress', promisedDate: null }],
    [3, '应由市水务局办理', { kind: 'return', suggested: '市水务局' }],
    [3, '居民小区非我辖区', { kind: 'return' }],
    [3, '', { kind: 'unclear', why: 'no-reason' }],
    [4, '复工延误', { kind: 'extension', reason: '复工延误' }],
    [4, '货源紧张，延至12月10日', { kind: 'extension', until: '2026-12-10' }],
    [4, '货源紧张，12月2日', { kind: 'extension', reason: '货源紧张', until: '2026-12-02' }],
    [4, '货源紧张 12月2日前', { kind: 'extension', until: '2026-12-02' }],
    [4, '12月2日', { kind: 'unclear', why: 'no-reason', guess: { until: '2026-12-02' } }],
    [4, '延至12月2日', { kind: 'unclear', why: 'no-reason' }],
    [4, '', { kind: 'unclear', why: 'no-reason' }],
  ])('%d %s', (number, rest, intent) => {
    expect(read(inWords(wordOfNumber(undefined, number, 'zh-CN') ?? '', rest, 'zh-CN'))).toMatchObject(intent)
  })

  test.each([
    [1, 'met the farmers', { kind: 'feedback', outcome: 'resolved' }],
    [2, 'met them by 30 Nov', { kind: 'feedback', outcome: 'in_progress', promisedDate: '2026-11-30' }],
    [2, 'met them, by 30 November', { outcome: 'in_progress', promisedDate: '2026-11-30' }],
    [2, 'by 30 November', { outcome: 'in_progress', promisedDate: '2026-11-30' }],
    [3, 'wrong office', { kind: 'return' }],
    [4, 'goods are scarce', { kind: 'extension', reason: 'goods are scarce' }],
    [4, 'goods are scarce, by 2 December', { kind: 'extension', until: '2026-12-02' }],
    [4, '2 December', { kind: 'unclear', why: 'no-reason', guess: { until: '2026-12-02' } }],
  ])('%d %s', (number, rest, intent) => {
    expect(read(inWords(wordOfNumber(undefined, number, 'en') ?? '', rest, 'en'))).toMatchObject(intent)
  })
})

describe('what is written behind a number is parted once', () => {
  test.each([
    ['in progress', 'by 30 November', 'in progress, by 30 November'],
    ['in progress', 'met them, by 30 November', 'in progress, met them, by 30 November'],
    ['in progress', 'met them by 30 Nov', 'in progress, met them, by 30 Nov'],
    [
      'request extension',
      'goods are scarce, by 2 December',
      'request extension, goods are scarce, until 2 December',
    ],
    ['request extension', '2 December', 'request extension until 2 December'],
  ])('%s + %s', (word, rest, said) => expect(inWords(word, rest, 'en')).toBe(said))

  test.each([
    ['正在办理', '已联系 11月30日前', '正在办理，已联系，11月30日前'],
    ['正在办理', '已联系， 11月30日前', '正在办理，已联系，11月30日前'],
    ['正在办理', '11月30日', '正在办理，11月30日'],
    ['延期', '12月2日', '延期 至12月2日'],
    ['延期', '货源紧张；12月2日', '延期，货源紧张，延至12月2日'],
  ])('%s + %s', (word, rest, said) => expect(inWords(word, rest, 'zh-CN')).toBe(said))
})

describe('a quote', () => {
  test.each([
    '2 正在办理',
    '2. 正在办理＋措施',
    '2、正在办理+措施',
    '２．正在办理（措施）',
    '2正在办理 措施',
  ])('is read as people’s phones bring it: %s', (line) =>
    expect(wordOfNumber(line, 2, 'zh-CN')).toBe('正在办理'),
  )

  test('may be in the language that the bot spoke before', () => {
    expect(wordOfNumber(menuOf('item', 'en'), 2, 'zh-CN')).toBe('in progress')
  })

  test('that offers nothing under the number offers nothing', () => {
    expect(wordOfNumber('几点开会？', 2, 'zh-CN')).toBeNull()
    expect(wordOfNumber('【交办】#12 某事', 2, 'zh-CN')).toBeNull()
    expect(wordOfNumber(menuOf('review', 'zh-CN'), 3, 'zh-CN')).toBeNull()
    expect(wordOfNumber('2 正在办理的路灯', 2, 'zh-CN')).toBeNull()
    expect(wordOfNumber('12 已解决', 2, 'zh-CN')).toBeNull()
  })

  test('shows a menu, or none', () => {
    for (const locale of locales)
      for (const kind of kinds) expect(showsMenu(`【交办】#12 某事\n${menuOf(kind, locale)}`)).toBe(true)
    for (const quoted of ['#12 反馈退回重办：请补充照片。', '2 正在办理的路灯', '1、王强'])
      expect(showsMenu(quoted)).toBe(false)
  })

  test('that offers two things offers nothing', () => {
    expect(wordOfNumber(`1 通过\n${menuOf('item', 'zh-CN')}`, 1, 'zh-CN')).toBeNull()
  })

  test('never has a word of its own read as one', () => {
    const known = locales
      .flatMap((locale) => kinds.flatMap((kind) => choicesOf(kind, locale)))
      .map((c) => c.word)
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 9 }), (quoted, number) => {
        const word = wordOfNumber(quoted, number, 'zh-CN')
        expect(word === null || known.includes(word)).toBe(true)
      }),
    )
  })
})
