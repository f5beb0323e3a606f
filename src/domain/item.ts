/** An item 事项: one suggestion or complaint, numbered `#12` for life. */

export const itemStatuses = ['triage', 'ready', 'open', 'done', 'closed', 'merged', 'declined'] as const
export type ItemStatus = (typeof itemStatuses)[number]

export const urgencies = ['normal', 'urgent', 'critical'] as const
export type Urgency = (typeof urgencies)[number]

export const sources = [
  'hotline',
  'public_account',
  'deputy',
  'cppcc',
  'expert',
  'online',
  'enterprise_visit',
  'enterprise_online',
  'other',
] as const
export type Source = (typeof sources)[number]
