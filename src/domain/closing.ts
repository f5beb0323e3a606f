/** What follows once an item is done: callback 回访, publication 公开, uptake 成果转化. Times are epoch milliseconds. */

/** At most one for each round. */
export interface Callback {
  round: number
  at: number
  by: string
  satisfied: boolean
  note: string | null
}

export interface Publication {
  at: number
  by: string
  url: string
  text: string | null
}

/** It reached a leaders' meeting, or became a policy. */
export const uptakeKinds = ['agenda', 'policy'] as const
export type UptakeKind = (typeof uptakeKinds)[number]

export interface Uptake {
  at: number
  by: string
  kind: UptakeKind
  note: string
}

/** All of an item's that is no department's. */
export interface Afterwards {
  callbacks: Callback[]
  publications: Publication[]
  uptakes: Uptake[]
}

const longestAddress = 2000

/** A web address that anybody may open: http or https, of a host with a name, and nobody's password in it. */
export function isWebAddress(text: string): boolean {
  if (text.length > longestAddress || !/^https?:\/\/[!-~]+$/i.test(text)) return false
  const url = URL.parse(text)
  return url !== null && url.username === '' && url.password === '' && url.hostname.includes('.')
}
