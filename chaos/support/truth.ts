import type { Schema } from '../../src/db/schema.ts'
import type { App } from '../../src/services/app.ts'

/** All that an act may change. What was brought in, and what was only said in answer to it, is not among it. */
export const changeable = [
  'departments',
  'department_names',
  'department_chats',
  'people',
  'person_accounts',
  'memberships',
  'items',
  'assignments',
  'feedback',
  'attachments',
  'events',
  'nudges',
  'nudge_deliveries',
  'calendar_days',
  'settings',
  'requests',
  'callbacks',
  'publications',
  'uptakes',
  'acts',
  'stand_ins',
] as const satisfies readonly (keyof Schema)[]

export async function truthOf({ db }: App): Promise<string> {
  const kept: unknown[] = []
  for (const table of changeable) kept.push(await db.read.selectFrom(table).selectAll().execute())
  return JSON.stringify(kept)
}

const acting = ['lead', 'contact', 'backup'] as const

/** Whether somebody may change anything at all. */
export async function mayAct({ db }: App, account: string): Promise<boolean> {
  const role = await db.read
    .selectFrom('person_accounts')
    .innerJoin('memberships', 'memberships.person_id', 'person_accounts.person_id')
    .select('role')
    .where('account', '=', account)
    .where('role', 'in', [...acting])
    .executeTakeFirst()
  return role !== undefined
}
