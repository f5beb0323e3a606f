import { type Check, fault, ok, warning } from './finding.ts'

/** BullMQ takes no older one. */
const oldest = [6, 2] as const

export const redisCheck: Check = {
  name: 'redis',
  async run({ outside, voice }) {
    const words = voice.t.operator.doctor.redis
    const state = await outside.checkRedis()
    if (!state.ok) return [fault(words.away(state.reason), words.awayAdvice)]
    const [major = 0, minor = 0] = state.version.split('.').map(Number)
    if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
      return [fault(words.old(state.version), words.oldAdvice)]
    }
    // Jobs that are thrown away come back with the next sweep: late, but not lost.
    if (state.evictionPolicy !== 'noeviction') {
      return [warning(words.evicts(state.evictionPolicy), words.evictsAdvice)]
    }
    return [ok(words.ok(state.version))]
  },
}
