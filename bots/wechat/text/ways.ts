import type { Action, Form } from '../../../src/messages/message.ts'
import type { Wording } from '../../../src/messages/wording.ts'
import type { Blank } from '../words.ts'
import { clip, oneLine } from './clean.ts'

/** How the same is done in words as by a button or a form. */
export type Way = Answer | Decision | Sent

/** A choice of the item’s menu; of no item where all on the message are meant. */
interface Answer {
  by: 'answer'
  code: number | null
  acknowledges: boolean
}

/** One of the two choices below a decision. */
export interface Decision {
  by: 'decision'
  code: number
  command: Name
  decides: 'for' | 'against'
  /** What pressing the button would say; null for a form, in which a date is filled in. */
  label: string | null
}

/** A chat command. */
export interface Sent {
  by: 'command'
  command: Name
  words: Word[]
  label: string
}

/** What stands behind a command; where buttons of one command differ in it, it is left blank. */
export interface Word {
  text: string | null
  blank: Blank
}

export type Name = keyof Wording['commands']

interface Asked {
  args: Action['args']
  label: string
  /** The names of the fields that must be filled in; null for a button. */
  fields: string[] | null
  t: Wording
}

const longestWord = 50

/** By the command that the button or the form runs; null where words can do nothing like it. */
const ways: Record<string, (asked: Asked) => Way | null> = {
  ack: ({ args }) => ({ by: 'answer', code: args.all ? null : codeIn(args.items), acknowledges: true }),
  feedback: answer,
  form: answer,
  review: (asked) => decision('review', asked),
  extend: (asked) =>
    asked.args.decision === 'ask'
      ? sent('extend', asked, [itemOf(asked), blank('reason')])
      : decision('extend', asked),
  suspend: (asked) => {
    const { args, t } = asked
    if (args.decision !== 'resume') return decision('suspend', asked)
    const department = word(args.department, 'department')
    return sent('suspend', asked, [itemOf(asked), fixed(t.requests.words.resume), department])
  },
  return: (asked) => sent('return', asked, [itemOf(asked), blank('reason'), blank('maybeDepartment')]),
  contact: (asked) => sent('contact', asked, [itemOf(asked)]),
  nudge: (asked) => sent('nudge', asked, [itemOf(asked)]),
  close: (asked) => sent('close', asked, [itemOf(asked)]),
  dispatch: (asked) => {
    const { args, fields } = asked
    const co = args.co !== undefined || fields?.includes('co') ? [word(args.co, 'co')] : []
    return sent('dispatch', asked, [itemOf(asked), word(args.department, 'department'), ...co])
  },
  callback: (asked) => {
    const { words } = asked.t.closing
    const either = [words.satisfied, words.unsatisfied].map(([first]) => first ?? '').join('|')
    return sent('callback', asked, [itemOf(asked), { text: either, blank: 'either' }, blank('maybeNote')])
  },
  publish: (asked) => {
    const confirmed = asked.args.confirmed ? [fixed(asked.t.closing.words.confirm)] : []
    return sent('publish', asked, [itemOf(asked), blank('address'), ...confirmed])
  },
  unbind: (asked) => sent('unbind', asked, [fixed(asked.t.directory.words.confirm)]),
  triage: (asked) => {
    switch (asked.args.decision) {
      case 'dispatch':
        return sent('dispatch', asked, [itemOf(asked), blank('department')])
      case 'merge':
        return sent('merge', asked, [itemOf(asked), item(codeIn(asked.args.into))])
      case 'decline':
        return sent('decline', asked, [itemOf(asked), blank('reason')])
      // The next one would be opened by its number, which the message does not tell.
      case 'skip':
        return null
      case 'again':
        return sent('triage', asked, [])
      default:
        return sent('triage', asked, asked.args.item === undefined ? [] : [itemOf(asked)])
    }
  },
}

/** The commands that a button or a form may run here. */
export const commandsWithWay: ReadonlySet<string> = new Set(Object.keys(ways))

/** Null where words can't do it, or a message of a newer core runs what is not known here. */
export function wayOf(action: Action, form: Form | null, t: Wording): Way | null {
  const fields = form?.fields.filter(({ required }) => required).map(({ name }) => name)
  return (
    ways[action.command]?.({ args: action.args, label: oneLine(action.label), fields: fields ?? null, t }) ??
    null
  )
}

function answer({ args }: Asked): Answer {
  return { by: 'answer', code: codeIn(args.item), acknowledges: false }
}

function decision(command: Name, { args, label, fields }: Asked): Decision {
  const against = args.decision === 'refuse' || args.decision === 'redo'
  return {
    by: 'decision',
    code: codeIn(args.item) ?? 0,
    command,
    decides: against ? 'against' : 'for',
    label: fields === null && args.until !== undefined ? label : null,
  }
}

function sent(command: Name, { label }: Asked, words: Word[]): Sent {
  return { by: 'command', command, words, label }
}

function itemOf({ args }: Asked): Word {
  return item(codeIn(args.item ?? args.items))
}

function item(code: number | null): Word {
  return { text: code === null ? null : `#${code}`, blank: 'item' }
}

function word(value: unknown, left: Blank): Word {
  return { text: typeof value === 'string' ? clip(oneLine(value), longestWord) : null, blank: left }
}

function fixed([first]: readonly string[]): Word {
  return { text: first ?? null, blank: 'either' }
}

function blank(left: Blank): Word {
  return { text: null, blank: left }
}

/** The one item; null where there are several, or none. */
function codeIn(value: unknown): number | null {
  return /^[1-9]\d*$/.test(String(value)) ? Number(value) : null
}
