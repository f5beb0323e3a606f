import type { Assignment } from '../domain/assignment.ts'
import type { ItemStatus } from '../domain/item.ts'
import { assignmentFields, quoted } from './assignment.ts'
import type { Action, Block, Field, Message } from './message.ts'
import type { Voice } from './voice.ts'

export interface ReturnedItem {
  /** The returned share. */
  assignment: Assignment
  by: string | null
  itemStatus: ItemStatus
  /** To whom it went next; `by` null: the operator. */
  next: { department: string; by: string | null; at: number } | null
  /** Whom else it could be dispatched to. */
  departments: string[]
}

/** The task force's card for what a department sent back: why, whose it may be, and to whom it goes now. */
export function returnedCard(item: ReturnedItem, voice: Voice): Message {
  const { t } = voice
  const { assignment, next } = item
  const { code, title, content } = assignment.item
  return {
    title: next
      ? t.requests.returned.redispatchedTitle(code, title)
      : t.requests.returned.cardTitle(code, title),
    tone: next ? 'success' : isWaiting(item) ? 'warning' : 'muted',
    blocks: [
      { kind: 'fields', fields: returnFields(assignment, item.by, voice) },
      ...quoted(content),
      ...whatNow(item, voice),
    ],
  }
}

/** On the department's own form, in the thread of its card. */
export function returnFormCard(assignment: Assignment, until: number, voice: Voice): Message {
  const { t } = voice
  const { code, title } = assignment.item
  if (assignment.status !== 'sent' && assignment.status !== 'working') {
    const finished = t.errors.finished(code, t.assignmentStatuses[assignment.status])
    return {
      title: t.requests.returned.formTitle(code, title),
      tone: 'muted',
      blocks: assignment.returned
        ? [{ kind: 'fields', fields: returnFields(assignment, null, voice) }]
        : [{ kind: 'note', text: finished }],
    }
  }
  return {
    title: t.requests.returned.formTitle(code, title),
    tone: 'info',
    blocks: [
      { kind: 'note', text: t.requests.returned.formNote(voice.moment(until)) },
      {
        kind: 'form',
        form: {
          id: `return-${code}`,
          fields: [
            {
              kind: 'text',
              name: 'reason',
              label: t.requests.returned.why,
              required: true,
              multiline: true,
              maxLength: 500,
              placeholder: t.requests.returned.reasonHint,
            },
            {
              kind: 'text',
              name: 'suggested',
              label: t.requests.returned.suggestedField,
              required: false,
              maxLength: 50,
            },
          ],
          submit: {
            label: t.requests.returned.submit,
            style: 'danger',
            command: 'return',
            args: { item: code },
          },
        },
      },
    ],
  }
}

function returnFields(assignment: Assignment, by: string | null, voice: Voice): Field[] {
  const { t } = voice
  const { returned } = assignment
  const [, department] = assignmentFields(assignment, voice)
  const fields: Field[] = [{ label: t.requests.returned.from, value: department?.value ?? '' }]
  if (!returned) return fields
  fields.push({ label: t.requests.returned.why, value: returned.reason })
  if (returned.suggested) {
    fields.push({ label: t.requests.returned.suggested, value: returned.suggested.name })
  }
  if (by) fields.push({ label: t.requests.returned.by, value: by })
  fields.push({ label: t.requests.returned.at, value: voice.moment(returned.at) })
  return fields
}

function whatNow(item: ReturnedItem, voice: Voice): Block[] {
  const { t } = voice
  const { next } = item
  if (next) {
    const by = next.by ?? t.requests.returned.operator
    return [{ kind: 'note', text: t.requests.returned.nowWith(by, voice.moment(next.at), next.department) }]
  }
  if (item.assignment.status !== 'returned') {
    return [{ kind: 'note', text: t.requests.returned.undone }]
  }
  if (!isWaiting(item)) {
    return [{ kind: 'note', text: t.requests.returned.itemIs(t.itemStatuses[item.itemStatus]) }]
  }
  return item.assignment.part === 'lead' ? newLead(item, voice) : newCo(item, voice)
}

function newLead({ assignment, departments }: ReturnedItem, voice: Voice): Block[] {
  const { t } = voice
  const items = String(assignment.item.code)
  const actions: Action[] = []
  const suggested = assignment.returned?.suggested
  if (suggested) {
    actions.push({
      label: t.requests.returned.dispatchTo(suggested.name),
      style: 'primary',
      command: 'dispatch',
      args: { items, department: suggested.name },
    })
  }
  actions.push({
    label: t.requests.returned.dispatchBack,
    style: 'default',
    command: 'dispatch',
    args: { items, department: assignment.department.name },
    confirm: t.requests.returned.confirmBack(assignment.department.name),
  })
  return [
    { kind: 'note', text: t.requests.returned.nowReady },
    { kind: 'actions', actions },
    ...choice(t.requests.returned.another, departments, { items }, 'department', voice),
  ]
}

function newCo({ assignment, departments }: ReturnedItem, voice: Voice): Block[] {
  const { t } = voice
  const lead = assignment.others.find(({ part }) => part === 'lead')
  const blocks: Block[] = [{ kind: 'note', text: t.requests.returned.othersGoOn }]
  if (!lead) return blocks
  const args = { items: String(assignment.item.code), department: lead.department.name }
  const known = new Set(assignment.others.map(({ department }) => department.name))
  const suggested = assignment.returned?.suggested
  if (suggested && !known.has(suggested.name)) {
    blocks.push({
      kind: 'actions',
      actions: [
        {
          label: t.requests.returned.addTo(suggested.name),
          style: 'primary',
          command: 'dispatch',
          args: { ...args, co: suggested.name },
        },
      ],
    })
  }
  const free = departments.filter((name) => !known.has(name))
  return [...blocks, ...choice(t.requests.returned.anotherCo, free, args, 'co', voice)]
}

/** A choice among departments, under the name by which the command takes it. */
function choice(
  label: string,
  departments: string[],
  args: Action['args'],
  name: 'department' | 'co',
  { t }: Voice,
): Block[] {
  if (departments.length === 0) return []
  return [
    {
      kind: 'form',
      form: {
        id: `another-${args.items}`,
        fields: [
          {
            kind: 'choice',
            name,
            label,
            required: true,
            options: departments.map((department) => ({ value: department, label: department })),
          },
        ],
        submit: { label: t.requests.returned.dispatch, style: 'default', command: 'dispatch', args },
      },
    },
  ]
}

/** Whether somebody has still to say whose it is now. */
function isWaiting({ assignment, itemStatus, next }: ReturnedItem): boolean {
  if (next || assignment.status !== 'returned') return false
  return assignment.part === 'lead' ? itemStatus === 'ready' : itemStatus === 'open'
}
