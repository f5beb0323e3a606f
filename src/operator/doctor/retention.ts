import { type Check, ok } from './finding.ts'

/** Whether personal data is erased after a time: not to be asked for in vain by whoever answers for it. */
export const retentionCheck: Check = {
  name: 'retention',
  async run(desk) {
    const words = desk.voice.t.operator.doctor.retention
    const { retentionDays } = desk.config()
    return [ok(retentionDays === null ? words.forGood : words.after(retentionDays))]
  },
}
