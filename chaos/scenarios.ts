import { backup } from './backup.ts'
import { clock } from './clock.ts'
import { disk } from './disk.ts'
import { fuzz } from './fuzz.ts'
import { kill } from './kill.ts'
import { load } from './load.ts'
import { platform } from './platform.ts'
import { processes } from './processes.ts'
import { redis } from './redis.ts'
import type { Scenario } from './scenario.ts'

/** All of them, in the order in which they run. */
export const scenarios: Scenario[] = [kill, processes, redis, platform, disk, backup, clock, load, fuzz]
