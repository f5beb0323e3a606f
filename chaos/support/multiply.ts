/**
 * A process of its own: `multiply.ts file:… 50` makes fifty of every item that the database holds, with all that belongs
 * to it. Each copy is a day older than the one before, and has numbers of its own.
 */
import { DatabaseSync } from 'node:sqlite'

const [, , url = '', times] = process.argv
const day = 24 * 60 * 60_000

/** Parents before children. */
const copied = [
  'items',
  'assignments',
  'feedback',
  'requests',
  'events',
  'deliveries',
  'delivery_assignments',
  'item_words',
]
const stays = ['next_nudge_at', 'next_attempt_at']
const unique = ['external_id', 'message_id', 'target_message_id', 'dedupe_key']

multiply(url, Number(times))

function multiply(url: string, copies: number): void {
  const db = new DatabaseSync(url.replace('file:', ''))
  const last = new Map<string, number>()
  const rows = (sql: string) => db.prepare(sql).all() as Record<string, unknown>[]
  const columnsOf = (table: string) => rows(`pragma table_info(${table})`).map(({ name }) => String(name))
  for (const table of copied) {
    const [id = ''] = columnsOf(table)
    last.set(table, Number(rows(`select max(${id}) as last from ${table}`)[0]?.last ?? 0))
  }
  db.exec('pragma synchronous = off; begin')
  for (const table of copied) {
    const parents = new Map(
      rows(`pragma foreign_key_list(${table})`).map(({ from, table: to }) => [String(from), String(to)]),
    )
    const columns = columnsOf(table)
    const values = columns.map((column, index) => {
      const owner = parents.get(column) ?? (index === 0 ? table : undefined)
      if (owner !== undefined) return `${column} + k * ${last.get(owner) ?? 0}`
      if (stays.includes(column)) return column
      if (column === 'at' || column === 'due_from' || column.endsWith('_at')) return `${column} - k * ${day}`
      return unique.includes(column) ? `${column} || '-' || k` : column
    })
    const names = columns.map((column) => `"${column}"`).join(', ')
    db.exec(`
      with recursive copies(k) as (select 1 where ${copies} > 1 union all select k + 1 from copies where k + 1 < ${copies})
      insert into ${table} (${names}) select ${values.join(', ')} from copies, ${table}`)
  }
  db.exec('commit')
  db.close()
}
