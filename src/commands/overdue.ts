import { z } from 'zod'
import { overdueMessage } from '../messages/lists.ts'
import { overdueRows } from '../services/reports/status.ts'
import { defineQuery } from './command.ts'
import { pageArgs, pageHere, pageOnly, requirePage } from './paging.ts'

export const overdue = defineQuery({
  name: 'overdue',
  roles: ['lead'],
  args: z.object({ page: pageArgs.page }),
  parse: pageOnly,
  async run(call, args) {
    const { app, now } = call
    const page = pageHere(call, args)
    const rows = await overdueRows(app, now)
    requirePage(page, rows.length)
    return { about: 'all', reply: overdueMessage(rows, app.voice, page) }
  },
})
