import type { Assignment, Feedback } from '../domain/assignment.ts'
import { outcomes } from '../domain/assignment.ts'
import type { Urgency } from '../domain/item.ts'
import { maskPersonal } from '../domain/masking.ts'
import { requestKinds } from '../domain/request.ts'
import { localDate } from '../domain/time.ts'
import type { Action, Block, Entry, Field, Form, Mention, Message, Tone } from './message.ts'
import type { Voice } from './voice.ts'

const longestContent = 600

/** The card of one assignment in its department's group: what it is, what can be done, what was done. */
export function assignmentCard(assignment: Assignment, voice: Voice, mentions: Mention[] = []): Message {
  if (isAnswered(assignment)) return feedbackSummary(assignment, voice)
  const { t } = voice
  const { item } = assignment
  return {
    title:
      item.urgency === 'normal'
        ? t.assignment.title(item.code, item.title)
        : t.assignment.titleUrgent(t.urgencies[item.urgency], item.code, item.title),
    tone: urgencyTones[item.urgency],
    mentions,
    blocks: [
      { kind: 'fields', fields: assignmentFields(assignment, voice) },
      ...quoted(item.content),
      ...reopenedNote(assignment, voice),
      ...whatNow(assignment, voice),
    ],
  }
}

/** One card for several assignments of one dispatch, in the order of their numbers. */
export function taskListCard(
  assignments: Assignment[],
  voice: Voice,
  { mentions = [], hasOwnTitle = false }: { mentions?: Mention[]; hasOwnTitle?: boolean } = {},
): Message {
  const { t } = voice
  const [first] = assignments
  const last = assignments.at(-1)
  const waiting = assignments.filter((assignment) => assignment.status === 'sent').length
  const blocks: Block[] = [
    {
      kind: 'entries',
      entries: assignments.map((assignment) => taskEntry(assignment, voice)),
      seeAll: t.paging.all(`/${t.commands.mine.name}`),
    },
  ]
  if (waiting > 1) {
    blocks.push({
      kind: 'actions',
      actions: [{ label: t.assignment.ackAll, style: 'primary', command: 'ack', args: { all: true } }],
    })
  }
  blocks.push({ kind: 'note', text: t.assignment.waitingList, on: 'cards' })
  if (assignments.some((assignment) => assignment.provisional)) {
    blocks.push({ kind: 'note', text: t.assignment.provisionalNote })
  }
  const gravest = assignments.some(({ item }) => item.urgency === 'critical')
    ? 'critical'
    : assignments.some(({ item }) => item.urgency === 'urgent')
      ? 'urgent'
      : 'normal'
  return {
    title:
      t.assignment.listTitle(assignments.length, first?.department.name ?? '') +
      (hasOwnTitle && first && last ? t.assignment.listRange(first.item.code, last.item.code) : ''),
    tone: urgencyTones[gravest],
    mentions,
    blocks,
  }
}

/** The form of one assignment alone, as it is opened from a list. */
export function feedbackFormCard(assignment: Assignment, voice: Voice): Message {
  if (isAnswered(assignment)) return feedbackSummary(assignment, voice)
  return {
    title: voice.t.form.title(assignment.item.code, assignment.item.title),
    tone: 'info',
    blocks: [
      { kind: 'fields', fields: [dueField(assignment, voice)] },
      ...redoNote(assignment, voice),
      { kind: 'form', form: feedbackForm(assignment, voice) },
    ],
  }
}

/** One line of a list of assignments. */
export function taskEntry(assignment: Assignment, voice: Voice): Entry {
  const { t } = voice
  const { item } = assignment
  const actions: Action[] = []
  if (assignment.status === 'sent') {
    actions.push({
      label: t.assignment.ack,
      style: 'default',
      command: 'ack',
      args: { items: String(item.code) },
    })
  }
  if (assignment.status === 'sent' || assignment.status === 'working') {
    actions.push({
      label: t.assignment.feedback,
      style: 'primary',
      command: 'form',
      args: { item: item.code },
    })
  }
  return {
    text: t.item(item.code, item.title),
    note: t.beside(
      t.urgencies[item.urgency],
      dueWords(assignment, voice),
      statusWord(assignment, voice),
      item.reports > 1 ? t.triage.reports(item.reports) : '',
    ),
    tone: entryTone(assignment),
    actions,
  }
}

