import type { Message } from './message.ts'
import type { Voice } from './voice.ts'

export interface HelpLine {
  usage: string
  does: string
}

export function helpMessage(lines: HelpLine[], voice: Voice): Message {
  const { t } = voice
  return {
    title: t.help.title,
    tone: 'info',
    blocks: [
      { kind: 'text', text: t.help.intro },
      { kind: 'entries', entries: lines.map(({ usage, does }) => ({ text: usage, note: does })) },
      { kind: 'note', text: t.help.plain },
    ],
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
