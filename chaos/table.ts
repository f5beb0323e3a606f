import type { Figures } from './scenario.ts'

export interface Row extends Figures {
  name: string
  seconds: number
}

const columns: [title: string, value: (row: Row) => string][] = [
  ['scenario', ({ name }) => name],
  ['faults injected', ({ faults }) => String(faults)],
  ['operations', ({ operations }) => String(operations)],
  ['lost', ({ lost }) => String(lost.length)],
  ['doubled', ({ doubled }) => String(doubled.length)],
  ['seconds', ({ seconds }) => seconds.toFixed(0)],
]

/** The lines of what was lost or doubled, so many of each at most. */
const shown = 20

export function printTable(rows: Row[]): void {
  const cells = [
    columns.map(([title]) => title),
    ...rows.map((row) => columns.map(([, value]) => value(row))),
  ]
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  console.log()
  for (const line of cells) {
    console.log(
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   '),
    )
  }
  for (const { name, notes, lost, doubled } of rows) {
    const lines = [...notes, ...few('lost', lost), ...few('doubled', doubled)]
    if (lines.length > 0) console.log(`\n${name}\n${lines.map((line) => `  ${line}`).join('\n')}`)
  }
}

function few(what: string, lines: string[]): string[] {
  const more = lines.length - shown
  return [
    ...lines.slice(0, shown).map((line) => `${what}: ${line}`),
    ...(more > 0 ? [`${what}: … and ${more} more`] : []),
  ]
}
