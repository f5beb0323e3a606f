import { readFileSync } from 'node:fs'
import path from 'node:path'
import { accounts, type Who } from './town.ts'

/** `own`: about the own department's items alone. */
export type May = '✓' | 'own' | '–'

export interface Row {
  says: string
  does: string
  /** Where alone it is allowed; empty: everywhere. */
  where: string
  may: Record<Who, May>
}

const everybody = Object.keys(accounts) as Who[]

/** The rows below a heading of `who-may-what.md`. */
export function rowsOf(heading: string): Row[] {
  const text = readFileSync(path.join(import.meta.dirname, 'who-may-what.md'), 'utf8')
  const [, section = ''] = text.split(`\n## ${heading}\n`)
  const lines =
    section
      .split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('|')) ?? []
  const [head = [], , ...rows] = lines.map(cellsOf)
  return rows.map((cells) => {
    const cell = (name: string) => cells[head.indexOf(name)] ?? ''
    const may = Object.fromEntries(everybody.map((who) => [who, mayOf(cell(who))])) as Row['may']
    return { says: cells[0] ?? '', does: cell('does'), where: cell('where'), may }
  })
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

function mayOf(cell: string): May {
  if (cell === '✓' || cell === 'own' || cell === '–') return cell
  throw new Error(`the table has a cell that says “${cell}”`)
}
