import { randomBytes } from 'node:crypto'
import type { Db } from './schema.ts'
import { readSetting, writeSetting } from './settings.ts'

/** Tells this database from every other one, so that their deliveries never share an idempotency key. */
export async function instanceId(db: Db): Promise<string> {
  const known = await readSetting(db, 'instance')
  if (known !== null) return known
  const made = randomBytes(6).toString('hex')
  await writeSetting(db, 'instance', made)
  return made
}
