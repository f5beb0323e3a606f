import { findAssignments } from '../db/assignments.ts'
import { assignmentsOfDelivery, type Delivery, newestInChat, newestToAccount } from '../db/deliveries.ts'
import type { DeliveryKind } from '../db/schema.ts'
import { takeItems } from '../domain/reply/items.ts'
import { canonical } from '../domain/reply/text.ts'
import { masked } from '../messages/masked.ts'
import type { Block, Message } from '../messages/message.ts'
import type { IncomingText } from '../ports.ts'
import type { App } from '../services/app.ts'

/** Nobody scrolls further back. */
const newest = 300

const bracketed = /【[^【】\n]{1,40}】/u

/** What somebody's quoted words are. */
export interface Quoted {
  /** The message of ours that they are from. */
  delivery?: Delivery
  /** They are from one of several messages of ours of this kind, and which can't be told. */
  unsure?: DeliveryKind
  /** The items that they name. */
  codes: number[]
  /** They hold a title in the brackets that ours have, whosever they are. */
  looksLikeOurs: boolean
}

interface Candidate {
  delivery: Delivery
  /** Where in the quoted words its title begins: nearest first, what was quoted in turn stands below. */
  at: number
  title: string
  /** How much of the message stands in the quoted words, of one. */
  share: number
  codes: number[]
}

/** Finds the message of ours whose words are quoted; null where nothing is. */
export async function quotedBy(app: App, incoming: IncomingText): Promise<Quoted | null> {
  const { quoted } = incoming
  if (quoted === undefined) return null
  const codes = codesIn(quoted)
  const about = { codes, looksLikeOurs: bracketed.test(quoted) }
  const found = await candidates(app, incoming, { words: folded(quoted), codes, numbers: numbersIn(quoted) })
  const [best, ...others] = found.sort(
    (a, b) => a.at - b.at || b.title.length - a.title.length || b.share - a.share,
  )
  if (!best) return about
  const peers = others.filter(
    ({ at, share, title }) => at === best.at && title === best.title && share === best.share,
  )
  const { delivery } = best
  return peers.every((peer) => isSame(peer, best))
    ? { ...about, delivery }
    : { ...about, unsure: delivery.kind }
}

async function candidates(
  app: App,
  incoming: IncomingText,
  quoted: { words: string; codes: number[]; numbers: number[] },
): Promise<Candidate[]> {
  const found: Candidate[] = []
  for (const delivery of await shownTo(app, incoming)) {
    const message = asShown(delivery)
    const title = folded(message.title)
    const at = title === '' ? -1 : quoted.words.indexOf(title)
    if (at < 0) continue
    const codes = await codesOf(app, delivery)
    if (!agree(codesIn(message.title), codes, quoted)) continue
    found.push({ delivery, at, title, share: shareOf(message, quoted.words), codes })
  }
  return found
}

/** Newest first, as they all are here. */
async function shownTo({ db }: App, { platform, chat, sender }: IncomingText): Promise<Delivery[]> {
  const here = await newestInChat(db.read, { platform, chatId: chat.id }, newest)
  if (chat.kind === 'group') return here
  const alone = await newestToAccount(db.read, { platform, account: sender.account }, newest)
  return [...here, ...alone].sort((a, b) => b.id - a.id).slice(0, newest)
}

function asShown({ account, payload }: Delivery): Message {
  const message = JSON.parse(payload) as Message
  return account === null ? masked(message) : message
}

/** The items that the title names stand in the quoted words, and those that these name are the message's. */
function agree(
  inTitle: number[],
  ofMessage: number[],
  { codes: inQuoted, numbers }: { codes: number[]; numbers: number[] },
): boolean {
  if (inTitle.length > 0) return inTitle.every((code) => numbers.includes(code))
  if (inQuoted.length === 0 || ofMessage.length === 0) return true
  return inQuoted.some((code) => ofMessage.includes(code))
}

/** Of two messages with the same words it does not matter which is meant, where they are about the same. */
function isSame(one: Candidate, other: Candidate): boolean {
  const about = ({ codes, delivery: { feedback_id, request_id } }: Candidate) =>
    JSON.stringify([feedback_id, request_id, codes])
  return about(one) === about(other)
}

async function codesOf({ db }: App, { id, item_code }: Delivery): Promise<number[]> {
  const ids = await assignmentsOfDelivery(db.read, id)
  const assignments = ids.length === 0 ? [] : await findAssignments(db.read, { ids })
  const codes = assignments.map(({ item }) => item.code)
  return [...new Set(item_code === null ? codes : [...codes, item_code])].sort((a, b) => a - b)
}

function shareOf({ blocks }: Message, words: string): number {
  const parts = blocks.flatMap(partsOf).map(folded)
  return parts.length === 0 ? 1 : parts.filter((part) => words.includes(part)).length / parts.length
}

function partsOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
    case 'quote':
    case 'note':
      return [block.text]
    case 'fields':
      return block.fields.map(({ value }) => value)
    case 'entries':
      return block.entries.flatMap(({ text, note }) => (note === undefined ? [text] : [text, note]))
    default:
      return []
  }
}

/** `#12` in any width; a house number is none. */
function codesIn(text: string): number[] {
  const plain = canonical(text)
  return takeItems(plain).items.filter((code) => plain.includes(`#${code}`))
}

/** All that has a `#`: where a platform took the words apart, 路灯 behind #3 may look like the building #3路. */
function numbersIn(text: string): number[] {
  return [...text.normalize('NFKC').matchAll(/[#♯]\s?(\d{1,6})(?!\d)/gu)].map(([, digits]) => Number(digits))
}

/** Without what platforms change in words that are shown, or quoted: spaces, line breaks, widths. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Cc}]/gu, '')
    .replaceAll('♯', '#')
    .toLowerCase()
}
