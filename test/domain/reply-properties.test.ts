import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSolved } from '../../src/domain/assignment.ts'
import { list } from '../../src/domain/reply/cue.ts'
import { type Intent, type Reading, readReply } from '../../src/domain/reply.ts'
import { today } from '../corpus/replies.labels.ts'
import { after, before } from '../corpus/replies.ts'
import { shanghai } from './offices.ts'

const texts = [...before, ...after].map(({ text }) => text)
const anyText = fc.constantFrom(...texts)

function read(text: string): Reading {
  return readReply(text, { today, office: shanghai })
}

function solved(intent: Intent): boolean {
  return intent.kind === 'feedback' && isSolved(intent.outcome)
}

const chineseOutcomes = list(`
  已解决、解决了、已办结、办结了、已整改到位、整改到位、已落实到位、已处理、处理好了、处理完毕、已修复、
  修好了、搞定了、已完成整改、已基本解决、基本解决、得到解决、问题已解决、垃圾已清理、违建已拆除、
  已恢复供水、已妥善处理、圆满解决、弄好了、办结、已全部解决、3处均已整改完毕
`)
const chineseDenials = list(`
  不、没、没有、未、尚未、并未、还没、还没有、未能、没能、无法、不能、不算、不是、并非、从未、仍未、暂未、
  难以、很难、谈不上、算不上、不能说、不好说、不等于、不代表、不认为、没人说、至今未、目前还没有、一直没、
  根本没、始终没有、暂时无法、不可能、拒绝、不见得、未必、不曾、短期内无法
`)
const chineseReserves = list(`
  是否、能否、如果、假如、一旦、只要、除非、待、等到、有待、需要、需、要、应、必须、将、即将、拟、计划、
  预计、力争、争取、确保、承诺、尽快、马上、希望、可能、大概、估计、好像、据说、网传、群众说、物业称、以为、
  假装、部分、大部分、仅、初步、差点、为了、正在、继续推动、打算、暂缓、督促
`)
const englishOutcomes = list(`
  resolved, solved, fixed, completed, done, finished, repaired, all done
`)
const englishDenials = list(`
  not, not yet, never, has not been, hasn't been, isn't, cannot be, will be, to be, should be, if, once,
  when, is it, has it been, partly, half, almost, the owner says it is, far from
`)

const pairs = (firsts: string[], seconds: string[]) =>
  fc.tuple(fc.constantFrom(...firsts), fc.constantFrom(...seconds))
const opening = fc.constantFrom('', '#12 ', '收到，', '经核查，', '该处路灯', '目前', '【#12】您好，')

describe('a reply that takes its outcome back', () => {
  it('is never solved behind a denial', () => {
    fc.assert(
      fc.property(opening, pairs(chineseDenials, chineseOutcomes), (start, [denial, outcome]) => {
        expect(solved(read(`${start}${denial}${outcome}`).intent)).toBe(false)
      }),
      { numRuns: 800 },
    )
  })

  it('is never solved behind a question, a condition, a promise or hearsay', () => {
    fc.assert(
      fc.property(opening, pairs(chineseReserves, chineseOutcomes), (start, [reserve, outcome]) => {
        expect(solved(read(`${start}${reserve}${outcome}`).intent)).toBe(false)
      }),
      { numRuns: 800 },
    )
  })

  it('is never solved in front of what takes it back', () => {
    const afterthoughts = [
      ...[
        '了吗',
        '？',
        '了没有',
        '吧',
        '不了',
        '一半',
        '了一半',
        '的话',
        '后再报',
        '，对吗',
        '，但还有2处没弄',
        '，不过还漏水',
        '，其实没有',
      ],
      ...[
        '，除非下雨',
        '，前提是业主同意',
        '，群众说没有',
        '，来电人不满意',
        '，待验收',
        '，又坏了',
        '是不可能的',
        '的说法不实',
        '，谁信',
      ],
    ]
    const whole = chineseOutcomes.filter((outcome) => !outcome.includes('基本'))
    fc.assert(
      fc.property(opening, pairs(whole, afterthoughts), (start, [outcome, afterthought]) => {
        expect(solved(read(`${start}${outcome}${afterthought}`).intent)).toBe(false)
      }),
      { numRuns: 800 },
    )
  })

  it('is never solved behind an English reserve', () => {
    fc.assert(
      fc.property(pairs(englishDenials, englishOutcomes), ([denial, outcome]) => {
        expect(solved(read(`${denial} ${outcome}`).intent)).toBe(false)
      }),
      { numRuns: 600 },
    )
  })

  it('is solved without one, so that the properties above mean something', () => {
    for (const outcome of chineseOutcomes)
      expect([outcome, solved(read(outcome).intent)]).toEqual([outcome, true])
    for (const outcome of englishOutcomes)
      expect([outcome, solved(read(outcome).intent)]).toEqual([outcome, true])
  })
})

