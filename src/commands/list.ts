import { z } from 'zod'
import { type AssignmentStatus, assignmentStatuses } from '../domain/assignment.ts'
import { type ItemStatus, itemStatuses } from '../domain/item.ts'
import { itemListMessage } from '../messages/lists.ts'
import { type ListFilter, taskList } from '../services/reports/status.ts'
import { defineQuery } from './command.ts'
import { departmentNamed } from './department-words.ts'
import { pageAndWords, pageArgs, pageHere, requirePage } from './paging.ts'
import { plainWords, tokensOf, wordings } from './words.ts'

export const list = defineQuery({
  name: 'list',
  roles: ['lead'],
  args: z.object({
    department: z.array(z.string()),
    items: z.array(z.enum(itemStatuses)),
    assignments: z.array(z.enum(assignmentStatuses)),
    ...pageArgs,
  }),
  parse(said) {
    const { page, words } = pageAndWords(said)
    const asked = wordsOf(words).map((word) => ({ word, ...statusesOf(word) }))
    const names = asked.filter(({ items, assignments }) => items.length + assignments.length === 0)
    return {
      department: names.map(({ word }) => word),
      items: asked.flatMap(({ items }) => items),
      assignments: asked.flatMap(({ assignments }) => assignments),
      page,
      words,
    }
  },
  async run(call, { department, items, assignments: statuses, ...asked }) {
    const { app } = call
    const filter: ListFilter = {
      ...(department.length > 0 && { department: await departmentNamed(app.db.read, department, 'list') }),
      ...(items.length > 0 && { itemStatuses: items }),
      ...(statuses.length > 0 && { assignmentStatuses: statuses }),
    }
    const page = pageHere(call, asked)
    const { undispatched, assignments, total } = await taskList(app, filter, page)
    requirePage(page, total)
    return {
      about: filter.department ? [filter.department.id] : 'all',
      reply: itemListMessage(undispatched, assignments, total, app.voice, page),
    }
  },
})

const phrases = wordings
  .flatMap(({ itemStatuses, assignmentStatuses }) => [
    ...Object.values(itemStatuses),
    ...Object.values(assignmentStatuses),
  ])
  .filter((status) => status.includes(' '))
const phrase = new RegExp(phrases.join('|'), 'gi')

/** The words apart, but for a status of several: `in hand`. */
function wordsOf(words: string): string[] {
  const text = plainWords(words)
  const found = (text.match(phrase) ?? []).map((status) => status.toLowerCase())
  return [...new Set(found), ...tokensOf(text.replace(phrase, ' '))]
}

/** `待派单` or `triage` is an item's status, `待签收` or `sent` an assignment's. */
function statusesOf(word: string): { items: ItemStatus[]; assignments: AssignmentStatus[] } {
  const said = word.toLowerCase()
  const assignments = assignmentStatuses.filter(
    (status) => status === said || wordings.some((t) => t.assignmentStatuses[status] === said),
  )
  const items = itemStatuses.filter(
    (status) => status === said || wordings.some((t) => t.itemStatuses[status] === said),
  )
  // A word that both know, such as 办理中, is said of what a department has in hand.
  return assignments.length > 0 ? { items: [], assignments } : { items, assignments }
}
