import type { EventName } from '../../src/domain/event.ts'
import type { App } from '../../src/services/app.ts'
import type { Change } from './changes.ts'
import type { Changeable } from './truth.ts'

/** What somebody may change, as DESIGN.md has it: reckoned without the bot's own checks. */
export interface Rights {
  /** @returns the first change that is not theirs to make */
  wrongIn(changes: Change[]): Promise<Change | undefined>
}

/** A lead may do everything, a contact or backup answer for their departments, and nobody else anything. */
export async function rightsOf(app: App, account: string): Promise<Rights> {
  const places = await app.db.read
    .selectFrom('person_accounts')
    .innerJoin('memberships', 'memberships.person_id', 'person_accounts.person_id')
    .select(['memberships.person_id', 'department_id', 'role'])
    .where('account', '=', account)
    .where('role', 'in', ['lead', 'contact', 'backup'])
    .execute()
  const [place] = places
  if (!place) return { wrongIn: async ([first]) => first }
  if (places.some(({ role }) => role === 'lead')) return { wrongIn: async () => undefined }
  const departments = places.map(({ department_id }) => department_id)
  return {
    async wrongIn(changes) {
      if (changes.length === 0) return undefined
      const own = await ownOf(app, { person: place.person_id, departments })
      return changes.find((change) => !isAnswer(change) || !own(change))
    },
  }
}

/** What may be changed of a row by an answer; undefined: nothing, and it makes none. */
const answered: Partial<Record<Changeable, readonly string[]>> = {
  items: ['status'],
  assignments: [
    'status',
    'acknowledged_at',
    'acknowledged_by',
    'returned_at',
    'return_reason',
    'suggested_department_id',
    'next_nudge_at',
  ],
  feedback: ['review'],
  requests: ['status', 'decided_at', 'decision_reason'],
  attachments: [],
  events: [],
  nudge_deliveries: [],
  acts: ['undone_at'],
}
const made: readonly Changeable[] = ['feedback', 'requests', 'attachments', 'events', 'acts']
/** An answer takes the nudge for it out of the message that waits. */
const takenAway: readonly Changeable[] = ['nudge_deliveries']
const told: readonly unknown[] = [
  'acknowledged',
  'feedback',
  'evidence',
  'returned',
  'extension-asked',
  'suspension-asked',
  'done',
  'undone',
  'details-shown',
] satisfies EventName[]

function isAnswer({ table, was, is }: Change): boolean {
  const columns = answered[table]
  if (!columns) return false
  if (!is) return takenAway.includes(table)
  if (!was) return made.includes(table) && (table !== 'events' || told.includes(is.what))
  return Object.keys(is).every((column) => is[column] === was[column] || columns.includes(column))
}

/** Whether a row belongs to somebody's departments, or is their own. */
async function ownOf(
  { db }: App,
  { person, departments }: { person: number; departments: number[] },
): Promise<(change: Change) => boolean> {
  const assignments = await db.read
    .selectFrom('assignments')
    .select(['id', 'item_code'])
    .where('department_id', 'in', departments)
    .execute()
  const ids = new Set<unknown>(assignments.map(({ id }) => id))
  const codes = new Set<unknown>(assignments.map(({ item_code }) => item_code))
  const nudges = await db.read
    .selectFrom('nudges')
    .innerJoin('assignments', 'assignments.id', 'assignment_id')
    .select('nudges.id')
    .where('department_id', 'in', departments)
    .execute()
  const nudged = new Set<unknown>(nudges.map(({ id }) => id))
  return ({ table, was, is }) => {
    const row = { ...was, ...is }
    switch (table) {
      case 'items':
        return codes.has(row.code)
      case 'assignments':
        return ids.has(row.id)
      case 'nudge_deliveries':
        return nudged.has(row.nudge_id)
      case 'acts':
        return row.person_id === person
      case 'events':
        return (
          (row.person_id === person || row.what === 'done') &&
          (row.assignment_id === null ? codes.has(row.item_code) : ids.has(row.assignment_id))
        )
      default:
        return ids.has(row.assignment_id)
    }
  }
}
