import { addEvents } from '../../db/audit.ts'
import { codesByExternalId, insertItem } from '../../db/items.ts'
import type { Source, Urgency } from '../../domain/item.ts'
import { storeWords } from '../triage/similar-words.ts'
import type { Work } from '../work.ts'

/** A suggestion as it comes in, checked already. */
export interface IncomingItem {
  external_id: string | null
  source: Source
  title: string
  content: string
  category: string | null
  urgency: Urgency
  petitioner: string | null
  phone: string | null
  address: string | null
  /** Null: now. */
  received_at: number | null
  policy: string | null
}

export interface Collected {
  code: number
  isNew: boolean
}

/**
 * Takes items in. The same (source, external id) again is the same item, and changes nothing.
 * @param detailOf what the history of a new item says of how it came
 */
export async function collect<Item extends IncomingItem>(
  work: Work,
  items: Item[],
  detailOf: (item: Item) => Record<string, unknown> = () => ({}),
): Promise<Collected[]> {
  const { db, now } = work
  const known = await knownCodes(work, items)
  const collected: Collected[] = []
  const fresh: { code: number; item: Item }[] = []
  for (const item of items) {
    const key = keyOf(item)
    const earlier = key === null ? undefined : known.get(key)
    if (earlier !== undefined) {
      collected.push({ code: earlier, isNew: false })
      continue
    }
    const code = await insertItem(db, {
      source: item.source,
      external_id: item.external_id,
      title: item.title,
      content: item.content,
      category: item.category,
      urgency: item.urgency,
      petitioner: item.petitioner,
      phone: item.phone,
      address: item.address,
      received_at: item.received_at ?? now,
      status: 'triage',
      policy: item.policy,
      created_at: now,
    })
    if (key !== null) known.set(key, code)
    collected.push({ code, isNew: true })
    fresh.push({ code, item })
  }
  for (let from = 0; from < fresh.length; from += 1000) {
    await addEvents(
      db,
      fresh.slice(from, from + 1000).map(({ code, item }) => ({
        at: now,
        what: 'collected',
        item: code,
        detail: detailOf(item),
      })),
    )
  }
  await storeWords(
    db,
    fresh.map(({ code, item: { title, content } }) => ({ code, title, content })),
  )
  return collected
}

async function knownCodes({ db }: Work, items: IncomingItem[]): Promise<Map<string, number>> {
  const known = new Map<string, number>()
  const bySource = Map.groupBy(
    items.filter(({ external_id }) => external_id !== null),
    ({ source }) => source,
  )
  for (const [source, own] of bySource) {
    for (let from = 0; from < own.length; from += 1000) {
      const ids = own.slice(from, from + 1000).map(({ external_id }) => external_id ?? '')
      for (const [id, code] of await codesByExternalId(db, source, ids)) known.set(`${source}\n${id}`, code)
    }
  }
  return known
}

function keyOf({ source, external_id }: IncomingItem): string | null {
  return external_id === null ? null : `${source}\n${external_id}`
}
