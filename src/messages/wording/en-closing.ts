import { stopped } from './stopped.ts'
import type { closingZhCN } from './zh-cn-closing.ts'

/** Callback, publication, uptake, closing, reopening and undo. */
export const closingEn: typeof closingZhCN = {
  doneCard: {
    title: (code, title) => `[Done] #${code} ${title}`,
    closedTitle: (code, title) => `[Closed] #${code} ${title}`,
    reopenedTitle: (code, title) => `[Reopened] #${code} ${title}`,
    undoneTitle: (code, title) => `[No longer done] #${code} ${title}`,
    took: 'Took',
    inTime: (duration) => `${duration} (in time)`,
    late: (duration) => `${duration} (late)`,
    left: 'What is left to do',
    again: (code) => `To record another publication send “/publish #${code} url”.`,
    uptake: (code) =>
      `If it reached a leaders’ agenda or became a policy, send “/uptake #${code} agenda|policy note”.`,
    undone: 'This was undone; the item is in hand again.',
  },

  fields: { callback: 'Callback', publication: 'Published', uptake: 'Uptake', closed: 'Closed' },
  notYet: {
    callback: 'not yet',
    publication: 'not yet',
    unfit: 'not yet (the department advises against it)',
    closed: 'not yet',
  },
  afterwards: 'Callback, publication, uptake',
  satisfied: 'satisfied',
  unsatisfied: 'unsatisfied',
  uptakes: { agenda: 'on a leaders’ agenda', policy: 'became a policy' },
  record: (what, by, moment) => `${what} (${by}, ${moment})`,

  form: {
    satisfied: 'Callback',
    note: 'Note (if unsatisfied, please say why)',
    callback: 'Record callback',
    url: 'Web address',
    text: 'Published text (optional)',
    publish: 'Record publication',
    close: 'Close',
    closeWithoutCallback: 'Nobody has called back yet. Close it all the same?',
    publishUnfit: 'The department advises against publishing. Publish it all the same?',
  },

  callback: {
    satisfied: (code) => `Callback recorded: #${code}, satisfied.`,
    reopened: (code, department, due) =>
      `Callback recorded: #${code}, unsatisfied. Reopened with ${department}, due ${due}.`,
    reason: 'Unsatisfied when called back.',
    already: (code, by, moment, result) => `${by} called back about #${code}, ${moment}: ${result}.`,
    notDone: (code, status) => `#${code} is ${status}; callbacks are for what is done.`,
    need: 'Please write “satisfied” or “unsatisfied”.',
  },

  publish: {
    done: (code) => `Publication of #${code} recorded.`,
    again: (code, count) => `Publication of #${code} recorded; ${count} in all.`,
    notDone: (code, status) => `#${code} is ${status}; only what is done can be published.`,
    unfit: (code) =>
      `The department advises against publishing #${code}; nothing was recorded. To publish it all the same, send this again with “confirm” at the end.`,
    need: 'Please name the web address.',
    badAddress: (text) => `“${text}” is no web address: it must begin with http:// or https://.`,
    already: (code, by, moment) => `${by} recorded this address for #${code}, ${moment}.`,
  },

  uptake: {
    done: (code, kind) => `Uptake of #${code} recorded: ${kind}.`,
    notFor: (code, status) => `#${code} is ${status}; it can have no uptake.`,
    already: (code, by, moment) => `${by} recorded this uptake of #${code}, ${moment}.`,
    needKind: 'Please write “agenda” or “policy”.',
    needNote: 'Please add a note, such as the meeting or the policy.',
  },

  close: {
    notCalledBack: (codes) => `Note: nobody has called back about ${codes} yet.`,
    already: (code, by, moment) => `${by} closed #${code}, ${moment}.`,
  },

  reopen: {
    done: (code, department, due) => `#${code} is reopened with ${department}, due ${due}.`,
    notDone: (code, status) => `#${code} is ${status}; only what is done or closed can be reopened.`,
    already: (code, by, moment) => `${by} reopened #${code}, ${moment}.`,
    by: (by, reason) => `Reopened by ${by}: ${stopped(reason, '.')}`,
  },

  undo: {
    done: (codes, what, moment) => `Undone: ${codes} ${what}, ${moment}.`,
    nothing: 'You have done nothing in the last 10 minutes that could be undone.',
    builtOn: (code, by, moment, what) =>
      `Can’t be undone: #${code} went on since, ${by}, ${moment}: ${what}.`,
    notThis: (what) => `The last thing you did (${what}) can’t be undone.`,
    byItself: 'Duban',
    told: (by, codes, what) =>
      `${by} has undone “${what}” for ${codes}; the newest message shows what stands now.`,
  },

  words: {
    satisfied: ['satisfied'],
    unsatisfied: ['unsatisfied', 'dissatisfied'],
    uptakes: { agenda: ['agenda'], policy: ['policy'] },
    confirm: ['confirm'],
  },
}
