import { newId } from '../ids.ts'

/** The token of a card click: with it the app may update that card later, twice, within half an hour. */
export interface CallbackTokens {
  issue(appId: string, messageId: string): string
  /** The click has been answered: only now may the card be updated. */
  answered(token: string): void
  /** Uses the token up once. */
  take(token: string, appId: string): { messageId: string } | 'unknown' | 'too early' | 'used up'
}

const uses = 2

export function createCallbackTokens(lifeMs: number): CallbackTokens {
  const held = new Map<
    string,
    { appId: string; messageId: string; until: number; left: number; answered: boolean }
  >()
  return {
    issue: (appId, messageId) => {
      const now = Date.now()
      for (const [token, { until }] of held) if (until <= now) held.delete(token)
      const token = newId('callback')
      held.set(token, { appId, messageId, until: now + lifeMs, left: uses, answered: false })
      return token
    },
    answered: (token) => {
      const entry = held.get(token)
      if (entry) entry.answered = true
    },
    take: (token, appId) => {
      const entry = held.get(token)
      if (!entry || entry.appId !== appId || entry.until <= Date.now()) return 'unknown'
      if (!entry.answered) return 'too early'
      if (entry.left === 0) return 'used up'
      entry.left -= 1
      return { messageId: entry.messageId }
    },
  }
}
