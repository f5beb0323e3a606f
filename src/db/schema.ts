import type { Generated, Kysely, Transaction } from 'kysely'
import type { AssignmentStatus, Outcome, Part } from '../domain/assignment.ts'
import type { EventName } from '../domain/event.ts'
import type { ItemStatus, Source, Urgency } from '../domain/item.ts'
import type { Role } from '../domain/person.ts'
import type { Platform } from '../domain/platform.ts'
import type { RequestKind, RequestStatus } from '../domain/request.ts'

/** The database, or a transaction on it: what every query takes first. */
export type Db = Kysely<Schema>
export type Tx = Transaction<Schema>

/** The tables, as the newest migration leaves them. Times are epoch milliseconds, dates `2026-11-30`, flags 0 or 1. */
export interface Schema {
  departments: DepartmentsTable
  department_names: DepartmentNamesTable
  department_chats: DepartmentChatsTable
  logins: LoginsTable
  people: PeopleTable
  person_accounts: PersonAccountsTable
  memberships: MembershipsTable
  items: ItemsTable
  assignments: AssignmentsTable
  feedback: FeedbackTable
  attachments: AttachmentsTable
  events: EventsTable
  deliveries: DeliveriesTable
  delivery_assignments: DeliveryAssignmentsTable
  nudges: NudgesTable
  nudge_deliveries: NudgeDeliveriesTable
  incoming: IncomingTable
  calendar_days: CalendarDaysTable
  settings: SettingsTable
  requests: RequestsTable
  item_words: ItemWordsTable
  callbacks: CallbacksTable
  publications: PublicationsTable
  uptakes: UptakesTable
  acts: ActsTable
  stand_ins: StandInsTable
}

export interface DepartmentsTable {
  id: Generated<number>
  name: string
  created_at: number
}

/** Every name by which a department is found, its full one included. */
export interface DepartmentNamesTable {
  name: string
  department_id: number
}

/** The groups that are a department's, at most one for each platform and login. */
export interface DepartmentChatsTable {
  platform: Platform
  chat_id: string
  department_id: number
  /** Of the bot, under which the group is known by that id: only while it is in force is the group the department's. */
  login: string
}

/** As whom the bot is logged in on a platform where that may change. */
export interface LoginsTable {
  platform: Platform
  login: string
}

export interface PeopleTable {
  id: Generated<number>
  name: string
  created_at: number
}

export interface PersonAccountsTable {
  platform: Platform
  account: string
  person_id: number
  /** As of a group. */
  login: string
}

export interface MembershipsTable {
  person_id: number
  department_id: number
  role: Role
}

export interface ItemsTable {
  code: Generated<number>
  source: Source
  external_id: string | null
  title: string
  content: string
  category: string | null
  urgency: Urgency
  petitioner: string | null
  phone: string | null
  address: string | null
  received_at: number
  status: ItemStatus
  /** What the file or the lead asked for; null: by source and urgency. */
  policy: string | null
  /** Whether closing waits for every co-department. */
  closing: Generated<'all' | 'any'>
  merged_into: number | null
  created_at: number
}

export interface AssignmentsTable {
  id: Generated<number>
  item_code: number
  department_id: number
  part: Part
  /** 1, and one more each time the item is reopened or dispatched anew; below 0 where that was undone. */
  round: number
  status: AssignmentStatus
  /** What the due time was reckoned from: the policy, and the moment from which it counts. */
  policy: string
  due_from: number
  dispatched_at: number
  dispatched_by: number | null
  acknowledged_at: number | null
  acknowledged_by: number | null
  due_at: number
  /** When the due time was last set: nudges before it belong to an older one. */
  due_set_at: number
  provisional: number
  /** From an accepted interim feedback. */
  promised_date: string | null
  promised_set_at: number | null
  review_date: string | null
  /** Since when the clock is paused. */
  suspended_at: number | null
  returned_at: number | null
  return_reason: string | null
  /** Whose it is, in the eyes of the department that returned it. */
  suggested_department_id: number | null
  /** The outcome that was accepted last. */
  outcome: Outcome | null
  /** When the department reported the solved outcome that stands. */
  solved_at: number | null
  accepted_at: number | null
  /** The earliest nudge that is still to come; null: none. */
  next_nudge_at: number | null
}

export interface FeedbackTable {
  id: Generated<number>
  assignment_id: number
  at: number
  person_id: number
  outcome: Outcome
  measures: string
  reason: string | null
  promised_date: string | null
  handler: string | null
  may_publish: number | null
  review: 'pending' | 'accepted' | 'redo' | 'superseded'
  reviewed_at: number | null
  reviewed_by: number | null
  review_reason: string | null
}

