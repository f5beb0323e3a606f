import { z } from 'zod'
import { UserError } from '../errors.ts'
import { mineMessage } from '../messages/lists.ts'
import { answering, departmentsOf, ofDepartment } from '../services/actor.ts'
import { openOfDepartment } from '../services/status.ts'
import { defineQuery } from './command.ts'
import { departmentHere } from './here.ts'
import { nothingMore } from './words.ts'

export const mine = defineQuery({
  name: 'mine',
  roles: ofDepartment,
  args: z.object({}),
  parse: nothingMore,
  async run(call) {
    const { app, actor, now } = call
    const own = departmentsOf(actor, ofDepartment)
    const here = await departmentHere(call)
    // Somebody who serves two departments means the one in whose group the question stands.
    const department = own.find(({ id }) => id === here?.id) ?? own[0]
    if (!department) throw new UserError((t) => t.errors.noDepartment)
    const { assignments, late } = await openOfDepartment(app, department, now)
    const mayAct = departmentsOf(actor, answering).some(({ id }) => id === department.id)
    return {
      about: [department.id],
      reply: mineMessage(department.name, assignments, late, app.voice, mayAct),
    }
  },
})
