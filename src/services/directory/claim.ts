import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { addEvents } from '../../db/audit.ts'
import { addDepartment, type Department, departmentsByName, taskForces } from '../../db/departments.ts'
import { addMembership, hasLead, namesakes } from '../../db/people.ts'
import { readSetting, writeSetting } from '../../db/settings.ts'
import { UserError } from '../../errors.ts'
import type { Work } from '../work.ts'
import { type Account, giveAccount, type Known } from './accounts.ts'

/** How long a code of the operator's is good for. */
export const claimCodeHours = 24
const firstKey = 'claim_code_sha256'
const onceKey = 'claim_code_once'

/** A code of the operator's, of which only the hash is kept. */
interface OnceCode {
  sha256: string
  at: number
}

/**
 * A lead, by the code that was printed at the first start while there is none, or by one of the operator's, which that uses
 * up. One of a lead's name is that lead, with another account.
 * @returns who is known already
 * @throws {UserError}
 */
export async function claimTaskForce(work: Work, code: string, person: Account): Promise<Known | null> {
  const { db, now } = work
  await requireFits(work, code.trim())
  const [same, another] = await namesakes(db, person.name, { platform: person.platform, role: 'lead' })
  const { id, known } = await giveAccount(work, person, another === undefined ? (same ?? null) : null)
  if (known === null) await addMembership(db, id, (await forceOf(work)).id, 'lead')
  await addEvents(db, [{ at: now, what: 'claimed', person: id }])
  return known
}

/** Sets the code with which the first lead claims the role; only its hash is kept. */
export async function setClaimCode({ db }: Work, code: string): Promise<void> {
  await writeSetting(db, firstKey, digestOf(code).toString('hex'))
}

/** A code with which one more lead claims the role, whoever has it already; only its hash is kept. */
export async function makeClaimCode({ db, now }: Work): Promise<string> {
  const code = randomBytes(5).toString('hex')
  await writeSetting(
    db,
    onceKey,
    JSON.stringify({ sha256: digestOf(code).toString('hex'), at: now } satisfies OnceCode),
  )
  await addEvents(db, [{ at: now, what: 'claim-code' }])
  return code
}

/** @throws {UserError} where no code would help */
export async function requireClaimable({ db }: Work): Promise<void> {
  if ((await onceCode(db)) === null && (await hasLead(db))) throw new UserError((t) => t.errors.claimed)
}

/** @throws {UserError} */
async function requireFits(work: Work, code: string): Promise<void> {
  await requireClaimable(work)
  const { db, now } = work
  const once = await onceCode(db)
  if (once !== null && isCode(code, once.sha256)) {
    if (now >= once.at + claimCodeHours * 60 * 60 * 1000) throw new UserError((t) => t.errors.oldClaim)
    await writeSetting(db, onceKey, '')
    return
  }
  const first = (await hasLead(db)) ? null : await readSetting(db, firstKey)
  if (first === null || !isCode(code, first)) throw new UserError((t) => t.errors.badClaim)
}

async function onceCode(db: Work['db']): Promise<OnceCode | null> {
  const text = await readSetting(db, onceKey)
  return text ? (JSON.parse(text) as OnceCode) : null
}

/** The task force that there is; where there is none, or more than one, the one of the usual name. */
async function forceOf({ app, db, now }: Work): Promise<Department> {
  const [only, another] = await taskForces(db)
  if (only && !another) return only
  const name = app.voice.t.claim.taskForce
  return (await departmentsByName(db)).get(name) ?? (await addDepartment(db, name, now))
}

function isCode(code: string, sha256: string): boolean {
  return timingSafeEqual(Buffer.from(sha256, 'hex'), digestOf(code))
}

function digestOf(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
