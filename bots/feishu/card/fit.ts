import type { CardWords } from '../../../src/messages/limits.ts'
import type { Block, Entry, Message } from '../../../src/messages/message.ts'
import { maxCharts } from './chart.ts'
import type { Card } from './element.ts'
import { maxTables } from './table.ts'

/** A request's body may have 30 KB and carries the card as a string within JSON; some room is left for the rest of it. */
export const maxBytes = 29_500
/** Whatever has a `tag` counts, texts too. */
export const maxElements = 200
const maxTitle = 200
const maxMentions = 100

const listKinds: Block['kind'][] = ['entries', 'table', 'fields', 'chart']
const textKinds: Block['kind'][] = ['text', 'quote', 'note']

/** How much of a message is shown: the units of each block, and in each list how many entries have their buttons. */
interface Share {
  units: number[]
  buttons: number
}

type Part = 'texts' | 'lists' | 'buttons'

/**
 * What gives way, one after the other, and down to what: very long texts, very long lists, the buttons of a list's
 * later entries, which can also be answered in words, and only then what people miss.
 */
const stages: [Part, floor: number][] = [
  ['texts', 1_500],
  ['lists', 60],
  ['buttons', 5],
  ['lists', 3],
  ['texts', 100],
  ['buttons', 0],
  ['lists', 0],
]

/**
 * Builds the card and, where it is over a limit, again with less. Blocks of one kind are cut to the same length, so
 * that the longest give way and the short ones stay whole; at the very last whole blocks go, from the end. Every cut
 * is said below what it cut.
 */
export function fitted(message: Message, words: CardWords, build: (message: Message) => Card): Card {
  const { blocks } = message
  const whole: Message = {
    ...message,
    title: clip(message.title, maxTitle),
    mentions: message.mentions?.slice(0, maxMentions),
  }
  const cardOf = (share: Share) => build({ ...whole, blocks: cutAll(blocks, share, words) })

  let share: Share = { units: withinCounts(blocks), buttons: Number.POSITIVE_INFINITY }
  if (fits(cardOf(share))) return cardOf(share)
  for (const [part, floor] of stages) {
    const before = share
    const capped = (cap: number) => capAt(before, part, cap, blocks)
    const longest = Math.max(floor, ...before.units)
    share = capped(largest(floor, longest, (cap) => fits(cardOf(capped(cap)))))
    if (fits(cardOf(share))) return cardOf(share)
  }
  for (let last = blocks.length - 1; last >= 0; last -= 1) {
    share = { ...share, units: share.units.with(last, 0) }
    if (fits(cardOf(share))) break
  }
  return cardOf(share)
}

function capAt(share: Share, part: Part, cap: number, blocks: Block[]): Share {
  if (part === 'buttons') return { ...share, buttons: Math.min(share.buttons, cap) }
  const kinds = part === 'lists' ? listKinds : textKinds
  const units = share.units.map((count, index) =>
    kinds.includes((blocks[index] as Block).kind) ? Math.min(count, cap) : count,
  )
  return { ...share, units }
}

export function fits(card: Card): boolean {
  return countElements(card) <= maxElements && bytesInRequest(card) <= maxBytes
}

export function countElements(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 0
  const own = 'tag' in node && typeof node.tag === 'string' ? 1 : 0
  return Object.values(node).reduce((sum: number, child) => sum + countElements(child), own)
}

/** The card's share of the request, in which it is a string within JSON. */
export function bytesInRequest(card: Card): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(card)))
}

/** How many units of each block are kept; a block without parts is one unit. Tables and charts beyond their number go. */
function withinCounts(blocks: Block[]): number[] {
  const left = { table: maxTables, chart: maxCharts }
  return blocks.map((block) => {
    if ((block.kind === 'table' || block.kind === 'chart') && left[block.kind]-- <= 0) return 0
    return unitsOf(block)
  })
}

function unitsOf(block: Block): number {
  switch (block.kind) {
    case 'entries':
      return Math.max(1, block.entries.length)
    case 'table':
      return Math.max(1, block.rows.length)
    case 'fields':
      return Math.max(1, block.fields.length)
    case 'chart':
      return Math.max(1, block.chart.values.length)
    case 'text':
    case 'quote':
    case 'note':
      return Math.max(1, block.text.length)
    default:
      return 1
  }
}

/** The largest number from `low` to `high` that passes, else `low`. */
function largest(low: number, high: number, passes: (count: number) => boolean): number {
  let [least, most] = [low, high]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (passes(middle)) least = middle
    else most = middle - 1
  }
  return least
}

function cutAll(blocks: Block[], { units, buttons }: Share, words: CardWords): Block[] {
  const omitted = blocks.some((block, index) => units[index] === 0 && !isList(block))
  const kept = blocks
    .flatMap((block, index) => cut(block, units[index] as number, words))
    .flatMap((block) => disarm(block, buttons, words))
  return omitted ? [...kept, { kind: 'note', text: words.omitted }] : kept
}

function cut(block: Block, keep: number, words: CardWords): Block[] {
  const total = unitsOf(block)
  if (keep >= total) return [block]
  const seeAll = block.kind === 'entries' ? (block.seeAll ?? '') : ''
  const more: Block = { kind: 'note', text: words.more(total - keep) + seeAll }
  if (keep === 0) return isList(block) ? [more] : []
  switch (block.kind) {
    case 'entries':
      return [{ ...block, entries: block.entries.slice(0, keep) }, more]
    case 'table':
      return [{ ...block, rows: block.rows.slice(0, keep) }, more]
    case 'fields':
      return [{ ...block, fields: block.fields.slice(0, keep) }, more]
    case 'chart':
      return [{ ...block, chart: { ...block.chart, values: block.chart.values.slice(0, keep) } }, more]
    case 'text':
    case 'quote':
      return [
        { ...block, text: clip(block.text, keep) },
        { kind: 'note', text: words.shortened },
      ]
    case 'note':
      return [{ ...block, text: clip(block.text, keep) }]
    default:
      return []
  }
}

/** Only the first so many entries of a list keep their buttons. */
function disarm(block: Block, keep: number, words: CardWords): Block[] {
  if (block.kind !== 'entries') return [block]
  const hasButtons = (entry: Entry) => (entry.actions?.length ?? 0) > 0
  const disarmed = block.entries.filter((entry, index) => index >= keep && hasButtons(entry)).length
  if (disarmed === 0) return [block]
  const entries = block.entries.map((entry, index) => (index < keep ? entry : { ...entry, actions: [] }))
  return [
    { ...block, entries },
    { kind: 'note', text: words.withoutButtons(disarmed) },
  ]
}

function isList(block: Block): boolean {
  return listKinds.includes(block.kind)
}

/** At most so many UTF-16 units, never half a character, an ellipsis in place of the rest. */
function clip(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, Math.max(0, length - 1)).replace(/[\uD800-\uDBFF]$/, '')}…`
}
