import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Fingerprint,
  fingerprintOf,
  likeness,
  type Rarity,
  surenessOf,
  wholeWords,
  wordsOf,
} from '../../src/domain/similarity.ts'
import { suggestedBy, type Vote } from '../../src/domain/similarity-votes.ts'
import { heldOut, type Matter, tuning } from '../corpus/matters.ts'

const allMatters = [...tuning, ...heldOut]
const words = (text: string) => [...wordsOf(text)].map(({ word }) => word)

describe('the words of a text', () => {
  test.each([
    ['蔬菜滞销', ['蔬菜', '滞销']],
    ['青菜卖不出去', ['蔬菜', '滞销']],
    ['随申码没有更新', ['健康码', '更新']],
    ['熔喷布', ['熔喷', '喷布']],
    ['希望有关部门尽快解决这个问题', []],
    ['来电人电话13800138000', []],
    ['ＢＵＳ stops', ['bus', 'stops']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  test('a text of thousands of characters has no more of them than one of hundreds', () => {
    const long = Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')
    expect(fingerprintOf({ title: '蔬菜滞销', content: long }).size).toBeLessThanOrEqual(48)
    expect(fingerprintOf({ title: '蔬菜滞销', content: long }).has('滞销')).toBe(true)
  })
})

describe('likeness', () => {
  const texts = allMatters.flatMap(({ reports }) => reports)
  const fingerprints = texts.map(fingerprintOf)
  const rarity = rarityIn(fingerprints)
  const one = fc.nat(texts.length - 1)
  const anyText = fc.oneof(
    one.map((index) => fingerprints[index] as Fingerprint),
    fc
      .record({ title: fc.string({ unit: 'grapheme' }), content: fc.string({ unit: 'grapheme' }) })
      .map(fingerprintOf),
  )
  const anyRarity: fc.Arbitrary<Rarity> = fc
    .record({
      total: fc.nat(100_000),
      frequencies: fc.dictionary(fc.constantFrom('蔬菜', '口罩', '滞销'), fc.nat(9_000)),
    })
    .map(({ total, frequencies }) => ({ total, frequencies: new Map(Object.entries(frequencies)) }))

  test('is between 0 and 1, the same both ways round, and none without a word in common', () => {
    fc.assert(
      fc.property(anyText, anyText, anyRarity, (a, b, among) => {
        const there = likeness(a, b, among)
        const back = likeness(b, a, among)
        expect(there.score).toBeGreaterThanOrEqual(0)
        expect(there.score).toBeLessThanOrEqual(1)
        expect(there.score).toBeCloseTo(back.score, 10)
        const shared = [...a.keys()].filter((word) => b.has(word))
        expect(there.words).toHaveLength(shared.length)
        expect(there.score > 0).toBe(shared.length > 0)
      }),
    )
  })

  test('is whole with itself', () => {
    fc.assert(
      fc.property(anyText, anyRarity, (text, among) => {
        expect(likeness(text, text, among).score).toBeCloseTo(text.size === 0 ? 0 : 1, 10)
      }),
    )
  })

  test('the rarer the shared word among items, the more alike', () => {
    const [a, b] = [
      fingerprintOf({ title: '蔬菜滞销', content: '' }),
      fingerprintOf({ title: '蔬菜涨价', content: '' }),
    ]
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (count) => {
        const score = (frequency: number) =>
          likeness(a, b, { total: 1_000, frequencies: new Map([['蔬菜', frequency]]) }).score
        expect(score(count)).toBeGreaterThan(score(count + 1))
      }),
    )
  })

  test('never grows surer with a lower score', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)].map((score) => surenessOf(score)?.percent ?? 0)
          expect(low).toBeLessThanOrEqual(high as number)
        },
      ),
    )
    expect(surenessOf(0)).toBeNull()
    expect(surenessOf(1)).toEqual({ level: 'high', percent: 99 })
  })

  test('says which words match, as each writes them, and pairs of characters as the word that they are', () => {
    const [a, b] = [
      { title: '熔喷布卖不出去', content: '' },
      { title: '积压的熔喷布', content: '' },
    ]
    const shared = likeness(fingerprintOf(a), fingerprintOf(b), rarity).words
    expect(wholeWords(shared, a.title, b.title)).toEqual(
      expect.arrayContaining([
        { here: '熔喷布', there: '熔喷布' },
        { here: '卖不出去', there: '积压' },
      ]),
    )
    expect(wholeWords(shared, a.title, b.title)).toHaveLength(2)
  })

  test.each([
    ['tuned on', tuning, { precision: 0.9, recall: 0.9 }],
    ['held out', heldOut, { precision: 0.9, recall: 0.5 }],
  ] as const)('finds the same matter in other words: %s', (name, matters, atLeast) => {
    const all = matters.flatMap(({ reports }, index) =>
      reports.map((report) => ({ index, fingerprint: fingerprintOf(report) })),
    )
    const pairs = all.flatMap((a, at) =>
      all.slice(at + 1).map((b) => ({
        same: a.index === b.index,
        sure: surenessOf(likeness(a.fingerprint, b.fingerprint, rarity).score),
      })),
    )
    const lines = (['medium', 'high'] as const).map((level) => {
      const found = pairs.filter(({ sure }) => sure && (level === 'medium' || sure.level === 'high'))
      const right = found.filter(({ same }) => same).length
      const same = pairs.filter((pair) => pair.same).length
      return {
        level,
        right,
        found: found.length,
        same,
        precision: right / found.length,
        recall: right / same,
      }
    })
    for (const line of lines) {
      console.info(
        `similar items, ${name}, ${line.level} and above: precision ${line.right}/${line.found} (${percent(line.precision)}), recall ${line.right}/${line.same} (${percent(line.recall)}) of ${pairs.length} pairs`,
      )
    }
    expect(pairs.filter(({ same }) => same).length).toBeGreaterThanOrEqual(36)
    expect(lines[0]?.precision).toBeGreaterThanOrEqual(atLeast.precision)
    expect(lines[0]?.recall).toBeGreaterThanOrEqual(atLeast.recall)
    expect(lines[1]?.precision).toBeGreaterThanOrEqual(0.9)
  })
})

