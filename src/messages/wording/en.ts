import type { Wording } from '../wording.ts'
import { closingEn } from './en-closing.ts'
import { connectionEn } from './en-connection.ts'
import { directoryEn } from './en-directory.ts'
import { elsewhereEn } from './en-elsewhere.ts'
import { filesEn } from './en-files.ts'
import { intakeEn } from './en-intake.ts'
import { operatorEn } from './en-operator.ts'
import { reportsEn } from './en-reports.ts'
import { requestsEn } from './en-requests.ts'
import { triageEn } from './en-triage.ts'
import { stopped } from './stopped.ts'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

export const en: Wording = {
  time: {
    date: (year, month, day, weekday) =>
      `${weekdays[weekday - 1]} ${day} ${months[month - 1]}${year === null ? '' : ` ${year}`}`,
    moment: (date, time) => `${date} ${time}`,
    duration(days, hours, minutes) {
      if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`
      if (hours > 0) return `${hours} h`
      return `${minutes} min`
    },
    until: (moment) => `by ${moment}`,
  },

  list: (words) => words.join(', '),
  beside: (...words) => words.filter((word) => word !== '').join(' · '),
  item: (code, title) => `#${code} ${title}`,
  codes: (codes) => codes.map((code) => `#${code}`).join(', '),
  none: 'none',
  answeredInPrivate: 'Answered in a private message.',
  unknownPerson: 'unknown person',

  sources: {
    hotline: '12345 hotline',
    public_account: 'Public account',
    deputy: "People's congress deputy",
    cppcc: 'CPPCC member',
    expert: 'Expert',
    online: 'Online discussion',
    enterprise_visit: 'Enterprise visit',
    enterprise_online: 'Enterprise visit, online',
    other: 'Other',
  },

  urgencies: { normal: 'Normal', urgent: 'Urgent', critical: 'Critical' },

  itemStatuses: {
    triage: 'in triage',
    ready: 'ready to dispatch',
    open: 'in hand',
    done: 'done',
    closed: 'closed',
    merged: 'merged',
    declined: 'declined',
  },

  assignmentStatuses: {
    sent: 'unacknowledged',
    working: 'in hand',
    review: 'under review',
    accepted: 'done',
    suspended: 'suspended',
    returned: 'returned',
    withdrawn: 'withdrawn',
  },

  parts: { lead: 'lead', co: 'co-department' },

  outcomes: {
    resolved: 'Resolved',
    mostly_resolved: 'Mostly resolved',
    in_progress: 'In progress',
    deferred: 'Deferred',
    reference: 'For reference',
  },

  roles: {
    lead: 'task force lead',
    contact: 'contact',
    backup: 'backup',
    leader: 'leader',
    observer: 'observer',
  },

  overdue: 'overdue',
  provisional: 'provisional',

  assignment: {
    title: (code, title) => `[Assignment] #${code} ${title}`,
    titleUrgent: (urgency, code, title) => `[${urgency} assignment] #${code} ${title}`,
    listTitle: (n, department) => `[Task list] ${department}: ${count(n, 'item')}`,
    listRange: (from, to) => ` (#${from} to #${to})`,
    fields: {
      due: 'Due',
      lead: 'Lead',
      co: 'Co-departments',
      department: 'Department',
      source: 'Source',
      urgency: 'Urgency',
      category: 'Category',
      status: 'Status',
    },
    dueBy: (moment) => `due ${moment}`,
    promisedFor: (date) => `promised for ${date}`,
    due: (moment, policy) => `${moment} (${policy})`,
    provisionalNote:
      'The holidays of a year in this period are not published yet: reckoned Monday to Friday for now, corrected once they are.',
    waitingList:
      'Please acknowledge each, and give feedback before it is due. You may also reply “#number + what was done”.',
    acknowledged: (by, moment) => `Acknowledged by ${by}, ${moment}`,
    ack: 'Acknowledge',
    ackAll: 'Acknowledge all',
    feedback: 'Feedback',
    nudge: 'Nudge',
    share: (department: string, status: string) => `${department}: ${status.toLowerCase()}`,
    part: (department, part) => `${department} (${part})`,
    plainWords:
      'You may also reply to this message, for example: resolved, growers were put in touch with buyers.',
    withdrawn: 'This item was withdrawn; nothing needs to be done.',
    returned: 'This item went back to the task force.',
    redo: (by, reason) => `Sent back by ${by}: ${reason}`,
    interim: (date) => `Interim feedback accepted; please report the final result by ${date}.`,
    suspended: (date) => `Suspended; to be looked at again on ${date}.`,
  },

  form: {
    outcome: 'Outcome',
    measures: 'Measures',
    measuresHint: 'What was done and what came of it; for deferred or reference, the reason',
    promisedDate: 'Expected completion (required when in progress)',
    handler: 'Handler (optional)',
    mayPublish: 'May it be made public?',
    yes: 'Yes',
    no: 'No',
    submit: 'Submit feedback',
    title: (code, title) => `[Feedback] #${code} ${title}`,
  },

  feedback: {
    submittedTitle: (code, title) => `[Feedback given] #${code} ${title}`,
    acceptedTitle: (code, title) => `[Accepted] #${code} ${title}`,
    fields: {
      outcome: 'Outcome',
      measures: 'Measures',
      reason: 'Reason',
      promisedDate: 'Expected',
      handler: 'Handler',
      mayPublish: 'Public',
      evidence: 'Evidence',
      by: 'By',
      at: 'At',
    },
    evidence: (n) => count(n, 'file'),
    awaiting: 'Waiting for the task force’s review.',
    accepted: (by, moment) => `Accepted by ${by}, ${moment}.`,
    understood: (code, outcome) => `Recorded for #${code}: ${outcome.toLowerCase()}. Waiting for review.`,
    correct: (code) => `Not right? Before the review, reply “#${code} what was done” again.`,
    replaced: 'It replaces the earlier feedback that was not reviewed yet.',
  },

  review: {
    title: (code, title) => `[To review] #${code} ${title}`,
    acceptedTitle: (code, title) => `[Accepted] #${code} ${title}`,
    redoTitle: (code, title) => `[Sent back] #${code} ${title}`,
    supersededTitle: (code, title) => `[Feedback updated] #${code} ${title}`,
    accept: 'Accept',
    redo: 'Send back',
    redoReason: 'Reason for sending back',
    redoHint: 'What is missing or to be done again',
    acceptedBy: (by, moment) => `Accepted by ${by}, ${moment}.`,
    redoBy: (by, moment, reason) => `Sent back by ${by}, ${moment}: ${reason}`,
    late: 'This feedback came after it was due.',
    toDepartmentAccepted: (code, outcome) =>
      `#${code}: feedback accepted, ${outcome.toLowerCase()}. Thank you.`,
    toDepartmentInterim: (code, date) =>
      `#${code}: interim feedback accepted; please report the final result by ${date}.`,
    toDepartmentRedo: (code, reason, due) =>
      `#${code}: feedback sent back: ${stopped(reason, '.')} Please answer again by ${due}.`,
  },

  evidence: {
    again: (code, n) =>
      `This evidence for #${code} was received before and counts once; ${count(n, 'file')} now.`,
    lost: (code, name) =>
      `The evidence ${name === '' ? '' : `“${name}” `}for #${code} could not be kept; please send it again.`,
    kept: (code, n) => `Evidence for #${code} received; ${count(n, 'file')} now.`,
  },

  acknowledge: {
    done: (codes) => `Acknowledged ${codes}.`,
    already: (code, by, moment) => `#${code} was acknowledged by ${by}, ${moment}.`,
    nothing: 'Nothing waits for acknowledgement.',
  },

  nudge: {
    title: {
      urgent: (n) => `[Nudge] ${count(n, 'item')} need${n === 1 ? 's' : ''} attention`,
      overdue: (n) => `[Escalation] ${count(n, 'item')} overdue`,
      answered: (n) => `[Nudge] ${count(n, 'item')}, all answered`,
    },
    stages: {
      unacknowledged: 'not acknowledged yet: please acknowledge',
      'unacknowledged-again': 'still not acknowledged: please acknowledge at once',
      'day-before': 'due on the next working day',
      'due-today': 'due today: please give feedback in time',
      'due-soon': 'due soon: please give feedback',
      overdue: 'now due, no feedback yet',
      'overdue-notice': 'overdue: please give feedback today and say why it is late',
      'overdue-digest': 'still overdue: the leader is asked to see to it',
      'promised-date': 'promised for today: please report the final result',
      'review-date': 'suspended until today: please report progress',
      'half-time': 'half of the time has passed',
      'three-quarters': 'three quarters of the time have passed: please give feedback',
      'time-up': 'the time is up: please give feedback now',
      manual: 'the task force asks you to move it forward',
    },
    copyTitle: (n) => `[Copy of overdue notice] ${count(n, 'item')} overdue`,
    sent: (codes) => `Nudged ${codes}.`,
    tooSoon: (code, moment) => `#${code} was nudged ${moment}; at most once an hour.`,
    nothing: 'There is nothing to nudge.',
    noGroup: (departments) => `No group is bound for ${departments}: a nudge can’t reach anyone.`,
    leftOut: {
      tooSoon: (codes) => `${codes}: nudged within the hour, so not again.`,
      noGroup: (codes, department) => `${codes}: not nudged, for no group is bound for ${department}.`,
      notOpen: (codes) => `${codes}: nothing to nudge about now.`,
      returned: (codes) =>
        `${codes}: the lead department returned it and it is to be dispatched again, so only the co-departments were nudged.`,
    },
  },

  dispatch: {
    done: (codes, department, due) => `Dispatched ${codes} to ${department}, due ${due}.`,
    doneEach: (department, parts) => `Dispatched to ${department}: ${parts.join('; ')}.`,
    part: (codes, due) => `${codes} due ${due}`,
    withCo: (lead: string, co: string) => `${lead} (lead), ${co} (co)`,
    coAdded: (codes: string, departments: string, due: string) =>
      `${codes}: co-departments added: ${departments}, due ${due}.`,
    noChat: (department) =>
      `Note: ${department} has no group yet; it is delivered once there is one. Send /bind ${department} in its group.`,
  },

  status: {
    title: 'Status',
    departmentTitle: (department) => `Status of ${department}`,
    asOf: (moment) => `As of ${moment}`,
    totals: {
      collected: 'Collected',
      waiting: 'Not dispatched',
      merged: 'Merged',
      declined: 'Declined',
      dispatched: 'Dispatched',
      unacknowledged: 'Unacknowledged',
      working: 'In hand',
      review: 'Under review',
      suspended: 'Suspended',
      in_progress: 'In progress',
      resolved: 'Resolved',
      mostly_resolved: 'Mostly resolved',
      deferred: 'Deferred',
      reference: 'For reference',
      overdue: 'Overdue',
      rate_3wd: 'Resolved in 3 working days',
      rate_7d: 'Resolved in 7 days',
    },
    rate: (n, m, percent) => `${n}/${m} (${percent})`,
    noRate: 'no period over yet',
    rateNote: 'Rates are of items whose period is over; returned, merged and not yet due items are left out.',
    departments: 'Departments (most overdue first)',
    columns: {
      department: 'Department',
      open: 'Open',
      overdue: 'Late',
      solved: 'Resolved',
      rate: 'In 3 wd',
    },
    chart: 'Open and overdue by department',
    open: 'Open, in time',
    empty: 'There are no items yet. Progress shows here once some are imported.',
    history: 'History',
    to: (department) => `to ${department}`,
    notDispatched: 'Not dispatched yet.',
    fields: { status: 'Status' },
  },

  events: {
    collected: 'collected',
    dispatched: 'dispatched',
    acknowledged: 'acknowledged',
    feedback: 'feedback',
    evidence: 'evidence',
    accepted: 'accepted',
    redo: 'sent back',
    merged: 'merged',
    declined: 'declined',
    returned: 'returned',
    'extension-asked': 'extension asked for',
    extended: 'extended',
    'extension-refused': 'extension refused',
    'suspension-asked': 'suspension asked for',
    suspended: 'suspended',
    'suspension-moved': 'review date moved',
    'suspension-refused': 'suspension refused',
    resumed: 'resumed',
    withdrawn: 'withdrawn',
    'called-back': 'callback',
    published: 'published',
    uptake: 'uptake',
    reopened: 'reopened',
    undone: 'undone',
    unbound: 'group unbound',
    left: 'left',
    'stand-in': 'stand-in',
    'details-shown': 'contact details shown',
    exported: 'exported',
    erased: 'personal data erased',
    forwarded: 'request passed on',
    done: 'done',
    closed: 'closed',
    nudged: 'nudged',
    undelivered: 'undelivered',
    'due-recomputed': 'due time corrected',
    bound: 'group bound',
    person: 'person',
    claimed: 'task force claimed',
    'claim-code': 'claim code made',
    directory: 'directory',
    calendar: 'calendar',
  },

  overdueList: {
    title: (n) => `Overdue: ${count(n, 'item')}`,
    none: 'Nothing is overdue.',
    entry: (department, by, contact) => `${department} · late by ${by} · contact: ${contact}`,
  },

  mine: {
    title: (department, n) => `${department}: ${count(n, 'open item')}`,
    none: (department) => `${department} has nothing open.`,
  },

  itemList: {
    title: (n) => `Task list: ${count(n, 'item')}`,
    none: 'No items match.',
    entry: (department, status, due) => `${department} · ${status} · ${due}`,
    undispatched: (source, urgency, status) => `${source} · ${urgency} · ${status}`,
    more: (n) => `${n} more not shown.`,
    narrow: ' Add a department or a status to narrow it down.',
  },

  paging: {
    page: (page, of) => `Page ${page} of ${of}.`,
    next: (command) => `Next page: ${command}`,
    all: (command) => ` Send “${command}” to see them by the page.`,
  },

  close: { done: (codes) => `Closed ${codes}.` },

  bind: {
    done: (department) => `This group is now ${department}’s. Its assignments will come here.`,
    already: (department) => `This group already is ${department}’s.`,
    greeting:
      'Hello, I am the Duban bot: I bring assignments here and collect the feedback. A task force lead may send “/bind department” in this group to connect it.',
  },

  person: {
    done: (name, department, role) => `Recorded: ${name}, ${role} of ${department}.`,
    known: {
      elsewhere: (name) => `This is the ${name} who is registered already: both accounts work.`,
      formerly: (name) =>
        `This is the ${name} who is registered already: this account takes the place of the former one.`,
    },
  },

  claim: {
    done: (name) => `${name}, you now lead the task force. Send /help for the commands.`,
    taskForce: 'Task force',
  },

  undelivered: {
    title: '[Undelivered] A message could not be delivered',
    entry: (department, codes, reason) => `${department} · ${codes} · ${reason}`,
    reasons: {
      'bot-not-in-chat': 'the bot is not in the group: please add it again',
      'chat-dissolved': 'the group was dissolved: please make a new one and bind it',
      'person-out-of-scope': 'the person is outside the app’s range: please ask the administrator',
      'message-recalled': 'the original message was recalled',
      'message-too-old': 'the original message is over 14 days old and can no longer be updated',
      'content-too-long': 'longer than the platform allows',
      'content-invalid': 'the platform does not accept its content',
      'not-permitted':
        'the bot may not speak in this group: once it may, write “/bind department” there to have it again',
      'file-gone': 'the file is too old',
      'outcome-unknown':
        'the connection broke while it was sent; whether it arrived is not known, and it is not sent twice: please look in the group',
      'wrong-login':
        'the bot is logged in as somebody else now: the administrator runs duban claim-code, a lead sends “/claim code” there, then “/bind department” in that group',
      'no-group': 'the department has no group yet',
      other: 'the platform refused it',
    },
    stuck: 'many attempts have failed; still trying',
    mayBeMissing: (codes, toReview) =>
      `${codes.map((code) => `#${code}`).join(', ')}${codes.length > 0 ? ': ' : ''}a message ${toReview ? 'to review ' : ''}may not have arrived here. Send “/status${codes.length === 1 ? ` #${codes[0]}` : ''}” to see.`,
    inPrivate: {
      outOfReach:
        'The private message could not be delivered. Please add the bot as a friend and ask again; if that does not help, ask the administrator.',
      unknown: 'Whether the private message arrived is not known. If it did not, please ask again.',
      refused: (reason) => `The private message could not be delivered: ${reason}.`,
    },
    lostGroup: (department, chat, reason) =>
      `${department}${chat === '' ? '' : ` (group ${chat})`} can’t be reached: ${reason}.`,
  },

  help: {
    title: 'Duban: help',
    groups: {
      look: 'Look up',
      dispatch: 'Triage and dispatch',
      handle: 'Work on an item',
      review: 'Review and nudge',
      after: 'Once it is done',
      people: 'Groups and people',
      rest: 'Other',
    },
    more: 'Send “/help command” for how to write one, for example: /help dispatch.',
    plain:
      'Contacts may simply reply to an assignment: received · resolved, we … · in progress, done by next Wednesday.',
    hint: 'Send /help for the commands.',
    usage: (usage) => `Usage: ${usage}`,
    also: (name) => `Also written ${name}`,
  },

  commands: {
    help: { name: 'help', usage: '/help [command]', does: 'what you can do' },
    status: {
      name: 'status',
      usage: '/status [department | #item]',
      does: 'totals, one department, or one item with its history',
    },
    list: { name: 'list', usage: '/list [department] [status] [page]', does: 'the task list' },
    overdue: {
      name: 'overdue',
      usage: '/overdue [page]',
      does: 'what is late, by how long, and who answers',
    },
    mine: { name: 'mine', usage: '/mine [page]', does: 'your department’s open assignments by due time' },
    dispatch: {
      name: 'dispatch',
      usage: '/dispatch #item… lead [co…] [3wd|5wd|2h|date] [normal|urgent|critical] [any]',
      does: 'several items become one task list; co-departments can be added later',
    },
    ack: { name: 'ack', usage: '/ack [#item…]', does: 'acknowledge; without a number, all that wait' },
    feedback: { name: 'feedback', usage: '/feedback #item what was done', does: 'give feedback' },
    review: {
      name: 'review',
      usage: '/review #item accept | redo reason',
      does: 'accept feedback, or send it back',
    },
    nudge: {
      name: 'nudge',
      usage: '/nudge #item… | department | overdue',
      does: 'remind a department; once an hour for an item',
    },
    close: { name: 'close', usage: '/close #item…', does: 'close items that are done' },
    bind: { name: 'bind', usage: '/bind department', does: 'make this group the department’s' },
    person: {
      name: 'person',
      usage: '/person @someone contact|backup|leader|observer|lead|leave [department]',
      does: 'record a person, or that they left',
    },
    triage: {
      name: 'triage',
      usage: '/triage',
      does: 'walk through what waits: dispatch, merge, decline or skip',
    },
    merge: { name: 'merge', usage: '/merge #duplicate… #kept', does: 'merge duplicates into another item' },
    decline: { name: 'decline', usage: '/decline #item reason', does: 'decline an item' },
    return: {
      name: 'return',
      usage: '/return #item reason [department]',
      does: 'not ours: back to the task force, within 1 working day',
    },
    extend: {
      name: 'extend',
      usage: '/extend #item reason | approve [5wd|date] | reject reason',
      does: 'ask for more time before it is due; a lead decides',
    },
    suspend: {
      name: 'suspend',
      usage: '/suspend #item review-date reason | resume | reject reason',
      does: 'ask for a pause; a lead suspends, resumes or refuses',
    },
    callback: {
      name: 'callback',
      usage: '/callback #item satisfied|unsatisfied [note]',
      does: 'record a callback; unsatisfied reopens',
    },
    publish: { name: 'publish', usage: '/publish #item url [text]', does: 'record the public answer' },
    uptake: { name: 'uptake', usage: '/uptake #item agenda|policy note', does: 'record an uptake' },
    reopen: { name: 'reopen', usage: '/reopen #item reason', does: 'a new round of what is done or closed' },
    undo: { name: 'undo', usage: '/undo', does: 'take back what you did last, within 10 minutes' },
    report: {
      name: 'report',
      usage: '/report [day|week|month|yesterday|last week|last month]',
      does: 'the report of a day, week or month',
    },
    export: { name: 'export', usage: '/export', does: 'all items as a table, sent to you in private' },
    unbind: { name: 'unbind', usage: '/unbind [confirm]', does: 'this group is no longer the department’s' },
    standin: {
      name: 'standin',
      usage: '/standin @stand-in [for @absent] until | /standin end [@someone]',
      does: 'someone answers in your place for a while; leads arrange it for others',
    },
    contact: {
      name: 'contact',
      usage: '/contact #item',
      does: 'the citizen’s details, in private; it is recorded',
    },
    claim: { name: 'claim', usage: '/claim code', does: 'become a task force lead by a claim code' },
  },

  words: {
    accept: ['accept', 'approve', 'ok'],
    redo: ['redo', 'reject'],
    overdue: ['overdue', 'late'],
    closing: { all: ['all'], any: ['any'] },
  },

  toasts: {
    acknowledged: 'Acknowledged',
    submitted: 'Feedback submitted for review',
    accepted: 'Accepted',
    redone: 'Sent back',
    formOpened: 'The feedback form is in this message’s thread',
    nudged: 'Nudged',
  },

  errors: {
    apology:
      'Sorry, something went wrong and nothing was changed. It has been logged; please try again later or ask the administrator.',
    unsaved: 'Nothing can be saved at the moment, so nothing was changed. Please try again later.',
    unsavedWords:
      'Nothing can be saved at the moment, so your message waits. It will be dealt with by itself; if there is no answer in half an hour, please send it again.',
    unknownPerson: (leads) => `You are not registered yet. Please ask ${leads} of the task force.`,
    unknownPersonNoLead: 'You are not registered yet. Please ask the administrator.',
    changedMeanwhile: 'The item has just changed and nothing was done; please look at it again.',
    notAllowed: 'You may not do this.',
    notYours: (code) => `#${code} is not your department’s.`,
    onlyTotals: 'You may see the totals, not a single item or department.',
    noDepartment: 'You are not a contact of any department. Please ask the task force.',
    noSuchItem: (code) => `There is no item #${code}.`,
    noSuchDepartment: (name, near) =>
      near === null
        ? `There is no department “${name}”.`
        : `There is no department “${name}”. Did you mean “${near}”?`,
    ambiguousDepartment: (name, candidates) =>
      `“${name}” could be ${candidates}. Please write the full name.`,
    notDispatched: (code) => `#${code} is not dispatched yet.`,
    alreadyDispatched: (code, department) => `#${code} is already dispatched to ${department}.`,
    severalToReview: (code: number, departments: string) =>
      `Feedback of several departments on #${code} waits for review: ${departments}. Please reply to the review that you mean.`,
    leadIsCo: (department: string) => `${department} leads already and can't be a co-department too.`,
    alreadyReturned: (code: number, department: string) =>
      `${department} has returned #${code} in this round, or it was withdrawn: it can't be a co-department again.`,
    cannotDispatch: (code, status) => `#${code} is ${status} and can’t be dispatched.`,
    alreadySubmitted: (code, by, moment) => `${by} gave feedback on #${code}, ${moment}; it is under review.`,
    alreadyReviewed: (code, by, moment, result) => `${by} reviewed #${code}, ${moment}: ${result}.`,
    nothingToReview: (code) => `#${code} has no feedback to review.`,
    feedbackChanged: (code) =>
      `The feedback on #${code} was updated; please use the newest message to review.`,
    finished: (code, status) => `#${code} is ${status}; nothing more can be done with it.`,
    cannotClose: (code, status) => `#${code} is ${status}; only an item that is done can be closed.`,
    usage: (wrong, usage) => `${wrong} Usage: ${usage}`,
    noSuchPage: (page, pages) =>
      `There is no page ${page}; there ${pages === 1 ? 'is' : 'are'} ${count(pages, 'page')}.`,
    needCode: 'Please name the item’s number.',
    needDepartment: 'Please name the department.',
    needText: 'Please write what was done.',
    needReason: 'Please give a reason.',
    needDecision: 'Please write “accept” or “redo” with a reason.',
    needTarget: 'Please name an item, a department or “overdue”.',
    badPolicy: (text) =>
      `“${text}” is not a time limit: write 3wd, 5wd, 2h or a date (30 Nov, 2026-11-30 12:00).`,
    policyPassed: (moment) => `${moment} is already past; please name another time.`,
    surplus: (text) => `“${text}” was not understood.`,
    unknownCommand: (text, near) =>
      near === null
        ? `There is no command “${text}”. Send /help for a list.`
        : `There is no command “${text}”. Did you mean “${near}”?`,
    onlyInGroup: 'Please use this command in the group that you want to bind.',
    unknownDepartmentOfGroup: 'This group is not bound to a department yet; please name the department.',
    boundElsewhere: (department) =>
      `This group is ${department}’s. To change that, please send /unbind first.`,
    aliasTaken: (alias, owner, wanted) => `“${alias}” is ${owner}’s and can’t be ${wanted}’s too.`,
    badClaim: 'That code is not right.',
    tooManyClaims:
      'That was the last try today. Please try again tomorrow, and ask the administrator for the code.',
    oldClaim: 'That code has expired. Please ask the administrator for a new one.',
    claimed:
      'The task force already has a lead. Please ask them to register you; if they can’t, ask the administrator for a claim code.',
    needMention: 'Please @mention the person.',
    badCall: 'That could not be understood and nothing was changed. Please use the latest message.',
    cardTooNew: 'This message has only just gone out: please press again in a moment.',
    tooMany: (max) => `At most ${max} at a time.`,
    badValue: (field) => `“${field}” is not valid; please check it and submit again.`,
    missing: (field) => `Please fill in “${field}”.`,
    tooLong: (field, max) => `“${field}” may not be longer than ${max} characters.`,
    tooMuch: (max) => `That is too long: a command has at most ${max} characters.`,
    promiseNeeded:
      'Work in progress needs an expected completion date, for example “done by next Wednesday”.',
    promisePassed: 'The expected completion date is past; please name today or a later day.',
    promiseTooFar: 'The expected completion date is too far ahead; please check it.',
  },

  ask: {
    which(items) {
      const named = items.slice(0, 5).map(({ code, title }) => `#${code} ${title}`)
      const more = items.length - named.length
      const all = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
      return `Which item do you mean? Open: ${all}. Please reply “#number + what was done”.`
    },
    reviewOrRequest: (code) =>
      `#${code} has both feedback to review and a request to decide; nothing was done. Please quote the message that you mean, or send “/review #${code} accept” or “/extend #${code} approve”.`,
    whichQuoted:
      'I can’t tell which message you quoted, so nothing was done. Please quote the whole message, or name the item.',
    whichOfThese: (codes) =>
      `You named ${codes}. Please report one at a time, for example “#number resolved, we …”.`,
    outcome: (code) =>
      `The outcome of #${code} is not clear, so nothing was recorded. Please say: resolved, mostly resolved, in progress (with a date), deferred or reference (with a reason).`,
    tooLong: (code) =>
      `#${code}: too long, nothing was recorded. Please keep it under 1,000 characters, or send a file as evidence.`,
    evidence: 'Please send the evidence again in reply to the message of the item that it is for.',
    question: (code) => `Nothing was recorded for #${code}. If it was feedback, please state the outcome.`,
    negated: (code) =>
      `#${code} seems not to be resolved yet; nothing was recorded. If it is in progress, say so with an expected date.`,
    promise: (code) =>
      `#${code} is in progress: by when? For example “#${code} in progress, done by next Wednesday”.`,
    reason: (code, outcome) => `#${code} ${outcome.toLowerCase()}: please give the reason.`,
  },

  files: filesEn,
  intake: intakeEn,
  triage: triageEn,
  requests: requestsEn,
  closing: closingEn,
  directory: directoryEn,
  elsewhere: elsewhereEn,
  connection: connectionEn,
  reports: reportsEn,
  operator: operatorEn,
}
