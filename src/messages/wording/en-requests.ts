import { stopped } from './stopped.ts'
import type { requestsZhCN } from './zh-cn-requests.ts'

/** Return, extension and suspension. */
export const requestsEn: typeof requestsZhCN = {
  reason: 'Reason',
  askedBy: 'Asked by',
  askedAt: 'Asked at',
  refuse: 'Refuse',
  refuseReason: 'Reason for refusing',
  refused: (by, moment, reason) => `Refused by ${by}, ${moment}: ${stopped(reason, '.')}`,
  dropped: {
    replaced: 'a newer request took its place',
    answered: 'the department has given feedback',
    returned: 'the department has returned the item',
    withdrawn: 'the item was withdrawn',
    suspended: 'the item was suspended',
    undone: 'it was undone',
  },
  droppedBecause: (why) => `Nothing to decide: ${why}.`,
  alreadyDecided: (request, how) => `${request} no longer waits for a decision. ${how}`,
  severalPending: (code, departments) =>
    `Requests of several departments on #${code} wait for a decision: ${departments}. Please reply to the request that you mean.`,
  alreadyAsked: (code, by, moment) =>
    `${by} has asked already for #${code}, ${moment}; a decision is pending.`,
  formOpened: 'The form is in this message’s thread',
  noDateSuch: (text) => `There is no day “${text}”; please check the date.`,
  dateTooFar: 'The date may not be more than a year ahead; please check it.',

  returned: {
    button: 'Return',
    formTitle: (code, title) => `[Return] #${code} ${title}`,
    formNote: (moment) => `What is not your department’s can be returned until ${moment}.`,
    reasonHint: 'Why it is not your department’s',
    suggestedField: 'Whose it is (optional)',
    submit: 'Return it',
    title: (code, title) => `[Returned] #${code} ${title}`,
    cardTitle: (code, title) => `[Returned by department] #${code} ${title}`,
    redispatchedTitle: (code, title) => `[Dispatched anew] #${code} ${title}`,
    from: 'Returned by department',
    by: 'By',
    at: 'At',
    why: 'Reason',
    suggested: 'Suggested department',
    dispatchTo: (department) => `Dispatch to ${department}`,
    addTo: (department) => `Add ${department} instead`,
    dispatchBack: 'Same department again',
    confirmBack: (department) => `Dispatch it to ${department} again, with a new due time?`,
    another: 'Another department',
    anotherCo: 'Another co-department',
    dispatch: 'Dispatch',
    nowReady: 'The item is ready to dispatch again.',
    othersGoOn: 'The other departments go on; unless another is to join them, nothing needs to be done.',
    nowWith: (by, moment, department) => `Dispatched to ${department} by ${by}, ${moment}.`,
    operator: 'the operator',
    rate: 'Returned',
    rateOf: (department, rate) => `${department} ${rate}`,
    rates: (departments) => `Returned: ${departments}.`,
    undone: 'The return was undone; the department goes on.',
    itemIs: (status) => `The item is ${status}.`,
    hint: (code) => `To dispatch it, send “/dispatch #${code} department”.`,
    decides: ['dispatch', 'assign', 'send', 'give', 'agree', 'agreed', 'return', 'decline'],
    done: (code) => `#${code} was returned to the task force.`,
    correct: 'A mistake? Send /undo within 10 minutes, or ask the task force.',
    toast: 'Returned to the task force',
    withSuggestion: (reason, department) => `${reason} (suggested department: ${department})`,
    tooLate: (code, moment) =>
      `#${code} could be returned until ${moment} (1 working day after dispatch); nothing was changed. If it is not yours, please ask the task force.`,
    already: (code, by, moment) => `${by} returned #${code} to the task force, ${moment}.`,
  },

  extension: {
    button: 'Ask for more time',
    formTitle: (code, title) => `[More time] #${code} ${title}`,
    reasonHint: 'Why it can’t be done in time',
    untilField: 'Until (optional)',
    submit: 'Ask',
    titles: {
      pending: (code, title) => `[Extension requested] #${code} ${title}`,
      granted: (code, title) => `[Extended] #${code} ${title}`,
      refused: (code, title) => `[Extension refused] #${code} ${title}`,
      dropped: (code, title) => `[Extension request void] #${code} ${title}`,
    },
    of: (code) => `The extension request for #${code}`,
    until: 'Asked until',
    approve: (moment) => `Approve until ${moment}`,
    usual: '5 working days in total from dispatch; or name another date.',
    takesDate:
      'The usual 5 working days don’t apply (extended before, or not later than the due time): name a date to approve.',
    date: 'Until',
    approveDate: 'Approve with this date',
    grantedBy: (by, moment, until) => `Approved by ${by}, ${moment}: due ${until}.`,
    asked: (code) =>
      `Your request for more time on #${code} was passed to the task force. The due time stands until they decide.`,
    askedToast: 'Passed to the task force; the due time stands until they decide',
    correct: (code) =>
      `Not right? Before the decision, reply “#${code} we need an extension because …” again.`,
    waiting: (by, moment) =>
      `${by} asked for more time, ${moment}; the due time stands until the task force decides.`,
    granted: (code, until) => `#${code} is extended until ${until}.`,
    refusedDone: (code) => `The extension of #${code} was refused; the due time stands.`,
    toDepartmentGranted: (code, until) => `#${code}: extension approved, now due ${until}.`,
    toDepartmentRefused: (code, reason, due) =>
      `#${code}: extension refused: ${stopped(reason, '.')} Please give feedback by ${due}.`,
    afterDue: (code, moment) =>
      `#${code} was due ${moment}: more time can no longer be asked for. Please give feedback soon and say why it is late.`,
    notLater: (moment) => `The date must be later than the due time, ${moment}.`,
    needDate: (code, due) =>
      `#${code} was extended before, or 5 working days from dispatch are not later than the due time, ${due}: please name the date, for example “/extend #${code} approve 2026-12-10”.`,
    badUntil: (text) => `“${text}” was not understood: write 5wd or a date.`,
    none: (code) => `No extension request for #${code} waits for a decision.`,
    needDecision: 'Please write “approve”, or “reject” with a reason.',
  },

  suspension: {
    titles: {
      pending: (code, title) => `[Suspension requested] #${code} ${title}`,
      granted: (code, title) => `[Suspended] #${code} ${title}`,
      refused: (code, title) => `[Suspension refused] #${code} ${title}`,
      dropped: (code, title) => `[Suspension request void] #${code} ${title}`,
    },
    of: (code) => `The suspension request for #${code}`,
    until: 'Review date',
    approve: (date) => `Suspend until ${date}`,
    date: 'Another review date',
    approveDate: 'Suspend until this date',
    grantedBy: (by, moment, date) => `Suspended by ${by}, ${moment}, to be looked at again on ${date}.`,
    asked: (code) =>
      `Your request to suspend #${code} was passed to the task force. The clock runs until they decide.`,
    correct: (code) => `Not right? Before the decision, send “/suspend #${code} review-date reason” again.`,
    waiting: (by, moment) =>
      `${by} asked for a suspension, ${moment}; the clock runs until the task force decides.`,
    done: (code, date) => `#${code} is suspended, to be looked at again on ${date}.`,
    refusedDone: (code) => `The suspension of #${code} was refused; the clock runs on.`,
    moved: (code, date) => `#${code} stays suspended; it is now to be looked at again on ${date}.`,
    movedNote: (date) => `The review date was moved to ${date}.`,
    toDepartmentSuspended: (code, date) =>
      `#${code} is suspended: its clock stands still; to be looked at again on ${date}.`,
    toDepartmentRefused: (code, reason, due) =>
      `#${code}: suspension refused: ${stopped(reason, '.')} Please give feedback by ${due}.`,
    toDepartmentResumed: (code, due) => `#${code} goes on; it is due ${due}.`,
    paused: (date) => `suspended, to be looked at again on ${date}`,
    because: (by, moment, reason) => `Suspended by ${by}, ${moment}. Reason: ${reason}`,
    resume: 'Resume',
    confirmResume: (code) => `The clock of #${code} runs again from today?`,
    resumed: (code, due) => `#${code} goes on; it is due ${due}.`,
    over: 'It goes on again.',
    none: (code) => `No suspension request for #${code} waits for a decision.`,
    notSuspended: (code) => `#${code} is not suspended.`,
    alreadyResumed: (code, by, moment) => `${by} resumed #${code}, ${moment}.`,
    already: (code, by, moment, date) =>
      `${by} suspended #${code}, ${moment}; to be looked at again on ${date}.`,
    several: (code, departments) =>
      `#${code} is suspended with several departments: ${departments}. Please name one: “/suspend #${code} resume department”.`,
    noFeedback: (code, date) =>
      `#${code} is suspended until ${date} and takes no feedback. If work can go on, please ask the task force to resume it.`,
    needDate: 'Please name the review date, for example 2026-12-10.',
    datePassed: 'The review date must be later than today.',
  },

  words: {
    approve: ['approve', 'approved', 'grant', 'accept', 'ok'],
    refuse: ['reject', 'refuse'],
    resume: ['resume'],
  },
}
