import { type Closing, closings } from '../domain/assignment.ts'
import { type ItemStatus, type Source, type Urgency, urgencies } from '../domain/item.ts'
import { maskPersonal } from '../domain/masking.ts'
import type { Policy } from '../domain/policy.ts'
import type { SharedWord, Sureness } from '../domain/similarity.ts'
import { quoted, reportsField } from './assignment.ts'
import type { Action, Block, Entry, Field, Form, FormField, Message } from './message.ts'
import type { Voice } from './voice.ts'

export const longestReason = 500
/** Of more departments two lists of choices are over what a card may hold; then their names are written. */
export const mostChoices = 32

interface Named {
  id: number
  name: string
}

/** What a lead must know to judge one item. */
export interface TriageView {
  item: {
    code: number
    title: string
    content: string
    source: Source
    category: string | null
    urgency: Urgency
    receivedAt: number
    reports: number
  }
  /** How many wait, this one included. */
  waiting: number
  similar: SimilarLine[]
  suggestion: { department: Named; level: Sureness['level']; percent: number | null; words: string[] } | null
  /** It was dispatched before, and came back. */
  returned: { department: string; by: string; at: number; reason: string; suggested: Named | null } | null
  departments: Named[]
  /** The time limit that it gets by the rules. */
  policy: Policy
  closing: Closing
  /** How the card goes on from here. */
  walk: Walk
}

export interface Walk {
  /** The round that the item is in: of a newer one the card knows nothing. */
  round: number
  skipped: readonly number[]
}

export interface SimilarLine {
  code: number
  title: string
  status: ItemStatus
  /** Who leads it. */
  department: string | null
  reports: number
  sure: Sureness
  words: SharedWord[]
}

/** One item to be judged, under what was just decided. */
export function triageMessage(view: TriageView, voice: Voice, done: string | null = null): Message {
  const { t } = voice
  const { item } = view
  return {
    title: t.triage.title(item.code, item.title),
    tone: item.urgency === 'normal' ? 'info' : item.urgency === 'urgent' ? 'warning' : 'danger',
    blocks: [
      ...doneBlocks(done),
      { kind: 'note', text: t.triage.waiting(view.waiting) },
      { kind: 'fields', fields: itemFields(view, voice) },
      ...quoted(item.content),
      ...returnedBlocks(view, voice),
      ...similarBlocks(view, voice),
      { kind: 'divider' },
      ...suggestionBlocks(view, voice),
      { kind: 'actions', actions: oneClick(view, voice) },
      { kind: 'form', form: dispatchForm(view, voice) },
      { kind: 'divider' },
      { kind: 'form', form: declineForm(view, voice) },
    ],
  }
}

/** Nothing waits any more, but what was skipped. */
export function triageDoneMessage(skipped: number, { t }: Voice, done: string | null = null): Message {
  const blocks: Block[] = doneBlocks(done)
  if (skipped === 0) {
    blocks.push({ kind: 'text', text: t.triage.allDone })
    return { title: t.triage.doneTitle, tone: 'success', blocks }
  }
  blocks.push({ kind: 'text', text: t.triage.skipped(skipped) })
  blocks.push({
    kind: 'actions',
    actions: [{ label: t.triage.again, style: 'primary', command: 'triage', args: { decision: 'again' } }],
  })
  return { title: t.triage.doneTitle, tone: 'info', blocks }
}

/** What became of an item that was to be judged on this card. */
export function triageOverMessage(
  { code, title }: { code: number; title: string },
  words: string,
  { t }: Voice,
): Message {
  return {
    title: t.triage.title(code, title),
    tone: 'muted',
    blocks: [
      { kind: 'text', text: words },
      {
        kind: 'actions',
        actions: [
          {
            label: t.triage.goOn,
            style: 'primary',
            command: 'triage',
            args: { decision: 'again', item: code },
          },
        ],
      },
    ],
  }
}

export function policyWords(policy: Policy, { t, moment }: Voice): string {
  switch (policy.kind) {
    case 'working-days':
      return t.triage.form.days(policy.days)
    case 'hours':
      return t.triage.form.hours(policy.hours)
    case 'until':
      return moment(policy.at)
  }
}

function doneBlocks(done: string | null): Block[] {
  return done === null ? [] : [{ kind: 'text', text: done, strong: true }, { kind: 'divider' }]
}

function itemFields({ item }: TriageView, voice: Voice): Field[] {
  const { t } = voice
  const fields: Field[] = [
    { label: t.assignment.fields.source, value: t.sources[item.source] },
    {
      label: t.assignment.fields.urgency,
      value: t.urgencies[item.urgency],
      tone: item.urgency === 'critical' ? 'danger' : item.urgency === 'urgent' ? 'warning' : undefined,
    },
    { label: t.triage.fields.received, value: voice.moment(item.receivedAt) },
  ]
  if (item.category) fields.push({ label: t.assignment.fields.category, value: item.category })
  return [...fields, ...reportsField(item.reports, voice)]
}

function returnedBlocks({ returned }: TriageView, { t, moment }: Voice): Block[] {
  if (!returned) return []
  const { department, by, at, reason, suggested } = returned
  const blocks: Block[] = [
    { kind: 'text', text: t.triage.returned(department, by, moment(at), reason), strong: true },
  ]
  if (suggested) blocks.push({ kind: 'text', text: t.triage.returnedSuggests(suggested.name) })
  return blocks
}

