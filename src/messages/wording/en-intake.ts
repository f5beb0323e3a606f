import type { intakeZhCN } from './zh-cn-intake.ts'

/** New items: announcements and the API. */
export const intakeEn: typeof intakeZhCN = {
  urgentTitle: (urgency, item) => `[New, ${urgency}] ${item}`,
  urgentListTitle: (count) => `[New, urgent] ${count} items to triage`,
  listTitle: (count) => `[New] ${count} item${count === 1 ? '' : 's'} to triage`,
  received: (moment) => `received ${moment}`,
  triage: 'Triage',
  named: (departments) => `the sender names ${departments}`,
  readBy: (token) => `read by API token “${token}”`,

  unauthorized: 'The token is missing or wrong.',
  tooManyRequests: (seconds) => `Too many requests: try again in ${seconds} s.`,
  tooManyItems: (max) => `At most ${max} items at once.`,
  notJson: 'The body is not valid JSON in UTF-8.',
  notAnObject: 'must be an object',
  faults: (count) => `${count} fault${count === 1 ? '' : 's'}; nothing was changed.`,
  badQuery: (names) => `Unknown or malformed parameters: ${names}.`,
  noPrivate: "This token may not read petitioners' details.",
  noSuchItem: 'There is no such item.',

  copyTitle: (count, late) =>
    `[Copy of nudges] ${count} item${count === 1 ? '' : 's'}${late === 0 ? '' : `, ${late} overdue`}`,
}
