import { newId } from '../ids.ts'

export interface AccessTokens {
  /** The app's token and the seconds that it still lives. */
  issue(appId: string): { token: string; expire: number }
  /** The app of a token that is still good. */
  appOf(token: string): string | undefined
  /** Every token is bad from now on. */
  revoke(): void
}

/** As the platform does: the same token while it has more than half an hour to live, then a new one beside it. */
export function createTokens(lifeSeconds: number): AccessTokens {
  const tokens = new Map<string, { appId: string; until: number }>()
  const renewBeforeMs = Math.min(30 * 60_000, (lifeSeconds * 1000) / 4)
  return {
    issue: (appId) => {
      const now = Date.now()
      for (const [token, { until }] of tokens) if (until <= now) tokens.delete(token)
      for (const [token, held] of tokens) {
        if (held.appId === appId && held.until - now > renewBeforeMs) {
          return { token, expire: Math.floor((held.until - now) / 1000) }
        }
      }
      const token = newId('token')
      tokens.set(token, { appId, until: now + lifeSeconds * 1000 })
      return { token, expire: lifeSeconds }
    },
    appOf: (token) => {
      const held = tokens.get(token)
      return held && held.until > Date.now() ? held.appId : undefined
    },
    revoke: () => tokens.clear(),
  }
}