export function assignmentFields(assignment: Assignment, voice: Voice): Field[] {
  const { t } = voice
  const { item } = assignment
  const fields: Field[] = [
    dueField(assignment, voice),
    {
      label: t.assignment.fields.department,
      value: t.assignment.part(assignment.department.name, t.parts[assignment.part]),
    },
    ...shareFields(assignment, voice),
    { label: t.assignment.fields.source, value: t.sources[item.source] },
    {
      label: t.assignment.fields.urgency,
      value: t.urgencies[item.urgency],
      tone: urgencyTones[item.urgency],
    },
  ]
  if (item.category) fields.push({ label: t.assignment.fields.category, value: item.category })
  return [...fields, ...reportsField(item.reports, voice)]
}

/** How many people said so, where more than one did. */
export function reportsField(reports: number, { t }: Voice): Field[] {
  return reports > 1 ? [{ label: t.triage.fields.reports, value: t.triage.reports(reports) }] : []
}

/** The lead department sees how far the others are; they see who leads. */
function shareFields({ part, others }: Assignment, voice: Voice): Field[] {
  const { t } = voice
  if (part === 'co') {
    const lead = others.find((share) => share.part === 'lead')
    return lead ? [{ label: t.assignment.fields.lead, value: lead.department.name }] : []
  }
  const shares = others.map((share) => t.assignment.share(share.department.name, statusWord(share, voice)))
  return shares.length === 0 ? [] : [{ label: t.assignment.fields.co, value: t.list(shares) }]
}

/** `解决`, or where there is no outcome yet the status: `办理中`. */
export function statusWord(assignment: Pick<Assignment, 'status' | 'outcome'>, { t }: Voice): string {
  if (assignment.status === 'accepted' && assignment.outcome) return t.outcomes[assignment.outcome]
  if (assignment.status === 'working' && assignment.outcome === 'in_progress') return t.outcomes.in_progress
  return t.assignmentStatuses[assignment.status]
}

export function quoted(content: string): Block[] {
  const text = maskPersonal(content.trim())
  if (text === '') return []
  return [{ kind: 'quote', text: text.length > longestContent ? `${text.slice(0, longestContent)}…` : text }]
}

export function feedbackFields(feedback: Feedback, evidence: number, voice: Voice): Field[] {
  const { t } = voice
  const fields: Field[] = [{ label: t.feedback.fields.outcome, value: t.outcomes[feedback.outcome] }]
  if (feedback.promisedDate) {
    fields.push({ label: t.feedback.fields.promisedDate, value: voice.date(feedback.promisedDate) })
  }
  fields.push({ label: t.feedback.fields.measures, value: maskPersonal(feedback.measures) })
  if (feedback.reason && !feedback.measures.includes(feedback.reason)) {
    fields.push({ label: t.feedback.fields.reason, value: maskPersonal(feedback.reason) })
  }
  if (feedback.handler) fields.push({ label: t.feedback.fields.handler, value: feedback.handler })
  if (feedback.mayPublish !== null) {
    fields.push({ label: t.feedback.fields.mayPublish, value: feedback.mayPublish ? t.form.yes : t.form.no })
  }
  if (evidence > 0) fields.push({ label: t.feedback.fields.evidence, value: t.feedback.evidence(evidence) })
  fields.push({ label: t.feedback.fields.by, value: feedback.by })
  fields.push({ label: t.feedback.fields.at, value: voice.moment(feedback.at) })
  return fields
}

