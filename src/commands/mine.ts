import { z } from 'zod'
import { UserError } from '../errors.ts'
import { mineMessage } from '../messages/lists.ts'
import { answering, departmentsOf, ofDepartment } from '../services/actor.ts'
import { openOfDepartment } from '../services/reports/status.ts'
import { defineQuery } from './command.ts'
import { pageArgs, pageHere, pageOnly, requirePage } from './paging.ts'

export const mine = defineQuery({
  name: 'mine',
  roles: ofDepartment,
  args: z.object({ page: pageArgs.page }),
  parse: pageOnly,
  async run(call, args) {
    const { app, actor, now } = call
    const [department] = departmentsOf(actor, ofDepartment)
    if (!department) throw new UserError((t) => t.errors.noDepartment)
    const { assignments, late } = await openOfDepartment(app, department, now)
    const page = pageHere(call, args)
    requirePage(page, assignments.length)
    const mayAct = departmentsOf(actor, answering).some(({ id }) => id === department.id)
    return {
      about: [department.id],
      reply: mineMessage(department.name, assignments, late, app.voice, { mayAct, page }),
    }
  },
})
