import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { migrationState } from '../../db/migrate.ts'
import { databaseFile, withDatabase } from '../open.ts'
import { sizeText } from '../terminal/size.ts'
import { type Check, fault, ok, warning } from './finding.ts'

export const databaseCheck: Check = {
  name: 'database',
  async run(desk) {
    const { t } = desk.voice
    const words = t.operator.doctor.database
    const file = databaseFile(desk.config().databaseUrl)
    if (!existsSync(file)) return [warning(words.missing(file), words.missingAdvice)]
    try {
      return await withDatabase(desk, { made: false }, async (db) => {
        await db.check()
        const { pending, unknown } = await migrationState(db)
        if (unknown.length > 0) return [fault(words.newer(t.list(unknown)), words.newerAdvice)]
        if (pending.length > 0) return [fault(words.pending(t.list(pending)), words.pendingAdvice)]
        return [ok(words.ok(file, sizeText(await sizeOf(file))))]
      })
    } catch (error) {
      return [fault(words.bad((error as Error).message), words.badAdvice)]
    }
  },
}

/** What was written last is in a file of its own until SQLite folds it in. */
async function sizeOf(file: string): Promise<number> {
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((name) =>
      stat(name).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
