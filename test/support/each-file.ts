import { afterAll } from 'vitest'
import { clearLeftovers } from './leftovers.ts'
import { logsTellNothing } from './log-tap.ts'

// Runs for every test file: they share their workers, and so the modules of test/support.
afterAll(clearLeftovers)
afterAll(logsTellNothing)
