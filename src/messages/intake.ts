import type { Source, Urgency } from '../domain/item.ts'
import { maskPersonal } from '../domain/masking.ts'
import type { RowFault } from '../files/row-fault.ts'
import type { Action, Entry, Message } from './message.ts'
import type { Voice } from './voice.ts'

/** How many new items a message names before it says how many more there are. */
export const announcedAtOnce = 10
/** Masked before it is cut: half a number is no longer known for one. */
const excerptLength = 300

export interface NewItem {
  code: number
  title: string
  content: string
  source: Source
  urgency: Urgency
  received_at: number
}

/** What cannot wait, the most urgent first. One alone is told in its own words. */
export function urgentItemsMessage(items: readonly NewItem[], voice: Voice): Message {
  const { t } = voice
  const sorted = items.toSorted((a, b) => gravity(b) - gravity(a) || a.code - b.code)
  const [first] = sorted
  const tone = sorted.some(({ urgency }) => urgency === 'critical') ? 'danger' : 'warning'
  if (first && sorted.length === 1) {
    return {
      title: t.intake.urgentTitle(t.urgencies[first.urgency], t.item(first.code, first.title)),
      tone,
      blocks: [
        { kind: 'text', text: noteOf(first, voice) },
        ...(first.content === ''
          ? []
          : [{ kind: 'quote' as const, text: excerpt(maskPersonal(first.content)) }]),
        { kind: 'actions', actions: [triage(voice, { item: first.code })] },
      ],
    }
  }
  return listed(t.intake.urgentListTitle(sorted.length), tone, sorted, sorted.length, voice)
}

/** What came in since the last such message and can wait. */
export function newItemsMessage(items: readonly NewItem[], total: number, voice: Voice): Message {
  return listed(voice.t.intake.listTitle(total), 'info', items, total, voice)
}

/** Why a field of an item is refused, for the people of the system that sent it. */
export function intakeFaultText(
  { field, code, max = 0 }: Pick<RowFault, 'field' | 'code' | 'max'>,
  { other, choices }: { other: string; choices?: readonly string[] },
  { t }: Voice,
): string {
  const reason = t.files.rowFaults[code]({ max, other })
  return t.files.fault(
    t.files.fields[field] ?? field,
    '',
    code === 'unknown-name' && choices ? t.files.andChoices(reason, choices) : reason,
    '',
  )
}

function listed(
  title: string,
  tone: Message['tone'],
  items: readonly NewItem[],
  total: number,
  voice: Voice,
): Message {
  const { t } = voice
  const shown = items.slice(0, announcedAtOnce)
  const rest = total - shown.length
  return {
    title,
    tone,
    blocks: [
      { kind: 'entries', entries: shown.map((item) => entryOf(item, voice)) },
      ...(rest > 0 ? [{ kind: 'note' as const, text: t.itemList.more(rest) }] : []),
      { kind: 'actions', actions: [triage(voice)] },
    ],
  }
}

function entryOf(item: NewItem, voice: Voice): Entry {
  const entry = { text: voice.t.item(item.code, item.title), note: noteOf(item, voice) }
  if (item.urgency === 'normal') return entry
  return { ...entry, tone: item.urgency === 'critical' ? 'danger' : 'warning' }
}

function noteOf({ source, urgency, received_at }: NewItem, { t, moment }: Voice): string {
  return t.beside(t.sources[source], t.urgencies[urgency], t.intake.received(moment(received_at)))
}

/** Begins with that item, or with the most urgent of all that wait. */
function triage({ t }: Voice, args: { item?: number } = {}): Action {
  return { label: t.intake.triage, style: 'primary', command: 'triage', args: { ...args } }
}

function gravity({ urgency }: NewItem): number {
  return urgency === 'critical' ? 2 : urgency === 'urgent' ? 1 : 0
}

function excerpt(text: string): string {
  const characters = [...text]
  return characters.length > excerptLength ? `${characters.slice(0, excerptLength - 1).join('')}…` : text
}