export interface AttachmentsTable {
  id: Generated<number>
  assignment_id: number
  person_id: number
  at: number
  platform: Platform
  message_id: string
  platform_key: string
  type: 'image' | 'file'
  file_name: string
  media_type: string | null
  /** Below DATA_DIR; null until it was fetched, empty once it was erased. */
  path: string | null
  size: number | null
  sha256: string | null
  attempts: Generated<number>
  next_attempt_at: number
  /** Why it can't be fetched. */
  error: string | null
}

/** The audit trail: written in the transaction of what it tells, never changed. */
export interface EventsTable {
  id: Generated<number>
  at: number
  item_code: number | null
  assignment_id: number | null
  person_id: number | null
  what: EventName
  /** JSON; its shape belongs to `what`. */
  detail: string
}

/** The outbox: what is to be sent, and what came of it. */
export interface DeliveriesTable {
  id: Generated<number>
  created_at: number
  op: 'send' | 'update' | 'urge'
  kind: DeliveryKind
  platform: Platform
  /** Where to, for `send`: a chat or a person's account. */
  chat_id: string | null
  account: string | null
  department_id: number | null
  /** The delivery whose message is answered or updated or urged, where it is one of ours… */
  target_id: number | null
  /** …else the platform's message id. */
  target_message_id: string | null
  /** The feedback that a review card is about. */
  feedback_id: number | null
  /** The request that a decision card is about. */
  request_id: number | null
  /** The item that a message is about which no department has. */
  item_code: number | null
  in_thread: number
  /** JSON of a Message; of the accounts to urge. */
  payload: string
  status: 'pending' | 'sending' | 'sent' | 'refused' | 'cancelled'
  attempts: number
  next_attempt_at: number
  /** When it was last taken for sending; null where it can't have arrived yet. */
  claimed_at: number | null
  sent_at: number | null
  /** The platform's id of what was sent. */
  message_id: string | null
  error: string | null
  /** Two deliveries with one key are one. */
  dedupe_key: string | null
}

/** What the message is about; a message that shows state is kept up to date by its kind. */
export type DeliveryKind =
  | 'dispatch'
  | 'form'
  | 'return-form'
  | 'extension-form'
  | 'feedback'
  | 'review'
  | 'nudge'
  | 'request'
  | 'returned'
  | 'triage'
  | 'done'
  | 'digest'
  | 'export'
  | 'reply'
  | 'notice'
  /** Of use at once or never: what was done elsewhere just now. */
  | 'news'

export interface DeliveryAssignmentsTable {
  delivery_id: number
  assignment_id: number
}

export interface NudgesTable {
  id: Generated<number>
  assignment_id: number
  stage: string
  nominal_at: number
  /** What it is about, which no calendar moves; null where its time says it all. */
  occasion: number | null
  at: number
  /** The lead whose own nudge it is; null: the ladder's. */
  person_id: number | null
}

/** The messages that carry a nudge: to the department and, a copy, to the task force. None: a graver stage spoke for it. */
export interface NudgeDeliveriesTable {
  nudge_id: number
  delivery_id: number
}

export interface IncomingTable {
  platform: Platform
  id: string
  at: number
}

export interface CalendarDaysTable {
  date: string
  year: number
  workday: number
  name: string | null
}

export interface SettingsTable {
  key: string
  value: string
}

/** What a department asks for and a lead decides: more time 延期, or a pause 挂账. */
export interface RequestsTable {
  id: Generated<number>
  assignment_id: number
  kind: RequestKind
  reason: string
  /** Until when it is asked for; null: not said. */
  until_date: string | null
  asked_at: number
  asked_by: number
  /** `dropped`: overtaken by an answer or by another decision. */
  status: RequestStatus
  decided_at: number | null
  decided_by: number | null
  decision_reason: string | null
  /** The due time that was granted. */
  granted_until: number | null
}

/** The words by which items resemble each other. */
export interface ItemWordsTable {
  item_code: number
  word: string
}

export interface CallbacksTable {
  id: Generated<number>
  item_code: number
  round: number
  at: number
  person_id: number
  satisfied: number
  note: string | null
}

export interface PublicationsTable {
  id: Generated<number>
  item_code: number
  at: number
  person_id: number
  url: string
  text: string | null
}

export interface UptakesTable {
  id: Generated<number>
  item_code: number
  at: number
  person_id: number
  kind: 'agenda' | 'policy'
  note: string
}

/** What somebody did, and how the rows that it changed were before: for `/undo`. */
export interface ActsTable {
  id: Generated<number>
  at: number
  person_id: number
  first_event_id: number
  last_event_id: number
  /** JSON of the rows before. */
  before: string
  undone_at: number | null
}

/** Who answers in somebody's place for a while. */
export interface StandInsTable {
  id: Generated<number>
  department_id: number
  person_id: number
  stand_in_id: number
  from_at: number
  until_at: number
}
