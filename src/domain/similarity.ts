/** How alike two items are: the words that both use, each the weightier the fewer items use it. */
import { isEmptyWord, isJoint, piecesOf, standInFor } from './similarity-words.ts'

export interface ItemText {
  title: string
  content: string
}

/** An item's words, each with its weight in this item and as it is written there. */
export type Fingerprint = ReadonlyMap<string, { weight: number; written: string }>

/** How much a word tells; `frequencies` has in how many of `total` items it stands. */
export interface Rarity {
  total: number
  frequencies: ReadonlyMap<string, number>
}

export interface Likeness {
  /** From 0, nothing in common, to 1, the same. */
  score: number
  /** The words that match, the weightiest first. */
  words: SharedWord[]
}

/** As each of the two writes it. */
export interface SharedWord {
  here: string
  there: string
}

/** How sure it is that they are about the same matter. */
export interface Sureness {
  level: 'high' | 'medium'
  /** Of a hundred such pairs, about so many are one matter. */
  percent: number
}

/** A title says in short what it is about. */
const titleWeight = 1.6
const contentWeight = 1
/** Words of an item that are looked at; a text of thousands is about no more things than one of hundreds. */
const maxWords = 48
const longestText = 1_500
const longestWord = 24

/** The chance that two of a score are one matter: a curve fitted to the tuning half of test/corpus/matters.ts. */
const curve = { even: 0.15, steepness: 36 }
/** Below it a lead would rather not be asked to look. */
const leastPercent = 40
const highPercent = 85

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const han = /^\p{Script=Han}+$/u
const letters = /^[a-z][a-z'-]+$/

export function fingerprintOf({ title, content }: ItemText): Fingerprint {
  const words = new Map<string, { weight: number; written: string }>()
  const add = (text: string, weight: number) => {
    for (const { word, written } of wordsOf(text)) {
      const known = words.get(word)
      if (known) known.weight = Math.max(known.weight, weight)
      else if (words.size < maxWords) words.set(word, { weight, written })
    }
  }
  add(title, titleWeight)
  add(content.slice(0, longestText), contentWeight)
  return words
}

/** Null where they are too unlike to speak of. */
export function surenessOf(score: number): Sureness | null {
  const chance = 1 / (1 + Math.exp(-curve.steepness * (score - curve.even)))
  const percent = Math.min(99, Math.round(chance * 100))
  if (percent < leastPercent) return null
  return { level: percent >= highPercent ? 'high' : 'medium', percent }
}

/** The same both ways round. */
export function likeness(here: Fingerprint, there: Fingerprint, rarity: Rarity): Likeness {
  const shared: (SharedWord & { weight: number })[] = []
  let dot = 0
  for (const [word, own] of here) {
    const other = there.get(word)
    if (!other) continue
    const weight = own.weight * other.weight * rarityOf(word, rarity) ** 2
    dot += weight
    shared.push({ here: own.written, there: other.written, weight })
  }
  if (dot === 0) return { score: 0, words: [] }
  const score = Math.min(1, dot / (lengthOf(here, rarity) * lengthOf(there, rarity)))
  const weightiest = shared.toSorted((a, b) => b.weight - a.weight)
  return { score, words: weightiest.map(({ weight: _, ...word }) => word) }
}

/** The weight of a word that so many items use. */
export function rarityOf(word: string, { total, frequencies }: Rarity): number {
  const count = Math.max(1, frequencies.get(word) ?? 1)
  return Math.log(1 + (Math.max(total, count) + 1) / count)
}

function lengthOf(fingerprint: Fingerprint, rarity: Rarity): number {
  let sum = 0
  for (const [word, { weight }] of fingerprint) sum += (weight * rarityOf(word, rarity)) ** 2
  return Math.sqrt(sum)
}

/**
 * The words of a text that say what it is about. ICU knows everyday words; what it takes apart into single characters,
 * such as 滞|销 or 随|申|码, is read in pairs.
 */
export function* wordsOf(text: string): Generator<{ word: string; written: string }> {
  for (const piece of piecesOf(text.normalize('NFKC').toLowerCase())) {
    if (piece.isPhrase) yield { word: standInFor(piece.text), written: piece.text }
    else for (const word of segmented(piece.text)) yield { word, written: word }
  }
}

function* segmented(text: string): Generator<string> {
  let before = ''
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const single = isWordLike === true && [...segment].length === 1 && han.test(segment)
    if (!single || isJoint(segment)) {
      before = ''
      if (!single && isWordLike === true) yield* wholeWord(segment)
      continue
    }
    if (before !== '' && !isEmptyWord(before + segment)) yield before + segment
    before = segment
  }
}

function* wholeWord(word: string): Generator<string> {
  if (word.length > longestWord || isEmptyWord(word)) return
  if (han.test(word) || letters.test(word)) yield word
}

/** Pairs of characters that overlap in both texts make one word again: 随申 and 申码 are 随申码. */
export function wholeWords(words: readonly SharedWord[], here: string, there: string): SharedWord[] {
  const texts = [here, there].map((text) => text.normalize('NFKC').toLowerCase())
  const inBoth = (word: string) => texts.every((text) => text.includes(word))
  const whole: SharedWord[] = []
  for (const word of words) {
    if (whole.some((known) => known.here.includes(word.here) && known.there.includes(word.there))) continue
    const next = whole.findIndex((known) => overlap(known, word, inBoth) !== null)
    const joined = next === -1 ? null : overlap(whole[next] as SharedWord, word, inBoth)
    if (joined === null) whole.push(word)
    else whole[next] = { here: joined, there: joined }
  }
  return whole
}

function overlap(one: SharedWord, other: SharedWord, inBoth: (word: string) => boolean): string | null {
  if (one.here !== one.there || other.here !== other.there || !han.test(one.here + other.here)) return null
  const orders = [
    [one.here, other.here],
    [other.here, one.here],
  ] as const
  for (const [first, second] of orders) {
    const joined = first + second.slice(1)
    if (first.endsWith(second.charAt(0)) && inBoth(joined)) return joined
  }
  return null
}
