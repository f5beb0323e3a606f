import type { Source, Urgency } from '../domain/item.ts'
import { formatPolicy, parsePolicy } from '../domain/policy.ts'
import { parseInstant } from '../domain/time.ts'
import { type FieldReader, found, nameList, oneLine, paragraphs, required } from './field-readers.ts'
import { type Names, nameFinder, urgencyNames } from './names.ts'
import { type FieldFault, faultOf, Refusal } from './row-fault.ts'

/** An item as it comes from outside, from a file or through the intake API. Times are epoch milliseconds. */
export interface ItemFields {
  external_id: string | null
  source: Source
  title: string
  content: string
  category: string | null
  urgency: Urgency
  petitioner: string | null
  phone: string | null
  address: string | null
  received_at: number | null
  /** A department's name or alias, as written. */
  lead: string | null
  /** Never the lead itself. */
  co: string[]
  /** In the form that `formatPolicy` writes. */
  policy: string | null
}

export interface ItemContext {
  timezone: string
  /** `sourceNames`, say. */
  sources: Names<Source>
}

const sourceFinders = new WeakMap<Names<Source>, ReturnType<typeof nameFinder<Source>>>()
const readContent = paragraphs(5000)
const readUrgency = found(nameFinder(urgencyNames), 'unknown-name')

export const itemReaders = {
  external_id: oneLine(100),
  source: required(found((text, { sources }) => findSource(text, sources), 'unknown-name')),
  title: required(oneLine(200)),
  content: (input) => readContent(input, undefined) ?? '',
  category: oneLine(100),
  urgency: (input) => readUrgency(input, undefined) ?? 'normal',
  petitioner: oneLine(100, { personal: true }),
  phone: oneLine(100, { personal: true }),
  address: oneLine(300, { personal: true }),
  received_at: found((text, { timezone }) => parseInstant(text, timezone), 'not-a-time'),
  lead: oneLine(100),
  co: nameList(100),
  policy: found((text, { timezone }) => {
    const policy = parsePolicy(text, timezone)
    return policy && formatPolicy(policy, timezone)
  }, 'not-a-policy'),
} satisfies { [F in keyof ItemFields]: FieldReader<ItemFields[F], ItemContext> }

export const itemFieldNames = Object.keys(itemReaders) as (keyof ItemFields)[]

/** Reads every field, so that every fault is told at once; `item` is null where there is one. */
export function readItemFields(
  input: Readonly<Record<string, unknown>>,
  context: ItemContext,
): { item: ItemFields | null; faults: FieldFault[] } {
  const values: Record<string, unknown> = {}
  const faults: FieldFault[] = []
  for (const field of itemFieldNames) {
    const value = itemReaders[field](input[field], context)
    if (value instanceof Refusal) faults.push(faultOf(field, value))
    else values[field] = value
  }
  if (faults.length > 0) return { item: null, faults }
  const item = values as unknown as ItemFields
  return { item: { ...item, co: item.co.filter((name) => name !== item.lead) }, faults }
}

function findSource(text: string, sources: Names<Source>): Source | null {
  let find = sourceFinders.get(sources)
  if (!find) {
    find = nameFinder(sources)
    sourceFinders.set(sources, find)
  }
  return find(text)
}
