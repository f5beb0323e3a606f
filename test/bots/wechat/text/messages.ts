import type { Assignment } from '../../../../src/domain/assignment.ts'
import type { Request } from '../../../../src/domain/request.ts'
import {
  assignmentCard,
  assignmentFields,
  feedbackFormCard,
  quoted,
  taskListCard,
} from '../../../../src/messages/assignment.ts'
import { digestMessage } from '../../../../src/messages/digest.ts'
import { type DoneItem, doneCard } from '../../../../src/messages/done.ts'
import { commandHelpMessage, helpMessage } from '../../../../src/messages/help.ts'
import { type NewItem, newItemsMessage, urgentItemsMessage } from '../../../../src/messages/intake.ts'
import { itemListMessage, mineMessage, overdueMessage } from '../../../../src/messages/lists.ts'
import { line, type Message } from '../../../../src/messages/message.ts'
import { nudgeCopy, nudgeMessage } from '../../../../src/messages/nudge.ts'
import { privateDetailsMessage } from '../../../../src/messages/private-details.ts'
import { reportMessage } from '../../../../src/messages/report.ts'
import { extensionFormCard, requestCard } from '../../../../src/messages/request.ts'
import { returnedCard, returnFormCard } from '../../../../src/messages/returned.ts'
import { reviewCard } from '../../../../src/messages/review.ts'
import { departmentStatusMessage, itemStatusMessage, statusMessage } from '../../../../src/messages/status.ts'
import {
  type TriageView,
  triageDoneMessage,
  triageMessage,
  triageOverMessage,
} from '../../../../src/messages/triage.ts'
import { unbindQuestion } from '../../../../src/messages/unbind.ts'
import { createVoice, type Locale, locales, type Voice } from '../../../../src/messages/voice.ts'
import { moment } from '../../../domain/offices.ts'
import {
  aFeedback,
  anAssignment,
  aReport,
  departmentRow,
  now,
  someTotals,
} from '../../../messages/examples.ts'

/** One of everything that the core says, with data as it comes. */

export const voices = Object.fromEntries(
  locales.map((locale) => [locale, createVoice(locale, 'Asia/Shanghai', { now: () => now })]),
) as Record<Locale, Voice>

