import type { Assignment, Feedback } from '../../src/domain/assignment.ts'
import { type PeriodKind, periodOf } from '../../src/domain/period.ts'
import type { DepartmentTotals, Totals } from '../../src/domain/totals.ts'
import type { ReportData } from '../../src/messages/report.ts'
import { moment } from '../domain/offices.ts'

export const now = moment('2026-11-24 10:00')

export function anAssignment(
  changes: Partial<Omit<Assignment, 'item'>> & { item?: Partial<Assignment['item']> } = {},
): Assignment {
  const { item, ...rest } = changes
  return {
    id: 1,
    department: { id: 1, name: '市农业农村委员会' },
    part: 'lead',
    round: 1,
    status: 'sent',
    policy: '3wd',
    dueFrom: moment('2026-11-20 10:00'),
    dispatchedAt: moment('2026-11-20 10:00'),
    acknowledgedAt: null,
    acknowledgedBy: null,
    dueAt: moment('2026-11-25 17:30'),
    dueSetAt: moment('2026-11-20 10:00'),
    provisional: false,
    promisedDate: null,
    promisedSetAt: null,
    reviewDate: null,
    suspendedAt: null,
    returned: null,
    reopened: null,
    outcome: null,
    solvedAt: null,
    acceptedAt: null,
    feedback: null,
    evidence: 0,
    requests: {},
    others: [],
    ...rest,
    item: {
      code: 12,
      title: '蔬菜滞销',
      content: '收购车辆进不了村，电话13800138000。',
      source: 'hotline',
      category: null,
      urgency: 'normal',
      status: 'open',
      receivedAt: moment('2026-11-20 09:00'),
      closing: 'all',
      reports: 1,
      hasDetails: false,
      ...item,
    },
  }
}

export function aFeedback(changes: Partial<Feedback> = {}): Feedback {
  return {
    id: 7,
    at: moment('2026-11-23 15:00'),
    by: '孙联络',
    byId: 3,
    outcome: 'resolved',
    measures: '已组织农超对接',
    reason: null,
    promisedDate: null,
    handler: null,
    mayPublish: true,
    review: 'pending',
    reviewedAt: null,
    reviewedBy: null,
    reviewReason: null,
    ...changes,
  }
}

export function someTotals(changes: Partial<Totals> = {}): Totals {
  return {
    collected: 720,
    waiting: 0,
    merged: 0,
    declined: 0,
    dispatched: 720,
    unacknowledged: 0,
    working: 0,
    review: 0,
    suspended: 0,
    in_progress: 62,
    resolved: 600,
    mostly_resolved: 58,
    deferred: 0,
    reference: 0,
    overdue: 0,
    rate_3wd: { n: 540, m: 720 },
    rate_7d: { n: 612, m: 720 },
    ...changes,
  }
}

export function departmentRow(department: string, changes: Partial<Totals> = {}): DepartmentTotals {
  return { department, returns: { n: 0, m: 720 }, ...someTotals(changes) }
}

/** The numbers of a period that runs still, and of the one before it. */
export function aReport(kind: PeriodKind): ReportData {
  const counts = { dispatched: 12, solved: 9, returned: 1 }
  const numbers = { collected: 14, ...counts, departments: [{ department: '甲局', ...counts }] }
  return {
    period: periodOf(kind, '2026-11-20'),
    numbers: { ...numbers, rate_3wd: { n: 3, m: 4 }, rate_7d: { n: 4, m: 4 } },
    before: {
      ...numbers,
      collected: 10,
      solved: 10,
      rate_3wd: { n: 13, m: 20 },
      rate_7d: { n: 0, m: 0 },
    },
    standing: {
      at: now,
      today: '2026-11-20',
      totals: someTotals({ overdue: 3 }),
      departments: [departmentRow('甲局', { overdue: 3, in_progress: 5 })],
    },
  }
}