/** Reading only: what the department said, when, and what became of it. */
function feedbackSummary(assignment: Assignment, voice: Voice): Message {
  const { t } = voice
  const { item, feedback, returned, status } = assignment
  if (status === 'returned' && returned) {
    const fields: Field[] = [{ label: t.requests.returned.why, value: returned.reason }]
    if (returned.suggested) {
      fields.push({ label: t.requests.returned.suggested, value: returned.suggested.name })
    }
    fields.push({ label: t.requests.returned.at, value: voice.moment(returned.at) })
    return {
      title: t.requests.returned.title(item.code, item.title),
      tone: 'muted',
      blocks: [
        { kind: 'fields', fields },
        { kind: 'note', text: t.assignment.returned },
      ],
    }
  }
  if (!feedback || status === 'withdrawn') {
    return {
      title: t.item(item.code, item.title),
      tone: 'muted',
      blocks: [{ kind: 'text', text: t.assignment.withdrawn }],
    }
  }
  const accepted = status === 'accepted'
  return {
    title: accepted
      ? t.feedback.acceptedTitle(item.code, item.title)
      : t.feedback.submittedTitle(item.code, item.title),
    tone: accepted ? 'success' : 'muted',
    blocks: [
      { kind: 'fields', fields: feedbackFields(feedback, assignment.evidence, voice) },
      {
        kind: 'note',
        text:
          accepted && feedback.reviewedAt !== null
            ? t.feedback.accepted(feedback.reviewedBy ?? t.unknownPerson, voice.moment(feedback.reviewedAt))
            : t.feedback.awaiting,
      },
    ],
  }
}

function isAnswered({ status }: Assignment): boolean {
  return status === 'review' || status === 'accepted' || status === 'returned' || status === 'withdrawn'
}

function whatNow(assignment: Assignment, voice: Voice): Block[] {
  const { t } = voice
  const blocks: Block[] = []
  if (assignment.status === 'sent') {
    blocks.push({
      kind: 'actions',
      actions: [
        {
          label: t.assignment.ack,
          style: 'primary',
          command: 'ack',
          args: { items: String(assignment.item.code) },
        },
      ],
    })
  } else if (assignment.acknowledgedAt !== null) {
    const by = assignment.acknowledgedBy ?? t.unknownPerson
    blocks.push({
      kind: 'note',
      text: t.assignment.acknowledged(by, voice.moment(assignment.acknowledgedAt)),
    })
  }
  if (assignment.status === 'suspended') {
    return [...blocks, ...suspendedBlocks(assignment, voice)]
  }
  blocks.push(...redoNote(assignment, voice))
  if (assignment.feedback?.review === 'accepted' && assignment.promisedDate) {
    blocks.push({ kind: 'text', text: t.assignment.interim(voice.date(assignment.promisedDate)) })
  }
  blocks.push(...pendingNotes(assignment, voice))
  blocks.push(...answerBlocks(assignment, voice))
  blocks.push({ kind: 'note', text: t.assignment.plainWords, on: 'cards' })
  if (assignment.provisional) blocks.push({ kind: 'note', text: t.assignment.provisionalNote })
  return blocks
}

/** What a department that works on it may say. */
export function answerBlocks(assignment: Assignment, voice: Voice): Block[] {
  return [
    { kind: 'form', form: feedbackForm(assignment, voice) },
    { kind: 'actions', actions: otherForms(assignment, voice) },
  ]
}

function reopenedNote({ reopened }: Assignment, { t }: Voice): Block[] {
  if (!reopened) return []
  const text = t.closing.reopen.by(reopened.by ?? t.unknownPerson, reopened.reason)
  return [{ kind: 'text', text, strong: true }]
}

/** What else than feedback a department may have to say: each opens its form in the thread. */
function otherForms({ item: { code, hasDetails } }: Assignment, { t }: Voice): Action[] {
  return [
    {
      label: t.requests.extension.button,
      style: 'default',
      command: 'form',
      args: { item: code, about: 'extension' },
    },
    {
      label: t.requests.returned.button,
      style: 'default',
      command: 'form',
      args: { item: code, about: 'return' },
    },
    ...(hasDetails
      ? [
          {
            label: t.directory.contact.button,
            style: 'default' as const,
            command: 'contact',
            args: { item: code },
          },
        ]
      : []),
  ]
}

