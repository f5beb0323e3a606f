import { departmentsByName, taskForces } from '../../db/departments.ts'
import { itemByCode } from '../../db/items.ts'
import { lastDone } from '../../db/requests.ts'
import { redispatchAfter } from '../../db/returns.ts'
import type { Assignment } from '../../domain/assignment.ts'
import type { Message } from '../../messages/message.ts'
import { returnedCard } from '../../messages/returned.ts'
import type { Work } from '../work.ts'

/** The task force's card of a returned share as it is now. */
export async function renderReturned({ app, db }: Work, assignment: Assignment): Promise<Message | null> {
  const { code } = assignment.item
  const item = await itemByCode(db, code)
  if (!item) return null
  const forces = new Set((await taskForces(db)).map(({ id }) => id))
  const named = new Map([...(await departmentsByName(db)).values()].map(({ id, name }) => [id, name]))
  const returned = await lastDone(db, [assignment.id], 'returned')
  const departments = [...named].filter(([id]) => !forces.has(id) && id !== assignment.department.id)
  return returnedCard(
    {
      assignment,
      by: returned?.by ?? null,
      itemStatus: item.status,
      next: await redispatchAfter(db, { id: assignment.id, code, part: assignment.part }),
      departments: departments.map(([, name]) => name),
    },
    app.voice,
  )
}
