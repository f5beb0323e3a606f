import { z } from 'zod'
import { claimCodeHours, makeClaimCode } from '../services/directory/claim.ts'
import { work } from '../services/work.ts'
import { defineOperatorCommand } from './command.ts'
import { withApp } from './open.ts'

export const claimCodeCommand = defineOperatorCommand({
  name: 'claim-code',
  takesFile: false,
  options: {},
  input: z.object({}),
  async run(desk) {
    return withApp(desk, { made: false }, async ({ app }) => {
      const code = await work(app, makeClaimCode)
      desk.terminal.say(desk.voice.t.operator.claimCode(code, claimCodeHours))
      return true
    })
  },
})
