import type { AssignmentRecord, ItemRecord } from '../../db/item-records.ts'
import type { AssignmentStatus, Outcome, Part } from '../../domain/assignment.ts'
import { isLate } from '../../domain/assignment-time.ts'
import type { AuditEntry, EventName } from '../../domain/event.ts'
import type { ItemStatus, Source, Urgency } from '../../domain/item.ts'
import { maskPersonal } from '../../domain/masking.ts'
import type { Office } from '../../domain/office-hours.ts'
import type { Request, RequestStatus } from '../../domain/request.ts'
import { toIso } from '../../domain/time.ts'
import { eventDetail } from '../../messages/event-words.ts'
import type { Voice } from '../../messages/voice.ts'

/** An item as other systems get it. Times are ISO 8601 with the offset of the office's timezone. */
export interface ItemJson {
  code: number
  source: Source
  external_id: string | null
  title: string
  content: string
  category: string | null
  urgency: Urgency
  /** The petitioner's details, only for those who may have them. */
  petitioner?: string | null
  phone?: string | null
  address?: string | null
  received_at: string
  status: ItemStatus
  /** How many reports it stands for. */
  reports: number
  assignments: AssignmentJson[]
  events: EventJson[]
}

export interface AssignmentJson {
  department: string
  part: Part
  round: number
  status: AssignmentStatus
  dispatched_at: string
  acknowledged_at: string | null
  due_at: string
  provisional: boolean
  overdue: boolean
  outcome: Outcome | null
  promised_date: string | null
  extension: ExtensionJson | null
  feedback: FeedbackJson[]
}

/** The newest request for more time. */
export interface ExtensionJson {
  status: RequestStatus
  reason: string
  asked_at: string
  granted_until: string | null
}

export interface FeedbackJson {
  at: string
  by: string
  outcome: Outcome
  measures: string
  review: 'pending' | 'accepted' | 'redo' | 'superseded'
  attachments: number
}

export interface EventJson {
  at: string
  /** Null: Duban by itself, or the operator. */
  by: string | null
  what: EventName
  detail: string | null
}

export interface ItemJsonContext {
  voice: Voice
  office: Office
  now: number
  /** With the petitioner's details; numbers in texts are not masked. */
  private: boolean
}

export function itemJson({ item, ...record }: ItemRecord, context: ItemJsonContext): ItemJson {
  const shown = wordsFor(context)
  return {
    code: item.code,
    source: item.source,
    external_id: item.external_id,
    title: shown(item.title),
    content: shown(item.content),
    category: item.category,
    urgency: item.urgency,
    ...(context.private
      ? { petitioner: item.petitioner, phone: item.phone, address: item.address }
      : undefined),
    received_at: iso(item.received_at, context),
    status: item.status,
    reports: record.reports,
    assignments: record.assignments.map((assignment) => assignmentJson(assignment, context)),
    events: record.events.map((event) => eventJson(event, context)),
  }
}

function assignmentJson(
  { assignment, feedback }: AssignmentRecord,
  context: ItemJsonContext,
): AssignmentJson {
  const shown = wordsFor(context)
  return {
    department: assignment.department.name,
    part: assignment.part,
    round: assignment.round,
    status: assignment.status,
    dispatched_at: iso(assignment.dispatchedAt, context),
    acknowledged_at: assignment.acknowledgedAt === null ? null : iso(assignment.acknowledgedAt, context),
    due_at: iso(assignment.dueAt, context),
    provisional: assignment.provisional,
    overdue: isLate(assignment, context.now, context.office),
    outcome: assignment.outcome,
    promised_date: assignment.promisedDate,
    extension: assignment.requests.extension ? extensionJson(assignment.requests.extension, context) : null,
    feedback: feedback.map(({ feedback: { at, by, outcome, measures, review }, evidence }) => ({
      at: iso(at, context),
      by,
      outcome,
      measures: shown(measures),
      review,
      attachments: evidence,
    })),
  }
}

function extensionJson(request: Request, context: ItemJsonContext): ExtensionJson {
  return {
    status: request.status,
    reason: wordsFor(context)(request.reason),
    asked_at: iso(request.askedAt, context),
    granted_until: request.grantedUntil === null ? null : iso(request.grantedUntil, context),
  }
}

function eventJson(event: AuditEntry, context: ItemJsonContext): EventJson {
  return {
    at: iso(event.at, context),
    by: event.by,
    what: event.what,
    detail: wordsFor(context)(detailOf(event, context)) || null,
  }
}

function detailOf(event: AuditEntry, { voice }: ItemJsonContext): string {
  const words = [event.department ?? '', eventDetail(event, voice)]
  return words.filter((word) => word !== '').join('　')
}

function wordsFor(context: ItemJsonContext): (text: string) => string {
  return context.private ? (text) => text : maskPersonal
}

function iso(at: number, { office }: ItemJsonContext): string {
  return toIso(at, office.hours.timezone)
}
