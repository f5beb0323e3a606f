import type { Schema } from '../../src/db/schema.ts'

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

export type Changeable = (typeof changeable)[number]
