import { findAssignments } from '../../db/assignments.ts'
import { countGranted, requestById } from '../../db/requests.ts'
import { usualExtension } from '../../domain/extension.ts'
import type { Message } from '../../messages/message.ts'
import { requestCard } from '../../messages/request.ts'
import type { Work } from '../work.ts'

/** The decision card of a request as it is now; null where there is no such request. */
export async function renderRequest({ app, db, now }: Work, requestId: number): Promise<Message | null> {
  const found = await requestById(db, requestId)
  const [assignment] = found ? await findAssignments(db, { ids: [found.assignmentId] }) : []
  if (!found || !assignment) return null
  const granted = await countGranted(db, assignment.id, 'extension')
  const usual = usualExtension(assignment, granted, now, app.office())
  return requestCard({ assignment, request: found.request, usual: usual?.at ?? null }, app.voice)
}
