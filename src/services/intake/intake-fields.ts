import type { Department } from '../../db/departments.ts'
import { UserError } from '../../errors.ts'
import { type ItemFields, itemFieldNames, itemReaders, readItemFields } from '../../files/item-fields.ts'
import { type Names, sourceNames, urgencyNames } from '../../files/names.ts'
import { type FieldFault, Refusal } from '../../files/row-fault.ts'
import { intakeFaultText } from '../../messages/intake.ts'
import type { Locale, Voice } from '../../messages/voice.ts'

/** What is wrong with an item that another system sent. */
export interface IntakeFault {
  /** Its place in the array, from 0. */
  index: number
  /** '' where it is about the item as a whole. */
  field: string
  code: string
  message: string
  /** What was sent, shortened; left out where it may be personal. */
  value?: string
}

/** What was made of one item. */
export interface ReadItem {
  /** Null where it has a fault. */
  item: ItemFields | null
  /** The departments that it names, a faulty one too: all that is wrong is said at once. */
  lead: string | null
  co: string[]
  /** Fields that mean nothing here. */
  ignored: string[]
  faults: IntakeFault[]
}

const fieldNames = new Set<string>(itemFieldNames)
const namesOf: Record<string, Names<string>> = { source: sourceNames, urgency: urgencyNames }

/** Reads every item as the row of a file is read. */
export function readIntake(sent: readonly unknown[], voice: Voice): ReadItem[] {
  const seen = new Map<string, number>()
  return sent.map((one, index) => readOne(one, index, seen, voice))
}

/** Of the departments that an item names: who is nobody, or could be several. */
export function departmentFaults(
  { lead, co }: Pick<ReadItem, 'lead' | 'co'>,
  index: number,
  found: ReadonlyMap<string, Department | UserError>,
  { t }: Voice,
): IntakeFault[] {
  const named = [
    ...(lead === null ? [] : [{ field: 'lead', name: lead }]),
    ...co.map((name) => ({ field: 'co', name })),
  ]
  return named.flatMap(({ field, name }) => {
    const error = found.get(name)
    if (!(error instanceof UserError)) return []
    return [{ index, field, code: 'unknown-department', message: error.say(t), value: name }]
  })
}

function readOne(one: unknown, index: number, seen: Map<string, number>, voice: Voice): ReadItem {
  if (typeof one !== 'object' || one === null || Array.isArray(one)) {
    const message = voice.t.intake.notAnObject
    const faults = [{ index, field: '', code: 'not-an-object', message }]
    return { item: null, lead: null, co: [], ignored: [], faults }
  }
  const given = one as Record<string, unknown>
  const { item, faults } = readItemFields(given, { timezone: voice.timezone, sources: sourceNames })
  const told = faults.map((fault) => faultOf(fault, index, '', voice))
  const twin = item && earlierTwin(item, index, seen)
  if (item && twin !== null) {
    const fault = { field: 'external_id', code: 'duplicate' as const, value: item.external_id ?? '' }
    told.push(faultOf(fault, index, voice.t.files.place.object(twin + 1), voice))
  }
  return {
    item: told.length === 0 ? item : null,
    lead: taken(itemReaders.lead(given.lead, undefined), null),
    co: taken(itemReaders.co(given.co, undefined), []),
    ignored: Object.keys(given).filter((field) => !fieldNames.has(field)),
    faults: told,
  }
}

/** The place of an earlier item of the same source and external id. */
function earlierTwin({ source, external_id }: ItemFields, index: number, seen: Map<string, number>) {
  if (external_id === null) return null
  const key = `${source}\n${external_id}`
  const earlier = seen.get(key)
  if (earlier === undefined) seen.set(key, index)
  return earlier ?? null
}

function faultOf(fault: FieldFault, index: number, other: string, voice: Voice): IntakeFault {
  const { field, code, value } = fault
  const message = intakeFaultText(fault, { other, choices: choicesOf(field, voice.locale) }, voice)
  return { index, field, code, message, ...(value === undefined ? {} : { value }) }
}

function choicesOf(field: string, locale: Locale): string[] | undefined {
  const names = namesOf[field]
  if (!names) return undefined
  return Object.entries(names).map(([key, [chinese]]) => (locale === 'en' ? key : (chinese ?? key)))
}

function taken<T>(value: T | Refusal, none: T): T {
  return value instanceof Refusal ? none : value
}
