import { createHash, timingSafeEqual } from 'node:crypto'

/** Another system that may use the intake API. */
export interface ApiToken {
  /** What the audit trail calls it. */
  name: string
  /** All that is kept of it. */
  hash: Buffer
  /** May read the petitioners' details. */
  private: boolean
}

const shortest = 16

/** Reads `name:token` pairs, comma-separated. No fault repeats what may be a token. */
export function readApiTokens(text: string): { value: Omit<ApiToken, 'private'>[] } | { faults: string[] } {
  const faults: string[] = []
  const value: Omit<ApiToken, 'private'>[] = []
  for (const [index, pair] of text.split(',').entries()) {
    const [, name = '', token = ''] = /^([^:]*):(.*)$/s.exec(pair.trim()) ?? []
    const place = `pair ${index + 1}`
    if (!/^[\p{L}\p{N}_.-]{1,40}$/u.test(name)) {
      faults.push(
        `${place} must look like name:token, with a name of 1 to 40 letters, digits, dots or dashes`,
      )
    } else if (token.length < shortest) {
      faults.push(`${place}: the token must have at least ${shortest} characters`)
    } else if (!/^[!-~]+$/.test(token)) {
      faults.push(`${place}: the token must be of ASCII letters, digits and marks, without spaces`)
    } else if (value.some((earlier) => earlier.name === name)) {
      faults.push(`${place}: the name is taken by an earlier pair`)
    } else if (value.some(({ hash }) => hash.equals(hashOf(token)))) {
      faults.push(`${place}: the token is that of an earlier pair`)
    } else value.push({ name, hash: hashOf(token) })
  }
  return faults.length > 0 ? { faults } : { value }
}

export function readNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** Finds whose token an Authorization header brings; how long it takes tells nothing of any token. */
export function tokenFinder(tokens: readonly ApiToken[]): (header: string | undefined) => ApiToken | null {
  return (header) => {
    const brought = hashOf(/^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '')
    // Every one is compared, whichever it is.
    const found = tokens.filter(({ hash }) => timingSafeEqual(hash, brought))
    return found[0] ?? null
  }
}

/** All of one length, as the comparison wants it. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
