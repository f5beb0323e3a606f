/**
 * The bot in a process of its own, for tests that kill it. Its environment is the configuration; its argument says how
 * many milliseconds its clock is ahead of the machine's. What it leaves locked is soon free again. Tells its parent once it serves.
 */
import { startDuban } from '../../src/main.ts'

const ahead = Number(process.argv[2])
await startDuban(process.env, {
  clock: { now: () => Date.now() + ahead },
  jobsTiming: { lockMs: 2_000, stalledEveryMs: 500 },
})
process.send?.('serves')