/** Every half-width character as its full-width twin, at the places where `chosen` says so. */
function widen(text: string, chosen: (at: number) => boolean): string {
  return [...text]
    .map((char, at) => {
      if (!chosen(at)) return char
      if (char === ' ') return '\u3000'
      return /[!-~]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char
    })
    .join('')
}

describe('spelling', () => {
  it('full-width and half-width read the same', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (text, pattern) => {
        const wide = widen(text, (at) => pattern[at % pattern.length] ?? false)
        expect(read(wide)).toEqual(read(text))
      }),
      { numRuns: 500 },
    )
  })

  it('half-width punctuation in Chinese reads like full-width', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const narrow = text.replace(/(?<=\p{Script=Han})[，：；？！](?=\p{Script=Han}|$)/gu, (char) =>
          String.fromCharCode(char.charCodeAt(0) - 0xfee0),
        )
        expect(read(narrow)).toEqual(read(text))
      }),
      { numRuns: 1_000 },
    )
  })

  it('spaces and line ends around a reply, and a thumb behind it, change nothing', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(' ', '\n', '\t ', '\r\n'), (text, space) => {
        expect(read(`${space}${text}${space}`)).toEqual(read(text))
        expect(read(`${text}👍`)).toEqual(read(text))
      }),
    )
  })
})

describe('whatever people type', () => {
  const words = fc.constantFrom(
    ...[
      '已',
      '未',
      '解决',
      '办结',
      '不',
      '#12',
      '号',
      '前',
      '11月',
      '30日',
      '，',
      '。',
      '？',
      ' ',
      '\n',
      '基本',
      '申请延期',
    ],
    ...[
      '因',
      '应由',
      '局',
      '的',
      '问题',
      '如果',
      '收到',
      '12',
      '/',
      '、',
      '（',
      'not',
      'resolved',
      '群众说',
      '🙂',
      '个工作日内',
      'ﷺ',
    ],
  )

  it('is read without an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.array(words).map((all) => all.join('')),
        ),
        (text) => {
          const { items, intent } = read(text)
          expect(items.every((item) => Number.isInteger(item) && item > 0)).toBe(true)
          expect(['acknowledge', 'feedback', 'extension', 'return', 'unclear', 'none']).toContain(intent.kind)
          if (intent.kind === 'feedback' && intent.promisedDate)
            expect(intent.promisedDate >= today).toBe(true)
          if (intent.kind === 'extension') expect(intent.reason).not.toBe('')
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('takes time in proportion to its length', () => {
    const garbage = [
      ...[
        '已',
        '不',
        '1',
        '(',
        '#1',
        '的',
        '已解决',
        '11月',
        '建议转',
        '，',
        '有',
        'a ',
        '因',
        '由于',
        '年',
        '12/',
      ],
      ...texts.slice(0, 8),
    ]
    const long = garbage.map((word) => word.repeat(Math.ceil(4_000 / word.length)).slice(0, 4_000))
    const started = performance.now()
    for (const text of long) expect(read(text).items.length).toBeLessThanOrEqual(text.length)
    // Some ten times what it takes: a regular expression that backtracks takes thousands of times as much.
    expect((performance.now() - started) / long.length).toBeLessThan(2_000)
    expect(read('已解决'.repeat(3_400)).intent).toEqual({ kind: 'unclear', why: 'too-long' })
  })
})
