import type { Assignment } from '../domain/assignment.ts'
import type { Afterwards, Callback } from '../domain/closing.ts'
import { maskPersonal } from '../domain/masking.ts'
import { feedbackFields, reportsField } from './assignment.ts'
import { durationWords } from './lists.ts'
import type { Block, Field, Form, Message } from './message.ts'
import type { Voice } from './voice.ts'

/** An item that is done, as its card shows it. */
export interface DoneItem {
  lead: Assignment
  /** The feedback came after it was due. */
  late: boolean
  afterwards: Afterwards
  closed: { by: string | null; at: number } | null
  /** What became of it since; `undone`: the acceptance was taken back. */
  since: 'nothing' | 'undone' | { by: string | null; reason: string }
}

/** The task force's card of what is done: what was done, by whom, how long it took, and what is left to do. */
export function doneCard(done: DoneItem, voice: Voice): Message {
  const { t } = voice
  const { lead, closed, since } = done
  const { code, title } = lead.item
  const told: Block[] = [{ kind: 'fields', fields: resultFields(done, voice) }]
  if (since === 'undone') {
    return {
      title: t.closing.doneCard.undoneTitle(code, title),
      tone: 'muted',
      blocks: [...told, { kind: 'text', text: t.closing.doneCard.undone }],
    }
  }
  const left: Field[] = [
    ...callbackFields(ofRound(done), voice),
    ...publicationFields(done, voice),
    ...uptakeFields(done.afterwards, voice),
  ]
  if (since !== 'nothing') {
    const text = t.closing.reopen.by(since.by ?? t.unknownPerson, since.reason)
    return {
      title: t.closing.doneCard.reopenedTitle(code, title),
      tone: 'warning',
      blocks: [...told, { kind: 'fields', fields: left }, { kind: 'text', text, strong: true }],
    }
  }
  left.push({
    label: t.closing.fields.closed,
    value: closed
      ? t.closing.record(t.itemStatuses.closed, closed.by ?? t.unknownPerson, voice.moment(closed.at))
      : t.closing.notYet.closed,
  })
  return {
    title: closed ? t.closing.doneCard.closedTitle(code, title) : t.closing.doneCard.title(code, title),
    tone: closed ? 'muted' : 'success',
    blocks: [
      ...told,
      { kind: 'divider' },
      { kind: 'text', text: t.closing.doneCard.left, strong: true },
      { kind: 'fields', fields: left },
      ...leftToDo(done, voice),
      { kind: 'note', text: howToGoOn(done, voice) },
    ],
  }
}

/** What came after, as an item's history has it; nothing where there is nothing. */
export function afterwardsFields(afterwards: Afterwards, voice: Voice): Field[] {
  return [
    ...afterwards.callbacks.flatMap((callback) => callbackFields(callback, voice)),
    ...publishedFields(afterwards, voice),
    ...uptakeFields(afterwards, voice),
  ]
}

function resultFields({ lead, late }: DoneItem, voice: Voice): Field[] {
  const { t } = voice
  const { doneCard } = t.closing
  const co = lead.others.filter(({ part }) => part === 'co').map(({ department }) => department.name)
  const took = durationWords((lead.feedback?.at ?? lead.dispatchedAt) - lead.dispatchedAt, voice)
  return [
    {
      label: t.assignment.fields.department,
      value: co.length === 0 ? lead.department.name : t.dispatch.withCo(lead.department.name, t.list(co)),
    },
    {
      label: doneCard.took,
      value: late ? doneCard.late(took) : doneCard.inTime(took),
      tone: late ? 'warning' : undefined,
    },
    ...reportsField(lead.item.reports, voice),
    ...(lead.feedback ? feedbackFields(lead.feedback, lead.evidence, voice) : []),
  ]
}

function ofRound({ lead, afterwards }: DoneItem): Callback | null {
  return afterwards.callbacks.find(({ round }) => round === lead.round) ?? null
}

