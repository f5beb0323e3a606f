import type { Assignment } from '../domain/assignment.ts'
import type { NudgeStage } from '../domain/nudge-ladder.ts'
import { dueWords, taskEntry } from './assignment.ts'
import type { Block, Entry, Mention, Message } from './message.ts'
import { resumeAction } from './request.ts'
import type { Voice } from './voice.ts'

export interface NudgeLine {
  assignment: Assignment
  stage: NudgeStage | 'manual'
  late: boolean
}

/** All nudges for one group in one slot; what has been done about them since is shown in their place. */
export function nudgeMessage(lines: NudgeLine[], voice: Voice, mentions: Mention[]): Message {
  const { t } = voice
  const asking = lines.filter(stillAsks)
  const late = asking.filter((line) => line.late)
  const blocks: Block[] = [
    {
      kind: 'entries',
      entries: inOrder(lines).map((line) => nudgeEntry(line, voice)),
      seeAll: t.paging.all(`/${t.commands.mine.name}`),
    },
  ]
  if (asking.length === 0) return { title: t.nudge.title.answered(lines.length), tone: 'muted', blocks }
  return {
    title: late.length > 0 ? t.nudge.title.overdue(late.length) : t.nudge.title.urgent(asking.length),
    tone: late.length > 0 ? 'danger' : 'warning',
    mentions,
    blocks,
  }
}

/** The task force's copy of one slot's notices: of what is overdue, and of what is on the way there. */
export function nudgeCopy(lines: NudgeLine[], voice: Voice): Message {
  const { t } = voice
  const late = lines.filter((line) => line.late).length
  return {
    title: late === lines.length ? t.nudge.copyTitle(late) : t.intake.copyTitle(lines.length, late),
    tone: 'warning',
    blocks: [
      {
        kind: 'entries',
        seeAll: t.paging.all(`/${t.commands[late === lines.length ? 'overdue' : 'list'].name}`),
        entries: inOrder(lines).map((line) => ({
          text: t.beside(
            line.assignment.department.name,
            t.item(line.assignment.item.code, line.assignment.item.title),
          ),
          note: line.late
            ? dueWords(line.assignment, voice)
            : t.beside(dueWords(line.assignment, voice), t.nudge.stages[line.stage]),
          tone: line.late ? 'danger' : 'warning',
          ...(line.stage === 'review-date' && { actions: [resumeAction(line.assignment, voice)] }),
        })),
      },
    ],
  }
}

function nudgeEntry(line: NudgeLine, voice: Voice): Entry {
  const { assignment, stage, late } = line
  const entry = taskEntry(assignment, voice)
  if (!stillAsks(line)) return entry
  return {
    ...entry,
    note: voice.t.beside(dueWords(assignment, voice), voice.t.nudge.stages[stage]),
    tone: late ? 'danger' : 'warning',
  }
}

/** Whether what the nudge asked for is still to be done. */
export function stillAsks({ assignment, stage }: NudgeLine): boolean {
  switch (stage) {
    case 'unacknowledged':
    case 'unacknowledged-again':
      return assignment.status === 'sent'
    case 'review-date':
      return assignment.status === 'suspended'
    default:
      return assignment.status === 'sent' || assignment.status === 'working'
  }
}

/** By the items' numbers, as every list of a department's has them. */
function inOrder(lines: NudgeLine[]): NudgeLine[] {
  return lines.toSorted((a, b) => a.assignment.item.code - b.assignment.item.code)
}
