import type { elsewhereZhCN } from './zh-cn-elsewhere.ts'

export const elsewhereEn: typeof elsewhereZhCN = {
  acknowledged: (by, codes) => `${by} has acknowledged ${codes}.`,
  feedback: (by, code, outcome) =>
    `${by} has reported on #${code}: ${outcome}. It is under review; please don’t report again.`,
  returned: (by, code) => `${by} has returned #${code} to the task force.`,
  extensionAsked: (by, code) =>
    `${by} has asked for more time for #${code}; until it is granted the due time stands.`,
  suspensionAsked: (by, code) =>
    `${by} has asked to suspend #${code}; until it is granted the clock goes on.`,
  withdrawn: (codes) => `${codes}: withdrawn, nothing left to do.`,
  dueMoved: (code, due) => `#${code} is now due ${due}.`,

  of: (code, department) => `#${code} (${department})`,
  accepted: (by, of) => `${by} has accepted ${of}.`,
  redo: (by, of) => `${by} has sent ${of} back to be redone.`,
  extended: (by, of) => `${by} has granted ${of} more time.`,
  extensionRefused: (by, of) => `${by} has refused ${of} more time.`,
  suspended: (by, of) => `${by} has suspended ${of}.`,
  suspensionRefused: (by, of) => `${by} has refused to suspend ${of}.`,
  resumed: (by, of) => `${by} has resumed ${of}.`,
  dispatched: (by, codes, departments) => `${by} has dispatched ${codes} to ${departments}.`,
  merged: (by, codes, into) => `${by} has merged ${codes} into #${into}.`,
  declined: (by, code) => `${by} has declined #${code}.`,
  calledBack: (by, code, satisfied) =>
    `${by} has called back on #${code}: ${satisfied ? 'satisfied' : 'not satisfied, reopened'}.`,
  published: (by, code) => `${by} has published #${code}.`,
  closed: (by, codes) => `${by} has closed ${codes}.`,
  reopened: (by, code) => `${by} has reopened #${code}.`,

  sentences: (all) => all.join(' '),
  undone: (by, codes, what) => `${by} has undone “${what}” for ${codes}.`,
  nowIs: (code, status) => `#${code} is now: ${status}.`,
}
