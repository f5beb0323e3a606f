import type { Assignment } from '../domain/assignment.ts'
import { type DropReason, dropReasons, type Request, type RequestKind } from '../domain/request.ts'
import { localDate } from '../domain/time.ts'
import { assignmentFields, dueWords } from './assignment.ts'
import type { Action, Block, Field, Form, Message, Tone } from './message.ts'
import type { Voice } from './voice.ts'

const tones = { pending: 'warning', granted: 'success', refused: 'muted', dropped: 'muted' } satisfies Record<
  Request['status'],
  Tone
>

/** The task force's card for what a department asks: what for, why, and the decision. */
export function requestCard(
  {
    assignment,
    request,
    usual,
  }: {
    assignment: Assignment
    request: Request
    /** Until when an extension goes without a date; null: it takes one. */
    usual: number | null
  },
  voice: Voice,
): Message {
  const { code, title } = assignment.item
  const { titles } = wordsOf(request.kind, voice)
  return {
    title: titles[request.status](code, title),
    tone: tones[request.status],
    blocks: [
      { kind: 'fields', fields: assignmentFields(assignment, voice).slice(0, 2) },
      {
        kind: 'fields',
        fields: requestFields(isAsAsked(request, voice) ? { ...request, until: null } : request, voice),
      },
      ...(request.status === 'pending'
        ? decision(assignment, request, usual, voice)
        : [
            { kind: 'note' as const, text: decisionWords(request, voice) },
            ...whatNext(assignment, request, voice),
          ]),
    ],
  }
}

/** What is asked for, by whom and why. */
export function requestFields(request: Request, voice: Voice): Field[] {
  const { t } = voice
  const fields: Field[] = [{ label: t.requests.reason, value: request.reason }]
  if (request.until) {
    fields.push({ label: wordsOf(request.kind, voice).until, value: voice.date(request.until) })
  }
  fields.push({ label: t.requests.askedBy, value: request.askedBy })
  fields.push({ label: t.requests.askedAt, value: voice.moment(request.askedAt) })
  return fields
}

/** What became of a request: by whom, when. */
export function decisionWords(request: Request, voice: Voice): string {
  const { t } = voice
  const by = request.decidedBy ?? t.unknownPerson
  const at = voice.moment(request.decidedAt ?? request.askedAt)
  switch (request.status) {
    case 'pending':
      return wordsOf(request.kind, voice).waiting(request.askedBy, voice.moment(request.askedAt))
    case 'granted':
      return request.kind === 'extension'
        ? t.requests.extension.grantedBy(by, at, voice.moment(request.grantedUntil ?? 0))
        : t.requests.suspension.grantedBy(by, at, grantedDate(request, voice))
    case 'refused':
      return t.requests.refused(by, at, request.decisionReason ?? '')
    case 'dropped':
      return t.requests.droppedBecause(t.requests.dropped[dropReasonOf(request)])
  }
}

/** The card in the thread of the department's card, on which a contact asks for more time. */
export function extensionFormCard(assignment: Assignment, asked: Request | undefined, voice: Voice): Message {
  const { t } = voice
  const { code, title } = assignment.item
  const due: Block = {
    kind: 'fields',
    fields: [{ label: t.assignment.fields.due, value: voice.moment(assignment.dueAt) }],
  }
  if (asked || !isAtWork(assignment)) {
    const shown = asked
      ? [
          { kind: 'fields' as const, fields: requestFields(asked, voice) },
          { kind: 'note' as const, text: decisionWords(asked, voice) },
        ]
      : [{ kind: 'note' as const, text: t.errors.finished(code, t.assignmentStatuses[assignment.status]) }]
    return { title: t.requests.extension.formTitle(code, title), tone: 'muted', blocks: [due, ...shown] }
  }
  const form: Form = {
    id: `extension-${code}`,
    fields: [
      {
        kind: 'text',
        name: 'reason',
        label: t.requests.reason,
        required: true,
        multiline: true,
        maxLength: 500,
        placeholder: t.requests.extension.reasonHint,
      },
      { kind: 'date', name: 'until', label: t.requests.extension.untilField, required: false },
    ],
    submit: {
      label: t.requests.extension.submit,
      style: 'primary',
      command: 'extend',
      args: { item: code, decision: 'ask' },
    },
  }
  return {
    title: t.requests.extension.formTitle(code, title),
    tone: 'info',
    blocks: [due, { kind: 'form', form }],
  }
}

