import { personOfAccount } from '../../db/memberships.ts'
import { hasFormerAccount, upsertPerson } from '../../db/people.ts'
import type { Platform } from '../../ports.ts'
import type { Work } from '../work.ts'

export interface Account {
  platform: Platform
  account: string
  name: string
}

/** Somebody who was registered already has another account: beside those on other platforms, or in place of a former one. */
export type Known = 'elsewhere' | 'formerly'

/** From now on the account is theirs; `same`: who is meant, where it was nobody's. */
export async function giveAccount(
  { db, now }: Work,
  person: Account,
  same: number | null,
): Promise<{ id: number; known: Known | null }> {
  const owner = await personOfAccount(db, person.platform, person.account)
  if (same === null || owner) return { id: await upsertPerson(db, person, now), known: null }
  const known = (await hasFormerAccount(db, same, person.platform)) ? 'formerly' : 'elsewhere'
  return { id: await upsertPerson(db, person, now, same), known }
}
