import { eventsOfItem } from '../../db/audit.ts'
import type { ItemRow } from '../../db/items.ts'
import type { Db } from '../../db/schema.ts'
import { isStanding } from '../../domain/assignment.ts'
import type { EventName } from '../../domain/event.ts'
import type { Voice } from '../../messages/voice.ts'
import { currentAssignments } from '../assignment/assignments.ts'

/** What was decided about an item that no longer waits, by whom and when, in one sentence. */
export async function decidedWords(db: Db, item: ItemRow, { t, moment }: Voice): Promise<string> {
  const history = await eventsOfItem(db, item.code)
  const last = (what: EventName) => history.findLast((entry) => entry.what === what)
  const by = (name: string | null | undefined) => name ?? t.unknownPerson
  const { code } = item
  switch (item.status) {
    case 'merged': {
      const merged = last('merged')
      return t.triage.already.merged(code, item.merged_into ?? 0, by(merged?.by), moment(merged?.at ?? 0))
    }
    case 'declined': {
      const declined = last('declined')
      const reason = String(declined?.detail.reason ?? '')
      return t.triage.already.declined(code, by(declined?.by), moment(declined?.at ?? 0), reason)
    }
    case 'open': {
      const lead = (await currentAssignments(db, code)).find(
        (assignment) => assignment.part === 'lead' && isStanding(assignment),
      )
      if (!lead) break
      const dispatched = history.findLast(
        ({ what, department }) => what === 'dispatched' && department === lead.department.name,
      )
      const at = moment(lead.dispatchedAt)
      return t.triage.already.dispatched(code, lead.department.name, dispatched?.by ?? t.triage.operator, at)
    }
  }
  return t.triage.already.other(code, t.itemStatuses[item.status])
}
