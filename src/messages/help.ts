import type { Block, Message } from './message.ts'
import type { Voice } from './voice.ts'
import type { Wording } from './wording.ts'

type Name = keyof Wording['commands']
type Group = keyof Wording['help']['groups']

export interface HelpLine {
  usage: string
  does: string
}

/** What a command is for, in the order in which an item goes through them. */
const groupOf = {
  status: 'look',
  list: 'look',
  overdue: 'look',
  mine: 'look',
  report: 'look',
  export: 'look',
  triage: 'dispatch',
  dispatch: 'dispatch',
  merge: 'dispatch',
  decline: 'dispatch',
  ack: 'handle',
  feedback: 'handle',
  return: 'handle',
  extend: 'handle',
  suspend: 'handle',
  contact: 'handle',
  review: 'review',
  nudge: 'review',
  callback: 'after',
  publish: 'after',
  uptake: 'after',
  close: 'after',
  reopen: 'after',
  bind: 'people',
  unbind: 'people',
  person: 'people',
  standin: 'people',
  claim: 'people',
  undo: 'rest',
  help: 'rest',
} satisfies Record<Name, Group>

const groups = ['look', 'dispatch', 'handle', 'review', 'after', 'people', 'rest'] as const satisfies Group[]

/** Of so many commands the arguments still fit on a phone's screen; of more there are the names alone. */
const mostInFull = 14

/** @param names of the commands that the asker may use */
export function helpMessage(names: readonly Name[], voice: Voice): Message {
  const { t } = voice
  const isBrief = names.length > mostInFull
  const blocks = groups.flatMap((group): Block[] => {
    const own = names.filter((name) => groupOf[name] === group)
    if (own.length === 0) return []
    const lines = own.map((name) => t.commands[name])
    return [
      { kind: 'text', text: t.help.groups[group], strong: true },
      {
        kind: 'entries',
        entries: isBrief
          ? lines.map(({ name, does }) => ({ text: t.beside(`/${name}`, does) }))
          : lines.map(({ usage, does }) => ({ text: usage, note: does })),
      },
    ]
  })
  return {
    title: t.help.title,
    tone: 'info',
    blocks: [...blocks, { kind: 'note', text: isBrief ? t.help.more : t.help.plain }],
  }
}

export function commandHelpMessage({ usage, does }: HelpLine, otherName: string, { t }: Voice): Message {
  return {
    title: does,
    tone: 'info',
    blocks: [
      { kind: 'text', text: t.help.usage(usage) },
      { kind: 'note', text: t.help.also(otherName) },
    ],
  }
}
