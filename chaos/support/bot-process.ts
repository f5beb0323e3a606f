/**
 * The bot in a process of its own, for those who kill it. Its environment is the configuration; its arguments are how
 * many milliseconds its clock is ahead of the machine's, and `unlimited` where it need not keep the platform's limits.
 * What it leaves locked is soon free again. Tells its parent once it serves, and takes from it a new time, or
 * that its database may only be read.
 */
import { sql } from 'kysely'
import { startDuban, stopAtSignals } from '../../src/main.ts'

// Whoever started it may be gone, and nobody else would end it.
process.on('disconnect', () => process.exit(1))
if (!process.connected) process.exit(1)

const [, , first, limits] = process.argv
let ahead = Number(first)
const clock = { now: () => Date.now() + ahead }
const duban = await startDuban(process.env, {
  clock,
  jobsTiming: { lockMs: 2_000, stalledEveryMs: 500 },
  ...(limits === 'unlimited' && { limiter: (shared) => ({ ...shared, take: async () => 0 }) }),
})
stopAtSignals(duban)
process.on('message', (told: number | { held: boolean }) => {
  if (typeof told === 'object') {
    void sql.raw(`pragma query_only = ${told.held ? 'on' : 'off'}`).execute(duban.app.db.write)
    return
  }
  ahead = told
  void duban.app.queue.schedule('sweep', 'moved', clock.now())
})
process.send?.(duban.url)