function callbackFields(callback: Callback | null, voice: Voice): Field[] {
  const { t } = voice
  const label = t.closing.fields.callback
  if (!callback) return [{ label, value: t.closing.notYet.callback }]
  const { at, by, note, satisfied } = callback
  const result = satisfied ? t.closing.satisfied : t.closing.unsatisfied
  return [
    {
      label,
      value: t.beside(t.closing.record(result, by, voice.moment(at)), maskPersonal(note ?? '')),
      tone: satisfied ? 'success' : 'danger',
    },
  ]
}

function publicationFields({ lead, afterwards }: DoneItem, voice: Voice): Field[] {
  const { t } = voice
  if (afterwards.publications.length > 0) return publishedFields(afterwards, voice)
  const { publication, unfit } = t.closing.notYet
  const value = lead.feedback?.mayPublish === false ? unfit : publication
  return [{ label: t.closing.fields.publication, value }]
}

function publishedFields({ publications }: Afterwards, voice: Voice): Field[] {
  const { t } = voice
  return publications.map(({ at, by, text, url }) => ({
    label: t.closing.fields.publication,
    value: t.beside(t.closing.record(url, by, voice.moment(at)), maskPersonal(text ?? '')),
  }))
}

function uptakeFields({ uptakes }: Afterwards, voice: Voice): Field[] {
  const { t } = voice
  return uptakes.map(({ at, by, kind, note }) => ({
    label: t.closing.fields.uptake,
    value: t.beside(t.closing.record(t.closing.uptakes[kind], by, voice.moment(at)), maskPersonal(note)),
  }))
}

/** The forms and the button for what has not been done yet. */
function leftToDo(done: DoneItem, voice: Voice): Block[] {
  const { t } = voice
  const { code } = done.lead.item
  const called = ofRound(done) !== null
  const blocks: Block[] = []
  if (!called) blocks.push({ kind: 'form', form: callbackForm(code, voice) })
  if (done.afterwards.publications.length === 0)
    blocks.push({ kind: 'form', form: publicationForm(done.lead, voice) })
  if (!done.closed) {
    const { close, closeWithoutCallback } = t.closing.form
    blocks.push({
      kind: 'actions',
      actions: [
        {
          label: close,
          style: called ? 'primary' : 'default',
          command: 'close',
          args: { items: String(code) },
          ...(called ? {} : { confirm: closeWithoutCallback }),
        },
      ],
    })
  }
  return blocks
}

function howToGoOn({ lead, afterwards }: DoneItem, { t }: Voice): string {
  const { code } = lead.item
  const again = afterwards.publications.length > 0 ? t.closing.doneCard.again(code) : ''
  return again + t.closing.doneCard.uptake(code)
}

function callbackForm(code: number, { t }: Voice): Form {
  return {
    id: `callback-${code}`,
    fields: [
      {
        kind: 'choice',
        name: 'satisfied',
        label: t.closing.form.satisfied,
        required: true,
        options: [
          { value: 'yes', label: t.closing.satisfied },
          { value: 'no', label: t.closing.unsatisfied },
        ],
      },
      { kind: 'text', name: 'note', label: t.closing.form.note, required: false, maxLength: 500 },
    ],
    submit: { label: t.closing.form.callback, style: 'primary', command: 'callback', args: { item: code } },
  }
}

/** Filled in with what the department said, where that may be made public. */
function publicationForm({ feedback, item }: Assignment, { t }: Voice): Form {
  const unfit = feedback?.mayPublish === false
  return {
    id: `publish-${item.code}`,
    fields: [
      {
        kind: 'text',
        name: 'url',
        label: t.closing.form.url,
        required: true,
        maxLength: 1000,
        placeholder: 'https://',
      },
      {
        kind: 'text',
        name: 'text',
        label: t.closing.form.text,
        required: false,
        multiline: true,
        maxLength: 1000,
        ...(feedback?.mayPublish ? { initial: maskPersonal(feedback.measures) } : {}),
      },
    ],
    submit: {
      label: t.closing.form.publish,
      style: 'default',
      command: 'publish',
      args: { item: item.code, ...(unfit ? { confirmed: true } : {}) },
      ...(unfit ? { confirm: t.closing.form.publishUnfit } : {}),
    },
  }
}
