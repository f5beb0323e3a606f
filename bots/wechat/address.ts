/** A group or a person on WeChat: its id means something only under the login through which the bot knows it. */
export interface Address {
  /** The puppet's module: each spells ids in its own way. */
  puppet: string
  /** The bot's own contact id. */
  account: string
  kind: 'room' | 'contact'
  id: string
}

export function composeAddress({ kind, id, ...login }: Address): string {
  return `${composeLogin(login)}/${kind}/${encodeURIComponent(id)}`
}

/** What every address begins with that the bot knows under that login. */
export function composeLogin({ puppet, account }: Pick<Address, 'puppet' | 'account'>): string {
  return `${encodeURIComponent(puppet)}/${encodeURIComponent(account)}`
}

/** Null where the text is no address, such as the id of another platform. */
export function parseAddress(text: string): Address | null {
  const parts = text.split('/').map(decoded)
  const [puppet, account, kind, id] = parts
  if (parts.length !== 4 || !puppet || !account || !id) return null
  if (kind !== 'room' && kind !== 'contact') return null
  const address: Address = { puppet, account, kind, id }
  // One spelling for each, so that addresses can be compared as they are.
  return composeAddress(address) === text ? address : null
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}
