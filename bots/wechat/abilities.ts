import type { Locale } from '../../src/messages/voice.ts'
import type { Abilities } from '../../src/ports.ts'

/** With the longest titles and notes they fill the pages of one message; English takes more room. */
const entriesInMessage: Record<Locale, number> = { 'zh-CN': 10, en: 5 }

export function wechatAbilities(locale: Locale): Abilities {
  return {
    changesMessages: false,
    sendsOnce: false,
    sendsInTurn: true,
    entriesInMessage: entriesInMessage[locale],
  }
}
