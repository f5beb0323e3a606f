import { afterAll } from 'vitest'
import { clearLeftovers } from './leftovers.ts'

// Runs for every test file: they share their workers, and so the modules of test/support.
afterAll(clearLeftovers)