const farmers = anAssignment({
  item: {
    title: '崇明绿叶菜滞销，收购车辆进不了村',
    content:
      '合作社有青菜20亩、约30吨，因村口设卡，收购车辆进不了村，菜已开始腐烂。\n诉求：一是开通绿色通道；\n二是组织社区团购。电话13800138000。',
    urgency: 'urgent',
    category: '农产品流通',
    reports: 3,
    hasDetails: true,
  },
  others: [
    { id: 7, department: { id: 2, name: '市交通委员会' }, part: 'co', status: 'working', outcome: null },
  ],
})
const masks = anAssignment({
  id: 2,
  status: 'working',
  acknowledgedAt: moment('2026-11-20 10:30'),
  acknowledgedBy: '孙联络',
  item: { code: 13, title: '药店口罩供应不足', urgency: 'critical' },
})
const lamps = anAssignment({
  id: 3,
  dueAt: moment('2026-11-23 17:30'),
  item: { code: 15, title: '路灯不亮' },
})
const atWork: Partial<Assignment> = {
  status: 'working',
  acknowledgedAt: moment('2026-11-20 10:30'),
  acknowledgedBy: '孙联络',
}
const feedback = aFeedback({
  measures: '已协调村口设立收购点。\n已组织农超对接，收购20吨。',
  handler: '钱经办',
})
const extension: Request = {
  id: 1,
  kind: 'extension',
  reason: '货源紧张，运输车辆不足',
  until: null,
  askedAt: moment('2026-11-23 11:00'),
  askedBy: '孙联络',
  askedById: 1,
  status: 'pending',
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
  grantedUntil: null,
}
const suspension: Request = {
  ...extension,
  id: 2,
  kind: 'suspension',
  reason: '待道路竣工',
  until: '2026-12-10',
}
const decided = { decidedAt: moment('2026-11-23 16:00'), decidedBy: '陈组长' }
const backAgain = {
  ...farmers,
  status: 'returned' as const,
  returned: { at: now, reason: '村口道路由交通部门管理', suggested: { id: 2, name: '市交通委员会' } },
}
const returned = {
  assignment: backAgain,
  by: '孙联络',
  itemStatus: 'ready' as const,
  next: null,
  departments: ['市交通委员会', '市商务委员会'],
}
const done: DoneItem = {
  lead: anAssignment({ ...farmers, status: 'accepted', outcome: 'resolved', evidence: 2, feedback }),
  late: false,
  afterwards: { callbacks: [], publications: [], uptakes: [] },
  closed: null,
  since: 'nothing',
}
const calledBack = { round: 1, at: now, by: '陈组长', satisfied: true, note: '很快就解决了' }
const published = { at: now, by: '陈组长', url: 'https://www.example.gov.cn/answers/12', text: null }
const view: TriageView = {
  item: {
    code: 21,
    title: '网课老师语速太快，没有回放',
    content: '初二学生家长反映，空中课堂节奏太快，孩子跟不上，希望提供回放。',
    source: 'public_account',
    category: '在线教学',
    urgency: 'urgent',
    receivedAt: moment('2026-11-24 08:20'),
    reports: 2,
  },
  waiting: 5,
  similar: [
    {
      code: 9,
      title: '空中课堂语速快',
      status: 'open',
      department: '市教育委员会',
      reports: 4,
      sure: { level: 'high', percent: 93 },
      words: [
        { here: '网课', there: '空中课堂' },
        { here: '回放', there: '回放' },
      ],
    },
    {
      code: 5,
      title: '网课卡顿',
      status: 'done',
      department: null,
      reports: 1,
      sure: { level: 'medium', percent: 61 },
      words: [{ here: '网课', there: '网课' }],
    },
  ],
  suggestion: {
    department: { id: 3, name: '市教育委员会' },
    level: 'high',
    percent: 88,
    words: ['网课', '课堂'],
  },
  returned: null,
  departments: [
    { id: 3, name: '市教育委员会' },
    { id: 4, name: '市商务委员会' },
  ],
  policy: { kind: 'working-days', days: 3 },
  closing: 'all',
  walk: { round: 0, skipped: [] },
}
const newItem = (code: number, more: Partial<NewItem> = {}): NewItem => ({
  code,
  title: `小区封控期间配药难之${code}`,
  content: '慢性病患者需要配药。',
  source: 'hotline',
  urgency: 'urgent',
  received_at: now,
  ...more,
})
const totals = someTotals({ overdue: 3, working: 12, review: 4, unacknowledged: 2 })
const rows = ['市农业农村委员会', '市交通委员会', '市商务委员会'].map((name, index) =>
  departmentRow(name, { overdue: 3 - index, working: 5 + index }),
)

