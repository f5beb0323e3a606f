import { type Check, fault, ok, warning } from './finding.ts'

/** Nothing where it is off: most have Feishu alone. */
export const wechatCheck: Check = {
  name: 'wechat',
  async run({ outside, voice }) {
    const words = voice.t.operator.doctor.wechat
    const state = await outside.checkWechat()
    if (state === 'off') return []
    if (!state.ok) {
      return state.why === 'not-installed'
        ? [fault(words.notInstalled(state.puppet), words.notInstalledAdvice(state.puppet))]
        : [fault(words.open(state.file), words.openAdvice(state.file))]
    }
    const login = !state.account
      ? warning(words.never, words.neverAdvice)
      : state.told
        ? warning(words.lost[state.told], words.lostAdvice[state.told])
        : ok(words.ok(state.puppet))
    return state.unencrypted ? [login, warning(words.unencrypted, words.unencryptedAdvice)] : [login]
  },
}
