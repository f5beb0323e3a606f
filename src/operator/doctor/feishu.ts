import { type Check, fault, ok, warning } from './finding.ts'

export const feishuCheck: Check = {
  name: 'feishu',
  async run({ outside, voice }) {
    const words = voice.t.operator.doctor.feishu
    const state = await outside.checkFeishu()
    if (state === 'off') {
      const isElsewhere = (await outside.checkWechat()) !== 'off'
      return isElsewhere ? [] : [warning(words.off, words.offAdvice)]
    }
    if (state.ok) return [ok(words.ok(state.bot))]
    return state.why === 'refused'
      ? [fault(words.refused(state.reason), words.refusedAdvice)]
      : [fault(words.away(state.reason), words.awayAdvice)]
  },
}
