import { type AuditEntry, type EventName, eventNames } from '../domain/event.ts'
import { type Role, roles } from '../domain/person.ts'
import { isLocalDate } from '../domain/time.ts'
import type { Voice } from './voice.ts'

/** Who did it, and for a department its name too; what the task force or Duban does is done to the department. */
export function whoActed({ what, department, by }: AuditEntry, { t }: Voice): string[] {
  const person = by ?? ''
  if (department === null) return [person]
  switch (what) {
    case 'acknowledged':
    case 'feedback':
    case 'evidence':
    case 'forwarded':
    case 'returned':
    case 'extension-asked':
    case 'suspension-asked':
      return [`${department} ${person}`.trim()]
    case 'dispatched':
    case 'nudged':
    case 'undelivered':
    case 'extended':
    case 'extension-refused':
    case 'suspended':
    case 'suspension-moved':
    case 'suspension-refused':
    case 'resumed':
    case 'withdrawn':
    case 'due-recomputed':
    case 'reopened':
      return [person, t.status.to(department)]
    default:
      return [person]
  }
}

/** What an event says beside its name; empty where there is nothing. */
export function eventDetail({ what, detail }: AuditEntry, voice: Voice): string {
  const { t } = voice
  const reason = textOf(detail.reason)
  const words = wordsOf(what, detail, voice)
  return t.beside(...words, reason)
}

type Detail = AuditEntry['detail']

/** What matters of it beside its reason. Old rows may lack what new ones have. */
function wordsOf(what: EventName, detail: Detail, voice: Voice): string[] {
  const { t } = voice
  const words = t.directory.event
  switch (what) {
    case 'dispatched':
      return [detail.part === 'co' ? t.parts.co : '', dueWords(detail.due, voice)]
    case 'extended':
    case 'resumed':
    case 'due-recomputed':
      return [dueWords(detail.to, voice)]
    case 'feedback':
    case 'accepted':
      return [nameIn(t.outcomes, detail.outcome)]
    case 'nudged':
      return [nameIn(t.nudge.stages, detail.stage)]
    case 'merged':
      return [numbered(detail.into, words.into), numbered(detail.from, words.from)]
    case 'returned':
      return [said(detail.suggested, words.suggested)]
    case 'forwarded':
    case 'extension-asked':
    case 'suspension-asked':
      return [dayWords(detail.until, words.askedUntil, voice)]
    case 'suspended':
    case 'suspension-moved':
      return [dayWords(detail.until, words.reviewOn, voice)]
    case 'called-back':
      return [satisfaction(detail.satisfied, voice), textOf(detail.note)]
    case 'published':
      return [textOf(detail.url)]
    case 'uptake':
      return [nameIn(t.closing.uptakes, detail.kind), textOf(detail.note)]
    case 'undone':
      return [isEventName(detail.what) ? t.events[detail.what] : '']
    case 'stand-in':
      return [standInWords(detail, voice)]
    case 'person':
      return [textOf(detail.person), nameIn(t.roles, detail.role)]
    case 'left':
      return [textOf(detail.person), rolesIn(detail.roles, voice)]
    case 'directory':
      return [numbered(detail.departments, words.departments), numbered(detail.people, words.people)]
    case 'erased':
      return [numbered(detail.count, words.items)]
    case 'calendar':
      return [numbered(detail.year, words.year)]
    default:
      return []
  }
}

function standInWords(detail: Detail, voice: Voice): string {
  const words = voice.t.directory.event
  const [by, away] = [textOf(detail.person), textOf(detail.insteadOf)]
  if (detail.ended === true) return words.standInEnded(by, away)
  return words.standIn(
    by,
    away,
    dayWords(detail.until, (day) => day, voice),
  )
}

function satisfaction(value: unknown, { t }: Voice): string {
  if (typeof value !== 'boolean') return ''
  return value ? t.closing.satisfied : t.closing.unsatisfied
}

function rolesIn(value: unknown, { t }: Voice): string {
  const known = Array.isArray(value) ? roles.filter((role: Role) => value.includes(role)) : []
  return t.list(known.map((role) => t.roles[role]))
}

function dueWords(value: unknown, voice: Voice): string {
  return typeof value === 'number' ? voice.t.time.until(voice.moment(value)) : ''
}

function dayWords(value: unknown, say: (day: string) => string, voice: Voice): string {
  return typeof value === 'string' && isLocalDate(value) ? say(voice.date(value)) : ''
}

function numbered(value: unknown, say: (code: number) => string): string {
  return typeof value === 'number' ? say(value) : ''
}

function said(value: unknown, say: (words: string) => string): string {
  return textOf(value) === '' ? '' : say(textOf(value))
}

function nameIn(table: Readonly<Record<string, string>>, key: unknown): string {
  return typeof key === 'string' ? (table[key] ?? '') : ''
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isEventName(value: unknown): value is EventName {
  return eventNames.some((name) => name === value)
}
