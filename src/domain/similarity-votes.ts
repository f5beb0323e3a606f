/** Who is likely to lead an item, by who led earlier items of the same words. */
import { type Fingerprint, type Rarity, rarityOf } from './similarity.ts'

/** So many earlier items with that word had that department in the lead. */
export interface Vote {
  word: string
  department: number
  items: number
}

export interface Suggested {
  department: number
  /** Of a hundred such suggestions, about so many are right; null where too few words speak for it to say so. */
  percent: number | null
  level: 'high' | 'medium'
  /** The words that speak for it, as the item writes them, the weightiest first. */
  words: string[]
}

/** A word seen once says less than one seen often. */
const doubtOfWord = 0.6
/** What speaks for none: so much of an average word, so that one word alone decides nothing. */
const doubt = 1.5
/** The chance that a share of all votes is right: a curve fitted to the tuning half of test/corpus/matters.ts. */
const curve = { even: 0.26, steepness: 14 }
const leastPercent = 60
const highPercent = 85
/** Fewer speak for many a matter that was never seen before, by words that it shares with others by chance. */
const tellingWords = 4

/** The department that most speaks for; null where nothing speaks clearly enough. */
export function suggestedBy(
  votes: readonly Vote[],
  fingerprint: Fingerprint,
  rarity: Rarity,
): Suggested | null {
  const byWord = Map.groupBy(votes, ({ word }) => word)
  const shares = new Map<number, { sum: number; words: Map<string, number> }>()
  let all = 0
  for (const [word, own] of byWord) {
    const known = fingerprint.get(word)
    if (!known) continue
    const weight = known.weight * rarityOf(word, rarity)
    all += weight
    const seen = own.reduce((sum, { items }) => sum + items, 0)
    for (const { department, items } of own) {
      const share = shares.get(department) ?? { sum: 0, words: new Map<string, number>() }
      const said = (weight * items) / (seen + doubtOfWord)
      share.sum += said
      share.words.set(known.written, (share.words.get(known.written) ?? 0) + said)
      shares.set(department, share)
    }
  }
  const [best] = [...shares].sort(([a, one], [b, other]) => other.sum - one.sum || a - b)
  if (!best) return null
  const [department, { sum, words }] = best
  const percent = percentOf(sum / (all + (doubt * all) / byWord.size))
  if (percent < leastPercent) return null
  const isTelling = words.size >= tellingWords
  return {
    department,
    percent: isTelling ? percent : null,
    level: isTelling && percent >= highPercent ? 'high' : 'medium',
    words: [...words].sort(([, a], [, b]) => b - a).map(([word]) => word),
  }
}

function percentOf(share: number): number {
  return Math.min(99, Math.round(100 / (1 + Math.exp(-curve.steepness * (share - curve.even)))))
}