export function everyMessage(locale: Locale): Record<string, Message> {
  const voice = voices[locale]
  const { t } = voice
  const commands = Object.keys(t.commands) as (keyof typeof t.commands)[]
  const late = [
    { assignment: lamps, lateMs: 27 * 3_600_000, contacts: ['孙联络', '李联络'] },
    { assignment: farmers, lateMs: 3_600_000, contacts: [] },
  ]
  const nudges = [
    { assignment: lamps, stage: 'overdue' as const, late: true },
    { assignment: farmers, stage: 'unacknowledged' as const, late: false },
  ]
  return {
    assignment: assignmentCard(farmers, voice, [{ account: 'w1', name: '孙联络' }]),
    acknowledged: assignmentCard(masks, voice),
    'assignment sent back': assignmentCard(
      {
        ...farmers,
        ...atWork,
        provisional: true,
        feedback: aFeedback({ review: 'redo', reviewedBy: '陈组长', reviewReason: '请补充收购数量' }),
        requests: { extension },
      },
      voice,
    ),
    'assignment suspended': assignmentCard(
      {
        ...farmers,
        ...atWork,
        status: 'suspended',
        reviewDate: '2026-12-10',
        requests: { suspension: { ...suspension, ...decided, status: 'granted' } },
      },
      voice,
    ),
    'assignment reopened': assignmentCard(
      { ...farmers, reopened: { by: '陈组长', reason: '市民反映又积压了' } },
      voice,
    ),
    'answered assignment': assignmentCard({ ...farmers, status: 'review', evidence: 2, feedback }, voice),
    'accepted assignment': assignmentCard(
      {
        ...farmers,
        status: 'accepted',
        feedback: { ...feedback, review: 'accepted', reviewedAt: now, reviewedBy: '陈组长' },
      },
      voice,
    ),
    'returned assignment': assignmentCard(backAgain, voice),
    'withdrawn assignment': assignmentCard({ ...farmers, status: 'withdrawn' }, voice),
    'feedback form': feedbackFormCard(farmers, voice),
    'task list': taskListCard([farmers, lamps, masks], voice),
    nudge: nudgeMessage([{ assignment: lamps, stage: 'overdue-notice', late: true }], voice, []),
    nudges: nudgeMessage(nudges, voice, []),
    'nudge answered': nudgeMessage(
      [{ assignment: { ...lamps, status: 'review' }, stage: 'overdue', late: true }],
      voice,
      [],
    ),
    'copy of nudges': nudgeCopy(
      [
        ...nudges,
        {
          assignment: { ...masks, status: 'suspended', reviewDate: '2026-11-24' },
          stage: 'review-date',
          late: false,
        },
      ],
      voice,
    ),
    review: reviewCard({ assignment: { ...farmers, evidence: 2 }, feedback, late: true }, voice),
    'review of what is promised': reviewCard(
      {
        assignment: farmers,
        feedback: aFeedback({
          outcome: 'in_progress',
          promisedDate: '2026-11-30',
          measures: '已联系收购企业',
        }),
        late: false,
      },
      voice,
    ),
    'review accepted': reviewCard(
      {
        assignment: farmers,
        feedback: { ...feedback, review: 'accepted', reviewedAt: now, reviewedBy: '陈组长' },
        late: false,
      },
      voice,
    ),
    'review sent back': reviewCard(
      {
        assignment: farmers,
        feedback: {
          ...feedback,
          review: 'redo',
          reviewedAt: now,
          reviewedBy: '陈组长',
          reviewReason: '请补充收购数量',
        },
        late: false,
      },
      voice,
    ),
    extension: requestCard(
      { assignment: farmers, request: extension, usual: moment('2026-11-27 17:30') },
      voice,
    ),
    'second extension': requestCard(
      { assignment: farmers, request: { ...extension, until: '2026-12-10' }, usual: null },
      voice,
    ),
    'extension granted': requestCard(
      {
        assignment: farmers,
        request: {
          ...extension,
          ...decided,
          status: 'granted',
          grantedUntil: moment('2026-11-27 17:30'),
        },
        usual: null,
      },
      voice,
    ),
    suspension: requestCard({ assignment: farmers, request: suspension, usual: null }, voice),
    'suspension granted': requestCard(
      {
        assignment: {
          ...farmers,
          status: 'suspended',
          reviewDate: '2026-12-10',
          requests: { suspension: { ...suspension, status: 'granted' } },
        },
        request: { ...suspension, ...decided, status: 'granted' },
        usual: null,
      },
      voice,
    ),
    'suspension refused': requestCard(
      {
        assignment: farmers,
        request: { ...suspension, ...decided, status: 'refused', decisionReason: '道路本周竣工' },
        usual: null,
      },
      voice,
    ),
    'extension form': extensionFormCard(farmers, undefined, voice),
    'return form': returnFormCard(farmers, moment('2026-11-24 17:30'), voice),
    returned: returnedCard(returned, voice),
    'returned by a co-department': returnedCard(
      {
        ...returned,
        itemStatus: 'open',
        assignment: {
          ...backAgain,
          part: 'co',
          others: [
            {
              id: 8,
              department: { id: 9, name: '市商务委员会' },
              part: 'lead',
              status: 'working',
              outcome: null,
            },
          ],
        },
      },
      voice,
    ),
    'returned and given to another': returnedCard(
      { ...returned, next: { department: '市交通委员会', by: '陈组长', at: now } },
      voice,
    ),
    triage: triageMessage(view, voice, t.triage.done.merged('#20', 9)),
    'triage of what came back': triageMessage(
      {
        ...view,
        similar: [],
        suggestion: null,
        returned: {
          department: '市教育委员会',
          by: '孙联络',
          at: now,
          reason: '平台由电信部门运维',
          suggested: { id: 4, name: '市商务委员会' },
        },
      },
      voice,
    ),
    'triage done': triageDoneMessage(0, voice),
    'triage with some skipped': triageDoneMessage(2, voice, t.triage.done.declined(3)),
    'triage over': triageOverMessage({ code: 12, title: '蔬菜滞销' }, t.triage.done.declined(12), voice),
    'urgent item': urgentItemsMessage([newItem(31, { urgency: 'critical' })], voice),
    'urgent items': urgentItemsMessage([newItem(31), newItem(32, { urgency: 'critical' })], voice),
    'new items': newItemsMessage([newItem(33, { urgency: 'normal' })], 31, voice),
    done: doneCard(done, voice),
    'done, not for the public': doneCard(
      { ...done, lead: { ...done.lead, feedback: { ...feedback, mayPublish: false } } },
      voice,
    ),
    'called back, published and closed': doneCard(
      {
        ...done,
        afterwards: {
          callbacks: [calledBack],
          publications: [published],
          uptakes: [{ at: now, by: '陈组长', kind: 'policy', note: '农产品应急运输办法' }],
        },
        closed: { by: '陈组长', at: now },
      },
      voice,
    ),
    digest: digestMessage({ ...aReport('day'), ...withOverdue(late) }, voice, 2026),
    'weekly digest': digestMessage(aReport('week'), voice),
    report: reportMessage(aReport('month'), voice),
    status: statusMessage(totals, rows, voice, now),
    'status of nothing': statusMessage(someTotals({ collected: 0 }), [], voice, now),
    'status of a department': departmentStatusMessage(
      departmentRow('市交通委员会', { overdue: 1 }),
      voice,
      now,
    ),
    'status of an item': itemStatusMessage(
      {
        code: 12,
        title: '蔬菜滞销',
        fields: [{ label: t.status.fields.status, value: t.itemStatuses.open }],
        quote: quoted('青菜滞销。'),
        afterwards: [],
      },
      [{ assignment: farmers, fields: assignmentFields(farmers, voice) }],
      [
        { at: now, what: 'dispatched', by: '陈组长', department: '市农业农村委员会', detail: {} },
        { at: now, what: 'acknowledged', by: '孙联络', department: '市农业农村委员会', detail: {} },
      ],
      voice,
    ),
    mine: mineMessage('市农业农村委员会', [lamps, farmers, masks], new Set([3]), voice),
    'one of mine': mineMessage('市农业农村委员会', [farmers], new Set(), voice),
    'mine to read': mineMessage('市农业农村委员会', [farmers], new Set(), voice, { mayAct: false }),
    'nothing of mine': mineMessage('市农业农村委员会', [], new Set(), voice),
    overdue: overdueMessage(late, voice),
    list: itemListMessage(
      [{ code: 31, title: '配药难', source: 'hotline', urgency: 'urgent', status: 'ready' }],
      [farmers, masks],
      40,
      voice,
    ),
    help: helpMessage(commands, voice),
    'help of a contact': helpMessage(['mine', 'status', 'ack', 'feedback', 'return', 'extend'], voice),
    'help of a command': commandHelpMessage(t.commands.dispatch, '/dispatch', voice),
    unbind: unbindQuestion(
      { id: 1, name: '市交通委员会' },
      t.directory.open(2, '#12、#13', false),
      true,
      voice,
    ),
    'private details': privateDetailsMessage(
      12,
      [{ code: 12, title: '蔬菜滞销', petitioner: '来电市民', phone: '13900139000', address: null }],
      voice,
    ),
    undelivered: {
      title: t.undelivered.title,
      tone: 'danger',
      blocks: [
        {
          kind: 'text',
          text: t.undelivered.entry('市交通委员会', '#12', t.undelivered.reasons['outcome-unknown']),
        },
      ],
    },
    understood: {
      title: t.feedback.understood(12, t.outcomes.resolved),
      tone: 'success',
      blocks: [
        { kind: 'fields', fields: [{ label: t.feedback.fields.measures, value: '已组织农超对接' }] },
        { kind: 'note', text: t.feedback.correct(12) },
      ],
    },
    question: line(t.ask.promise(12), 'warning'),
  }
}

function withOverdue(overdue: Parameters<typeof overdueMessage>[0]) {
  const { standing } = aReport('day')
  return standing ? { standing: { ...standing, overdue } } : {}
}