describe('the suggested department', () => {
  const departments = [...new Set(allMatters.map(({ department }) => department))]
  const all = allMatters.flatMap((matter) =>
    matter.reports.map((report) => ({ matter, fingerprint: fingerprintOf(report) })),
  )

  test('nothing is known, nothing is suggested', () => {
    const { fingerprint } = all[0] as (typeof all)[number]
    expect(suggestedBy([], fingerprint, { total: 0, frequencies: new Map() })).toBeNull()
  })

  test('one common word alone decides nothing', () => {
    const fingerprint = fingerprintOf({ title: '口罩', content: '' })
    const votes: Vote[] = [1, 2, 3].map((department) => ({ word: '口罩', department, items: 20 }))
    expect(suggestedBy(votes, fingerprint, { total: 100, frequencies: new Map([['口罩', 60]]) })).toBeNull()
  })

  test('is one that led items with these words, by words that the item has', () => {
    const word = fc.constantFrom('口罩', '蔬菜', '排队', '滞销', '消毒')
    const anyVote: fc.Arbitrary<Vote> = fc.record({
      word,
      department: fc.integer({ min: 1, max: 4 }),
      items: fc.integer({ min: 1, max: 50 }),
    })
    const fingerprint = fingerprintOf({ title: '口罩 蔬菜', content: '排队 滞销' })
    fc.assert(
      fc.property(fc.array(anyVote, { maxLength: 12 }), fc.nat(1_000), (votes, total) => {
        const suggested = suggestedBy(votes, fingerprint, { total, frequencies: new Map() })
        if (!suggested) return
        expect(votes.map(({ department }) => department)).toContain(suggested.department)
        if (suggested.words.length < 4) expect(suggested).toMatchObject({ percent: null, level: 'medium' })
        else expect(suggested.percent).toBeGreaterThanOrEqual(60)
        for (const known of suggested.words) expect(['口罩', '蔬菜', '排队', '滞销']).toContain(known)
      }),
    )
  })

  test.each([
    ['tuned on', tuning, 0.9],
    ['held out', heldOut, 0.85],
  ] as const)('learns from how the others were dispatched: %s', (name, matters, atLeast) => {
    const asked = all.filter(({ matter }) => (matters as readonly Matter[]).includes(matter))
    for (const history of ['with others of its matter', 'of other matters only'] as const) {
      const answers = asked.map((one) => {
        const known = all.filter((other) =>
          history === 'of other matters only' ? other.matter !== one.matter : other !== one,
        )
        const found = suggestedBy(
          votesOf(known, one.fingerprint),
          one.fingerprint,
          rarityIn(known.map(({ fingerprint }) => fingerprint)),
        )
        return { found, right: found !== null && departments[found.department] === one.matter.department }
      })
      const given = answers.filter(({ found }) => found !== null)
      const right = given.filter((answer) => answer.right).length
      console.info(
        `suggested department, ${name}, history ${history}: right ${right}/${given.length}, none for ${answers.length - given.length} of ${answers.length}`,
      )
      const sure = given.flatMap(({ found, right }) =>
        found?.percent == null ? [] : [{ said: found.percent, right }],
      )
      const said = sure.reduce((sum, answer) => sum + answer.said, 0) / 100
      console.info(
        `… of these ${sure.length} with a percentage: right ${sure.filter((answer) => answer.right).length}, by their percentages ${said.toFixed(1)}`,
      )
      if (history === 'of other matters only') {
        // Of a matter that was never seen, most suggestions are no more than a hint.
        expect(sure.length).toBeLessThan(given.length / 2)
        continue
      }
      expect(sure.filter((answer) => answer.right).length).toBeGreaterThanOrEqual(said * 0.95)
      expect(right / given.length).toBeGreaterThanOrEqual(atLeast)
      expect(given.length / answers.length).toBeGreaterThanOrEqual(0.7)
    }
  })

  function votesOf(known: typeof all, fingerprint: Fingerprint): Vote[] {
    const votes = new Map<string, Vote>()
    for (const other of known) {
      const department = departments.indexOf(other.matter.department)
      for (const word of other.fingerprint.keys()) {
        if (!fingerprint.has(word)) continue
        const vote = votes.get(`${word} ${department}`) ?? { word, department, items: 0 }
        vote.items += 1
        votes.set(`${word} ${department}`, vote)
      }
    }
    return [...votes.values()]
  }
})

function rarityIn(fingerprints: Fingerprint[]): Rarity {
  const frequencies = new Map<string, number>()
  for (const fingerprint of fingerprints) {
    for (const word of fingerprint.keys()) frequencies.set(word, (frequencies.get(word) ?? 0) + 1)
  }
  return { total: fingerprints.length, frequencies }
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}
