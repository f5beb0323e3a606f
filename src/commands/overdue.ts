import { z } from 'zod'
import { overdueMessage } from '../messages/lists.ts'
import { overdueRows } from '../services/reports/status.ts'
import { defineQuery } from './command.ts'
import { nothingMore } from './words.ts'

export const overdue = defineQuery({
  name: 'overdue',
  roles: ['lead'],
  args: z.object({}),
  parse: nothingMore,
  run: async ({ app, now }) => ({
    about: 'all',
    reply: overdueMessage(await overdueRows(app, now), app.voice),
  }),
})