/** The lead's button that ends a pause. */
export function resumeAction(assignment: Assignment, { t }: Voice): Action {
  const { code } = assignment.item
  return {
    label: t.requests.suspension.resume,
    style: 'primary',
    command: 'suspend',
    args: { item: code, decision: 'resume', department: assignment.department.name },
    confirm: t.requests.suspension.confirmResume(code),
  }
}

function decision(assignment: Assignment, request: Request, usual: number | null, voice: Voice): Block[] {
  const { t } = voice
  const command = request.kind === 'extension' ? 'extend' : 'suspend'
  const args = { item: assignment.item.code, request: request.id }
  const words = wordsOf(request.kind, voice)
  const approve = approval(request, usual, voice)
  const blocks: Block[] = []
  if (approve) {
    const action: Action = {
      label: approve.label,
      style: 'primary',
      command,
      args: { ...args, decision: 'approve', until: approve.until },
    }
    blocks.push({ kind: 'actions', actions: [action] })
  }
  if (request.kind === 'extension') {
    const { takesDate, usual: usually } = t.requests.extension
    blocks.push({ kind: 'note', text: approve ? usually : takesDate })
  }
  blocks.push({
    kind: 'form',
    form: {
      id: `approve-${request.id}`,
      fields: [
        {
          kind: 'date',
          name: 'until',
          label: words.date,
          required: true,
          ...(request.until ? { initial: request.until } : {}),
        },
      ],
      submit: {
        label: words.approveDate,
        style: 'default',
        command,
        args: { ...args, decision: 'approve' },
      },
    },
  })
  blocks.push({
    kind: 'form',
    form: {
      id: `refuse-${request.id}`,
      fields: [
        { kind: 'text', name: 'reason', label: t.requests.refuseReason, required: true, maxLength: 500 },
      ],
      submit: { label: t.requests.refuse, style: 'danger', command, args: { ...args, decision: 'refuse' } },
    },
  })
  return blocks
}

/** The one click that grants it, and what it says when pressed. */
function approval(
  request: Request,
  usual: number | null,
  voice: Voice,
): { label: string; until: string } | null {
  const { extension, suspension } = voice.t.requests
  if (request.kind === 'extension') {
    return usual === null ? null : { label: extension.approve(voice.moment(usual)), until: '5wd' }
  }
  return request.until === null
    ? null
    : { label: suspension.approve(voice.date(request.until)), until: request.until }
}

/** What a pause that was granted leaves to be done. */
function whatNext(assignment: Assignment, request: Request, voice: Voice): Block[] {
  if (request.kind !== 'suspension' || request.status !== 'granted') return []
  const isNewest = assignment.requests.suspension?.id === request.id
  if (assignment.status === 'suspended' && isNewest) {
    return [
      ...movedNote(assignment, request, voice),
      { kind: 'actions', actions: [resumeAction(assignment, voice)] },
    ]
  }
  const { t } = voice
  const now =
    assignment.status === 'withdrawn'
      ? t.requests.returned.itemIs(t.assignmentStatuses.withdrawn)
      : t.beside(t.requests.suspension.over, dueWords(assignment, voice))
  return [{ kind: 'note', text: now }]
}

function movedNote({ reviewDate }: Assignment, request: Request, voice: Voice): Block[] {
  const date = reviewDate === null ? null : voice.date(reviewDate)
  if (date === null || date === grantedDate(request, voice)) return []
  return [{ kind: 'note', text: voice.t.requests.suspension.movedNote(date) }]
}

/** Then the decision says the date. */
function isAsAsked({ grantedUntil, until }: Request, { timezone }: Voice): boolean {
  return grantedUntil !== null && localDate(grantedUntil, timezone) === until
}

function grantedDate({ grantedUntil, until }: Request, voice: Voice): string {
  if (grantedUntil !== null) return voice.date(localDate(grantedUntil, voice.timezone))
  return until === null ? voice.t.none : voice.date(until)
}

function wordsOf(kind: RequestKind, { t }: Voice) {
  const { extension, suspension } = t.requests
  return { extension, suspension }[kind]
}

function dropReasonOf({ decisionReason }: Request): DropReason {
  return dropReasons.find((reason) => reason === decisionReason) ?? 'undone'
}

function isAtWork({ status }: Assignment): boolean {
  return status === 'sent' || status === 'working'
}