/** What the department has asked for and waits to hear. */
function pendingNotes({ requests }: Assignment, voice: Voice): Block[] {
  const { extension, suspension } = voice.t.requests
  return requestKinds.flatMap((kind) => {
    const request = requests[kind]
    if (request?.status !== 'pending') return []
    const { waiting } = { extension, suspension }[kind]
    return [{ kind: 'note' as const, text: waiting(request.askedBy, voice.moment(request.askedAt)) }]
  })
}

function suspendedBlocks({ requests, reviewDate }: Assignment, voice: Voice): Block[] {
  const { t } = voice
  const text = t.assignment.suspended(reviewDate ? voice.date(reviewDate) : t.none)
  const blocks: Block[] = [{ kind: 'text', text, strong: true }]
  const granted = requests.suspension
  if (granted?.status === 'granted' && granted.decidedAt !== null) {
    const by = granted.decidedBy ?? t.unknownPerson
    const because = t.requests.suspension.because(by, voice.moment(granted.decidedAt), granted.reason)
    blocks.push({ kind: 'note', text: because })
  }
  return blocks
}

function redoNote({ feedback }: Assignment, { t }: Voice): Block[] {
  if (feedback?.review !== 'redo') return []
  const text = t.assignment.redo(feedback.reviewedBy ?? t.unknownPerson, feedback.reviewReason ?? '')
  return [{ kind: 'text', text, strong: true }]
}

function feedbackForm(assignment: Assignment, { t }: Voice): Form {
  return {
    id: `feedback-${assignment.item.code}`,
    fields: [
      {
        kind: 'choice',
        name: 'outcome',
        label: t.form.outcome,
        required: true,
        options: outcomes.map((outcome) => ({ value: outcome, label: t.outcomes[outcome] })),
      },
      {
        kind: 'text',
        name: 'measures',
        label: t.form.measures,
        required: true,
        multiline: true,
        maxLength: 1000,
        placeholder: t.form.measuresHint,
      },
      { kind: 'date', name: 'promisedDate', label: t.form.promisedDate, required: false },
      { kind: 'text', name: 'handler', label: t.form.handler, required: false, maxLength: 50 },
      {
        kind: 'choice',
        name: 'mayPublish',
        label: t.form.mayPublish,
        required: true,
        options: [
          { value: 'yes', label: t.form.yes },
          { value: 'no', label: t.form.no },
        ],
        initial: 'yes',
      },
    ],
    submit: {
      label: t.form.submit,
      style: 'primary',
      command: 'feedback',
      args: { item: assignment.item.code },
    },
  }
}

/** Until when, as it counts: the due time, or the promise that was accepted and puts it off. */
export function dueWords(assignment: Assignment, voice: Voice): string {
  return (
    pauseWords(assignment, voice) ??
    promiseWords(assignment, voice) ??
    voice.t.assignment.dueBy(voice.moment(assignment.dueAt))
  )
}

/** While the clock stands still there is no due time. */
function pauseWords({ reviewDate, status }: Assignment, voice: Voice): string | null {
  if (status !== 'suspended' || reviewDate === null) return null
  return voice.t.requests.suspension.paused(voice.date(reviewDate))
}

function promiseWords({ dueAt, promisedDate }: Assignment, voice: Voice): string | null {
  if (!promisedDate || promisedDate <= localDate(dueAt, voice.timezone)) return null
  return voice.t.assignment.promisedFor(voice.date(promisedDate))
}

function dueField(assignment: Assignment, voice: Voice): Field {
  const { t } = voice
  const paused = pauseWords(assignment, voice)
  if (paused !== null) return { label: t.assignment.fields.due, value: paused }
  const moment = voice.moment(assignment.dueAt)
  const aside = [assignment.provisional ? t.provisional : '', promiseWords(assignment, voice) ?? '']
  const beside = t.beside(...aside)
  return { label: t.assignment.fields.due, value: beside === '' ? moment : t.assignment.due(moment, beside) }
}

function entryTone(assignment: Assignment): Tone {
  if (assignment.status === 'accepted') return 'success'
  if (assignment.status === 'sent' || assignment.status === 'working')
    return urgencyTones[assignment.item.urgency]
  return 'muted'
}

const urgencyTones = { normal: 'info', urgent: 'warning', critical: 'danger' } satisfies Record<Urgency, Tone>
