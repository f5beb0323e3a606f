import { z } from 'zod'
import { statusMessage } from '../messages/status.ts'
import { allTotals } from '../services/reports/status.ts'
import { defineOperatorCommand } from './command.ts'
import { withApp } from './open.ts'
import { messageText } from './terminal/layout.ts'

export const statusCommand = defineOperatorCommand({
  name: 'status',
  takesFile: false,
  options: {},
  input: z.object({}),
  async run(desk) {
    return withApp(desk, { made: false }, async ({ app }) => {
      const now = app.clock.now()
      const { totals, departments } = await allTotals(app, now)
      desk.terminal.say(messageText(statusMessage(totals, departments, app.voice, now)))
      return true
    })
  },
})
