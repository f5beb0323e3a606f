import type { directoryZhCN } from './zh-cn-directory.ts'

/** Groups, people, stand-ins, and the citizen’s details. */
export const directoryEn: typeof directoryZhCN = {
  open: (count, codes, more) => ` Open there: ${count} (${codes}${more ? '…' : ''}).`,
  cameBack: (department) => `${department}’s group can be reached again; what it missed was sent.`,

  unbind: {
    title: (department) => `Unbind this group from ${department}?`,
    means: (department) => `Assignments and nudges for ${department} will no longer come to this group.`,
    waits: 'What is open waits until another group is bound; its due times stay.',
    told: 'The task force will be told.',
    confirm: 'Unbind',
    orWrite: 'You may also send “/unbind confirm”.',
    done: (department) => `This group is no longer ${department}’s.`,
  },
  unbound: {
    told: (by, department, open) =>
      `${by} unbound the group of ${department}: nothing reaches it until another is bound.${open}`,
  },

  person: {
    left: (name, roles) => `${name} left: ${roles}. The records keep the name.`,
    roleOf: (department, roles) => `${roles} of ${department}`,
    noContact: (department, open) => `Note: ${department} has no contact now; please record one.${open}`,
    hasNoRole: (name, department) =>
      department === null ? `${name} has no role.` : `${name} has no role in ${department}.`,
    lastLead: (name) => `${name} is the only lead; please record another one first.`,
    leadElsewhere: (department, taskForces) =>
      `Leads belong to the task force (${taskForces}), not to ${department}.`,
    needRole: 'Please name the role (contact, backup, leader, observer, lead) or “leave”.',
    either: 'Please record roles and “leave” one after the other.',
  },

  standIn: {
    begins: (name, insteadOf, until) => `Until the end of ${until}, ${name} answers in ${insteadOf}’s place.`,
    ends: (name, insteadOf) => `${name} no longer answers in ${insteadOf}’s place; ${insteadOf} is back.`,
    needMention: 'Please @mention who stands in.',
    needInstead: 'With two people, write “/standin @stand-in for @absent until”.',
    needUntil: 'Please name the last day, for example “Friday” or “30 Nov”.',
    oneDate: 'Please name the last day only: it begins now.',
    badDate: (text) => `“${text}” is no date.`,
    passed: 'That day is past; please name today or a later one.',
    tooFar: (days) => `At most ${days} days; for longer, please use /person.`,
    oneself: 'Nobody can stand in for themselves.',
    onlyLead: 'Only a lead may arrange this for somebody else.',
    noPlace: (name) => `${name} has no role in which somebody could stand in (contact, backup or leader).`,
    isAway: (name, by) => `${by} stands in for ${name}; please choose somebody else.`,
    standsIn: (name, insteadOf) =>
      `${name} stands in for ${insteadOf} and can’t hand that on before it ends.`,
    nothing: (name) =>
      name === null
        ? 'You have nothing of the kind. A lead may end somebody else’s with “/standin end @someone”.'
        : `${name} has nothing of the kind.`,
  },

  contact: {
    title: (item) => `[Contact details] ${item}`,
    fields: { petitioner: 'Petitioner', phone: 'Phone', address: 'Address' },
    note: 'For this item only; please do not pass on. It is recorded that you saw this.',
    none: (code) => `There are no contact details on file for #${code}.`,
    button: 'Contact details',
    sent: 'Answered in a private message',
  },

  /** What the audit trail says beside an event’s name. */
  event: {
    into: (code) => `into #${code}`,
    from: (code) => `from #${code}`,
    suggested: (department) => `suggested: ${department}`,
    askedUntil: (date) => `until ${date}`,
    reviewOn: (date) => `review on ${date}`,
    standIn: (by, away, date) => `${by} for ${away}, until ${date}`,
    standInEnded: (by, away) => `${by} for ${away}, ended`,
    departments: (count) => `${count} department${count === 1 ? '' : 's'}`,
    people: (count) => `${count} ${count === 1 ? 'person' : 'people'}`,
    items: (count) => `${count} item${count === 1 ? '' : 's'}`,
    year: (year) => String(year),
  },

  audit: {
    done: (file, count) => `Exported ${count} records to ${file}.`,
    tooMany: (count, max) => `There are ${count} records; an .xlsx takes at most ${max}: please use csv.`,
    columns: {
      at: 'When',
      by: 'Who',
      what: 'What',
      item: 'Item',
      department: 'Department',
      detail: 'Detail',
    },
    itself: 'Duban',
  },

  errors: {
    notBound: 'This group is not bound to a department.',
    onlyInGroup: 'Please use this command in the group that you want to unbind.',
    boundOtherwise: (department) =>
      `This group is ${department}’s now; nothing was changed. Please send /unbind again.`,
  },

  words: {
    leave: ['leave', 'left'],
    confirm: ['confirm', 'yes'],
    end: ['end', 'stop'],
    instead: ['for'],
    until: ['until', 'till', 'to', 'by'],
    upTo: [],
  },
}
