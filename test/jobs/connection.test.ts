import { expect, test } from 'vitest'
import { isAway, takesNothing } from '../../jobs/connection.ts'

const full = "OOM command not allowed when used memory > 'maxmemory'. script: 4da2, on @user_script:311."

test.each(['', 'Failed to add repeatable job for next iteration: '])(
  'a full Redis is known by its answer, in BullMQ’s words too: “%s”',
  (before) => {
    expect(takesNothing(new Error(`${before}${full}`))).toBe(true)
    expect(isAway(new Error(`${before}${full}`))).toBe(true)
    expect(isAway(new Error(`${before}Connection is closed.`))).toBe(true)
    expect(isAway(new Error(`${before}something else OOM `))).toBe(false)
  },
)
