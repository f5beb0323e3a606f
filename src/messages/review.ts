import type { Assignment, Feedback } from '../domain/assignment.ts'
import { assignmentFields, feedbackFields } from './assignment.ts'
import type { Block, Message } from './message.ts'
import type { Voice } from './voice.ts'

/** The task force's card for one feedback: what was asked, what was answered, and the decision. */
export function reviewCard(
  { assignment, feedback, late }: { assignment: Assignment; feedback: Feedback; late: boolean },
  voice: Voice,
): Message {
  const { t } = voice
  const { item } = assignment
  const blocks: Block[] = [
    { kind: 'fields', fields: assignmentFields(assignment, voice).slice(0, 2) },
    { kind: 'divider' },
    { kind: 'fields', fields: feedbackFields(feedback, assignment.evidence, voice) },
  ]
  if (late) blocks.push({ kind: 'text', text: t.review.late, strong: true })
  if (feedback.review === 'pending') {
    blocks.push(...decision(assignment, feedback, voice))
    return { title: t.review.title(item.code, item.title), tone: 'info', blocks }
  }
  if (feedback.review === 'superseded') {
    return { title: t.review.supersededTitle(item.code, item.title), tone: 'muted', blocks }
  }
  const by = feedback.reviewedBy ?? t.unknownPerson
  const moment = voice.moment(feedback.reviewedAt ?? feedback.at)
  if (feedback.review === 'accepted') {
    blocks.push({ kind: 'note', text: t.review.acceptedBy(by, moment) })
    return { title: t.review.acceptedTitle(item.code, item.title), tone: 'success', blocks }
  }
  blocks.push({ kind: 'note', text: t.review.redoBy(by, moment, feedback.reviewReason ?? '') })
  return { title: t.review.redoTitle(item.code, item.title), tone: 'warning', blocks }
}

function decision({ item }: Assignment, { id }: Feedback, { t }: Voice): Block[] {
  const args = { item: item.code, feedback: id }
  return [
    {
      kind: 'actions',
      actions: [
        {
          label: t.review.accept,
          style: 'primary',
          command: 'review',
          args: { ...args, decision: 'accept' },
        },
      ],
    },
    {
      kind: 'form',
      form: {
        id: `redo-${id}`,
        fields: [
          {
            kind: 'text',
            name: 'reason',
            label: t.review.redoReason,
            required: true,
            maxLength: 500,
            placeholder: t.review.redoHint,
          },
        ],
        submit: {
          label: t.review.redo,
          style: 'danger',
          command: 'review',
          args: { ...args, decision: 'redo' },
        },
      },
    },
  ]
}
