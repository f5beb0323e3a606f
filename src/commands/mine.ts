import { z } from 'zod'
import { UserError } from '../errors.ts'
import { mineMessage } from '../messages/lists.ts'
import { answering, departmentsOf, ofDepartment } from '../services/actor.ts'
import { openOfDepartment } from '../services/reports/status.ts'
import { defineQuery } from './command.ts'
import { nothingMore } from './words.ts'

export const mine = defineQuery({
  name: 'mine',
  roles: ofDepartment,
  args: z.object({}),
  parse: nothingMore,
  async run({ app, actor, now }) {
    const [department] = departmentsOf(actor, ofDepartment)
    if (!department) throw new UserError((t) => t.errors.noDepartment)
    const { assignments, late } = await openOfDepartment(app, department, now)
    const mayAct = departmentsOf(actor, answering).some(({ id }) => id === department.id)
    return {
      about: [department.id],
      reply: mineMessage(department.name, assignments, late, app.voice, mayAct),
    }
  },
})
