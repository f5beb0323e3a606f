import type { reportsZhCN } from './zh-cn-reports.ts'

/** Digests, reports and exports. */
export const reportsEn: typeof reportsZhCN = {
  daily: (date) => `[Daily digest] ${date}`,
  weekly: (first, last) => `[Weekly digest] ${first} to ${last}`,
  titles: {
    day: (date) => `Daily report: ${date}`,
    week: (first, last) => `Weekly report: ${first} to ${last}`,
    month: (year, month) => `Monthly report: ${year}-${String(month).padStart(2, '0')}`,
  },
  when: {
    current: { day: 'today', week: 'this week', month: 'this month' },
    past: { day: 'yesterday', week: 'last week', month: 'last month' },
    earlier: { day: 'the day before', week: 'the week before', month: 'the month before' },
  },
  words: {
    current: { day: ['day', 'today'], week: ['week', 'this week'], month: ['month', 'this month'] },
    past: { day: ['yesterday'], week: ['last week'], month: ['last month'] },
  },
  counts: { collected: 'New', dispatched: 'Dispatched', solved: 'Resolved', returned: 'Returned' },
  count: (when, what) => `${what} ${when}`,
  overdueNow: 'Overdue now',
  overdueList: 'Overdue items',
  calendarEnds: (year) =>
    `The working-day calendar ends with ${year}: please have the next year’s holidays loaded.`,
  comparison: {
    what: 'Number',
    change: 'Change',
    same: 'same',
    none: '–',
    rates: (name, parts) => `${name}: ${parts.join(', ')}`,
    rate: (when, n, m) => `${when} ${n}/${m}`,
    points: (points) => `${points} points`,
  },
  standing: 'As it stands',
  departments: (when, isOver) =>
    isOver ? `Departments, ${when}` : `Departments, ${when}, and what is open now`,
  columns: { department: 'Department', open: 'Open', overdue: 'Overdue' },
  chart: (when, isOver) =>
    isOver ? `Resolved ${when}, by department` : `Resolved ${when} and open now, by department`,
  note: 'Dispatched and resolved count an item by its newest round, returned counts each return; new ones include merged and declined items.',
  wrongPeriod: (words) =>
    `“${words}” is not understood: write day, week, month, yesterday, last week or last month.`,
  export: {
    underWay: 'Exporting; the file will be sent to you in private.',
    alreadyUnderWay: (moment) =>
      `The export that you asked for on ${moment} is under way; the file will be sent to you in private.`,
    fileName: (date) => `duban-items-${date}.xlsx`,
    tooMany: (count, most) =>
      `There are ${count} items, more than a table takes (${most}): please have the administrator run duban export on the server.`,
    tooBig:
      'The file is larger than the 30 MB that the platform takes: please have the administrator run duban export on the server.',
    failed: 'The export could not be finished. Please try again later, or ask the administrator.',
    mayNotUpload: 'the app may not upload files (im:resource:upload), please ask the administrator',
    undelivered: (name, reason) => `${name} could not be sent: ${reason}. Please export again later.`,
  },
}
