import { z } from 'zod'
import { migrate, migrationState } from '../db/migrate.ts'
import { UserError } from '../errors.ts'
import { defineOperatorCommand } from './command.ts'
import { withDatabase } from './open.ts'

export const migrateCommand = defineOperatorCommand({
  name: 'migrate',
  takesFile: false,
  options: {},
  input: z.object({}),
  async run(desk) {
    return withDatabase(desk, { made: true }, async (db) => {
      const { t } = desk.voice
      const { unknown } = await migrationState(db)
      if (unknown.length > 0) throw new UserError(() => t.operator.database.newer(t.list(unknown)))
      const ran = await migrate(db)
      desk.terminal.say(ran.length > 0 ? t.operator.migrate.done(ran) : t.operator.migrate.upToDate)
      return true
    })
  },
})
