import type { SandboxMessage } from '../../sandbox/api.ts'

interface Table {
  tag: 'table'
  columns: { name: string; display_name: string }[]
  rows: Record<string, unknown>[]
}

/** A card's tables, each row by its columns' labels. */
export function tablesIn({ content }: SandboxMessage): Record<string, unknown>[][] {
  return nodesIn(content).map(({ columns, rows }) =>
    rows.map((row) => Object.fromEntries(columns.map(({ name, display_name }) => [display_name, row[name]]))),
  )
}

function nodesIn(node: unknown): Table[] {
  if (typeof node !== 'object' || node === null) return []
  if ('tag' in node && node.tag === 'table') return [node as Table]
  return Object.values(node).flatMap(nodesIn)
}
