import { itemsSharing, itemTotal, wordFrequencies } from '../../db/item-words.ts'
import { type ItemRow, reportsOf } from '../../db/items.ts'
import type { Db } from '../../db/schema.ts'
import { itemsByCode } from '../../db/waiting-items.ts'
import {
  type Fingerprint,
  fingerprintOf,
  likeness,
  type Rarity,
  rarityOf,
  type SharedWord,
  type Sureness,
  surenessOf,
  wholeWords,
} from '../../domain/similarity.ts'

/** An earlier item that is likely about the same matter: itself, or what it was merged into. */
export interface SimilarItem {
  item: ItemRow
  reports: number
  sure: Sureness
  /** The words that match, the weightiest first. */
  words: SharedWord[]
}

/** What an item is about, and how much each of its words tells among all items. */
export interface ItemWords {
  fingerprint: Fingerprint
  rarity: Rarity
  /** The rarest first. */
  rarest: string[]
}

const shownItems = 3
const shownWords = 5
/** So many items at most have a word that is looked up: the rare words tell, and are quick. */
const lookedUp = 8_000
const ofEachWord = 2_000
const compared = 24

export async function wordsOfItem(db: Db, item: ItemRow): Promise<ItemWords> {
  const fingerprint = fingerprintOf(item)
  const total = await itemTotal(db)
  const frequencies = await wordFrequencies(db, [...fingerprint.keys()], total)
  const rarest = [...fingerprint.keys()].toSorted(
    (a, b) => (frequencies.get(a) ?? 0) - (frequencies.get(b) ?? 0),
  )
  return { fingerprint, rarity: { total, frequencies }, rarest }
}

/** At most three, the most alike first. Those that still wait themselves are shown where they came first. */
export async function similarTo(db: Db, item: ItemRow, known: ItemWords): Promise<SimilarItem[]> {
  const candidates = await candidatesFor(db, item, known)
  const texts = candidates.map((candidate) => ({ candidate, fingerprint: fingerprintOf(candidate) }))
  const rarity = await rarityWith(
    db,
    known.rarity,
    texts.map(({ fingerprint }) => fingerprint),
  )
  const alike = texts
    .map(({ candidate, fingerprint }) => ({ candidate, ...likeness(known.fingerprint, fingerprint, rarity) }))
    .toSorted((a, b) => b.score - a.score || a.candidate.code - b.candidate.code)
  const kept = await keptItems(db, candidates)
  const reports = await reportsOf(
    db,
    [...kept.values()].map(({ code }) => code),
  )
  const similar = new Map<number, SimilarItem>()
  for (const { candidate, score, words } of alike) {
    const sure = surenessOf(score)
    const target = kept.get(candidate.code)
    if (!sure || !target || similar.has(target.code) || !comesFirst(target, item)) continue
    similar.set(target.code, {
      item: target,
      reports: reports.get(target.code) ?? 1,
      sure,
      words: wholeWords(words, textOf(item), textOf(candidate)).slice(0, shownWords),
    })
    if (similar.size === shownItems) break
  }
  return [...similar.values()]
}

async function candidatesFor(
  db: Db,
  { code }: ItemRow,
  { rarity, rarest, fingerprint }: ItemWords,
): Promise<ItemRow[]> {
  const words: { word: string; weight: number }[] = []
  let rows = 0
  for (const word of rarest) {
    const found = rarity.frequencies.get(word) ?? 0
    if (rows > 0 && rows + Math.min(found, ofEachWord) > lookedUp) break
    rows += Math.min(found, ofEachWord)
    const own = fingerprint.get(word)?.weight ?? 1
    words.push({ word, weight: own * rarityOf(word, rarity) ** 2 })
  }
  return itemsByCode(db, await itemsSharing(db, words, { except: code, ofEach: ofEachWord, limit: compared }))
}

/** What is known of words, and of the words of these too. */
async function rarityWith(db: Db, { total, frequencies }: Rarity, others: Fingerprint[]): Promise<Rarity> {
  const unknown = new Set(
    others.flatMap((other) => [...other.keys()].filter((word) => !frequencies.has(word))),
  )
  return {
    total,
    frequencies: new Map([...frequencies, ...(await wordFrequencies(db, [...unknown], total))]),
  }
}

/** By each item's number, the item that stands for it: itself, or the one into which it was merged. */
async function keptItems(db: Db, items: ItemRow[]): Promise<Map<number, ItemRow>> {
  const merged = items.flatMap(({ merged_into }) => (merged_into === null ? [] : [merged_into]))
  const targets = new Map((await itemsByCode(db, merged)).map((target) => [target.code, target]))
  return new Map(
    items.flatMap((item) => {
      const kept = item.merged_into === null ? item : targets.get(item.merged_into)
      return kept ? [[item.code, kept] as const] : []
    }),
  )
}

/** One of two that both wait is merged into the earlier. */
function comesFirst(other: ItemRow, item: ItemRow): boolean {
  if (other.code === item.code) return false
  return other.code < item.code || (other.status !== 'triage' && other.status !== 'ready')
}

function textOf({ title, content }: ItemRow): string {
  return `${title}\n${content}`
}
