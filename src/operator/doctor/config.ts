import { type Check, fault, ok } from './finding.ts'

export const configCheck: Check = {
  name: 'config',
  async run({ outside, voice }) {
    const words = voice.t.operator.doctor.config
    const faults = outside.configFaults()
    return faults.length === 0 ? [ok(words.ok)] : faults.map((text) => fault(text, words.advice))
  },
}