function similarBlocks(view: TriageView, voice: Voice): Block[] {
  if (view.similar.length === 0) return []
  return [
    { kind: 'divider' },
    { kind: 'text', text: voice.t.triage.similar, strong: true },
    { kind: 'entries', entries: view.similar.map((similar) => similarEntry(view, similar, voice)) },
  ]
}

function similarEntry(view: TriageView, similar: SimilarLine, { t }: Voice): Entry {
  const { code, title, status, sure } = similar
  const words = similar.words.map(({ here, there }) =>
    here === there ? here : t.triage.otherWord(here, there),
  )
  const standing = [t.itemStatuses[status], similar.department ?? '']
  if (similar.reports > 1) standing.push(t.triage.reports(similar.reports))
  const mergeable = status !== 'declined' && status !== 'merged'
  return {
    text: t.item(code, title),
    note: t.beside(
      t.triage.sure(t.triage.levels[sure.level], sure.percent),
      ...standing,
      t.triage.sameWords(t.list(words)),
    ),
    actions: mergeable
      ? [
          action(view, {
            label: t.triage.merge,
            style: 'default',
            args: { decision: 'merge', into: code },
            confirm: t.triage.mergeConfirm(view.item.code, code, maskPersonal(title)),
          }),
        ]
      : [],
  }
}

/** A department that returned the item may know whose it is; else what was learnt from earlier ones. */
function suggestionBlocks(view: TriageView, { t }: Voice): Block[] {
  const { suggestion } = view
  const department = preferred(view)
  if (!department || suggestion?.department.id !== department.id) return []
  const { level, percent } = suggestion
  const known = t.triage.suggestionLevels[level]
  const sure = percent === null ? known : t.triage.sure(known, percent)
  return [
    { kind: 'text', text: t.triage.suggestion(department.name, sure), strong: true },
    { kind: 'note', text: t.triage.suggestionWords(t.list(suggestion.words)) },
  ]
}

/** What takes no form stands above the forms, within the thumb's reach. */
function oneClick(view: TriageView, { t }: Voice): Action[] {
  const department = preferred(view)
  const skip = action(view, { label: t.triage.skip, style: 'default', args: { decision: 'skip' } })
  if (!department) return [skip]
  const label = t.triage.dispatchTo(department.name)
  const args = { decision: 'dispatch', department: department.id }
  return [action(view, { label, style: 'primary', args }), skip]
}

function preferred({ returned, suggestion }: TriageView): Named | null {
  return returned?.suggested ?? suggestion?.department ?? null
}

function dispatchForm(view: TriageView, voice: Voice): Form {
  const { t } = voice
  const { form } = t.triage
  return {
    id: `dispatch-${view.item.code}`,
    fields: [
      ...departmentFields(view, voice),
      {
        kind: 'choice',
        name: 'policy',
        label: form.policy,
        required: true,
        options: [
          { value: 'rule', label: form.byRule(policyWords(view.policy, voice)) },
          { value: '3wd', label: form.days(3) },
          { value: '5wd', label: form.days(5) },
          { value: '2h', label: form.hours(2) },
        ],
        initial: 'rule',
      },
      {
        kind: 'choice',
        name: 'urgency',
        label: form.urgency,
        required: true,
        options: urgencies.map((urgency) => ({ value: urgency, label: t.urgencies[urgency] })),
        initial: view.item.urgency,
      },
      {
        kind: 'choice',
        name: 'closing',
        label: form.closing,
        required: true,
        options: closings.map((closing) => ({ value: closing, label: form.closings[closing] })),
        initial: view.closing,
      },
    ],
    submit: action(view, { label: form.dispatch, style: 'primary', args: { decision: 'dispatch' } }),
  }
}

function departmentFields(view: TriageView, { t }: Voice): FormField[] {
  const { form } = t.triage
  const initial = preferred(view)
  if (view.departments.length > mostChoices) {
    const names = { kind: 'text', maxLength: 200, placeholder: form.departmentHint } as const
    return [
      { ...names, name: 'department', label: form.department, required: true, initial: initial?.name },
      { ...names, name: 'co', label: form.coNames, required: false },
    ]
  }
  const options = view.departments.map(({ id, name }) => ({ value: String(id), label: name }))
  return [
    {
      kind: 'choice',
      name: 'department',
      label: form.department,
      required: true,
      options,
      ...(initial && { initial: String(initial.id) }),
    },
    { kind: 'choices', name: 'co', label: form.co, required: false, options },
  ]
}

function declineForm(view: TriageView, { t }: Voice): Form {
  const { form } = t.triage
  return {
    id: `decline-${view.item.code}`,
    fields: [
      {
        kind: 'text',
        name: 'reason',
        label: form.reason,
        required: true,
        multiline: true,
        maxLength: longestReason,
        placeholder: form.reasonHint,
      },
    ],
    submit: action(view, { label: form.decline, style: 'danger', args: { decision: 'decline' } }),
  }
}

function action({ item, walk }: TriageView, { args, ...rest }: Omit<Action, 'command'>): Action {
  const skipped = walk.skipped.join(',')
  return { ...rest, command: 'triage', args: { item: item.code, round: walk.round, skipped, ...args } }
}
