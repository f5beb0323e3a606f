import { z } from 'zod'
import { findColumns, itemColumns } from '../files/headers.ts'
import { itemReaders } from '../files/item-fields.ts'
import { parseItemRows } from '../files/item-rows.ts'
import { sourceNames } from '../files/names.ts'
import { cellsByField } from '../files/row-cells.ts'
import { Refusal, type RowFault } from '../files/row-fault.ts'
import type { Table } from '../files/table.ts'
import { type Imported, importItems, type NamedDepartments } from '../services/intake/import.ts'
import { defineOperatorCommand } from './command.ts'
import type { Desk } from './desk.ts'
import { leftOut, refusal } from './fault-list.ts'
import { readOperatorFile, sayIgnored } from './files.ts'
import { withApp } from './open.ts'
import { tableText } from './terminal/layout.ts'

const codesShown = 10

export const importCommand = defineOperatorCommand({
  name: 'import',
  takesFile: true,
  options: { dispatch: 'flag', skipBad: 'flag' },
  input: z.object({
    file: z.string(),
    dispatch: z.boolean().default(false),
    skipBad: z.boolean().default(false),
  }),
  async run(desk, { file, dispatch, skipBad }) {
    const { terminal, voice } = desk
    const { t } = voice
    const { name, table, labels } = await readOperatorFile(desk, file, itemColumns)
    const parsed = parseItemRows(table, { timezone: voice.timezone, sources: sourceNames })
    return withApp(desk, { made: true }, async ({ app, hasJobs }) => {
      const { faults, written } = await importItems(app, {
        rows: parsed.rows,
        badRows: departmentsOfBadRows(table, parsed.faults),
        faults: parsed.faults,
        dispatch,
        skipBad,
        progress: (step, done, all) => terminal.progress(t.operator.progress[step](done, all)),
      })
      if (!written) {
        const advice = skipBad ? t.operator.files.nothingGood : t.operator.files.advice
        terminal.complain(refusal(name, faults, labels, advice, voice))
        return false
      }
      terminal.say(t.operator.import.done(name, written.fresh.length, written.known.length))
      sayImported(desk, written, dispatch)
      sayIgnored(desk, parsed.ignored)
      if (faults.length > 0) terminal.say(leftOut(faults, labels, voice))
      if (hasJobs() && !(await desk.outside.wakeBot())) terminal.say(t.operator.import.away)
      return true
    })
  },
})

function departmentsOfBadRows(table: Table, faults: readonly RowFault[]): NamedDepartments[] {
  const bad = new Set(faults.map(({ line }) => line))
  const columns = findColumns<keyof typeof itemColumns>(table, itemColumns, [])
  return table.rows
    .filter(({ line }) => bad.has(line))
    .map((row) => {
      const { cells } = cellsByField(row, columns)
      const lead = itemReaders.lead(cells.lead, undefined)
      const co = itemReaders.co(cells.co, undefined)
      return {
        line: row.line,
        lead: lead instanceof Refusal ? null : lead,
        co: co instanceof Refusal ? [] : co,
      }
    })
}

type Written = NonNullable<Imported['written']>

function sayImported(desk: Desk, written: Written, dispatch: boolean): void {
  const { terminal, voice } = desk
  const words = voice.t.operator.import
  const { fresh, differing, dispatched, notDispatched, waiting } = written
  const [first, last] = [fresh[0], fresh.at(-1)]
  if (first !== undefined && last !== undefined) terminal.say(words.codes(first, last))
  if (dispatched.length > 0) sayDispatched(desk, written)
  if (notDispatched.length > 0) terminal.say(words.notDispatched(notDispatched.length))
  if (differing.length > 0) terminal.say(words.differing(differing.length, someCodes(differing, desk)))
  if (dispatch && waiting.length > 0) terminal.say(words.knownNotDispatched(waiting.length))
}

function sayDispatched({ terminal, voice }: Desk, { dispatched }: Written): void {
  const words = voice.t.operator.import
  const total = new Set(dispatched.flatMap(({ assignments }) => assignments.map(({ item }) => item.code)))
    .size
  const rows = dispatched.map(({ department, assignments, hasGroup }) => ({
    department: department.name,
    items: String(assignments.length),
    due: voice.moment(Math.min(...assignments.map(({ dueAt }) => dueAt))),
    group: hasGroup ? words.bound : words.unbound,
  }))
  const { columns } = words
  terminal.say(words.dispatched(total))
  terminal.say(
    tableText(
      [
        { key: 'department', label: columns.department },
        { key: 'items', label: columns.items, align: 'right' },
        { key: 'due', label: columns.due },
        { key: 'group', label: columns.group },
      ],
      rows,
    ),
  )
  if (dispatched.some(({ hasGroup }) => !hasGroup)) terminal.say(words.unboundNote)
}

function someCodes(codes: number[], { voice: { t } }: Desk): string {
  const shown = t.codes(codes.slice(0, codesShown))
  return codes.length > codesShown ? t.operator.import.moreCodes(shown, codes.length) : shown
}
