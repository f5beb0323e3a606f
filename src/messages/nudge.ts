import type { Assignment } from '../domain/assignment.ts'
import type { NudgeStage } from '../domain/nudge-ladder.ts'
import { taskEntry } from './assignment.ts'
import type { Entry, Mention, Message } from './message.ts'
import type { Voice } from './voice.ts'

export interface NudgeLine {
  assignment: Assignment
  stage: NudgeStage | 'manual'
  late: boolean
}

/** All nudges for one group in one slot. */
export function nudgeMessage(lines: NudgeLine[], voice: Voice, mentions: Mention[]): Message {
  const { t } = voice
  const late = lines.filter((line) => line.late)
  return {
    title: late.length > 0 ? t.nudge.title.overdue(late.length) : t.nudge.title.urgent(lines.length),
    tone: late.length > 0 ? 'danger' : 'warning',
    mentions,
    blocks: [{ kind: 'entries', entries: lines.map((line) => nudgeEntry(line, voice)) }],
  }
}

/** The task force's copy of the overdue notices of one slot. */
export function nudgeCopy(lines: NudgeLine[], voice: Voice): Message {
  const { t } = voice
  return {
    title: t.nudge.copyTitle(lines.length),
    tone: 'warning',
    blocks: [
      {
        kind: 'entries',
        entries: lines.map((line) => ({
          text: t.beside(
            line.assignment.department.name,
            t.item(line.assignment.item.code, line.assignment.item.title),
          ),
          note: voice.moment(line.assignment.dueAt),
          tone: 'danger',
        })),
      },
    ],
  }
}

function nudgeEntry({ assignment, stage, late }: NudgeLine, voice: Voice): Entry {
  const entry = taskEntry(assignment, voice)
  return {
    ...entry,
    note: voice.t.beside(voice.moment(assignment.dueAt), voice.t.nudge.stages[stage]),
    tone: late ? 'danger' : 'warning',
  }
}
