import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import { defineOperatorCommand } from './command.ts'
import { withDatabase } from './open.ts'
import { sizeText } from './terminal/size.ts'

export const backupCommand = defineOperatorCommand({
  name: 'backup',
  takesFile: true,
  options: {},
  input: z.object({ file: z.string() }),
  async run(desk, { file }) {
    const target = path.resolve(desk.folder, file)
    if (existsSync(target)) throw new UserError((t) => t.operator.backup.exists(file))
    const folder = path.dirname(target)
    if (!existsSync(folder)) throw new UserError((t) => t.operator.backup.folder(folder))
    return withDatabase(desk, { made: false }, async (db) => {
      await db.backup(target)
      const { size } = await stat(target)
      desk.terminal.say(desk.voice.t.operator.backup.done(file, sizeText(size)))
      return true
    })
  },
})
