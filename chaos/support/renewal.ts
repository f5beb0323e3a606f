import { sql } from 'kysely'
import type { App } from '../../src/services/app.ts'

/** Everything is soon dealt with, and then nobody has anything left to do: now and then it all begins again. */
export interface Renewal {
  renew(): Promise<void>
}

/** What can be put back as it was, by its key. */
const kept = { items: 'code', assignments: 'id', feedback: 'id' } as const
const others = [
  "update assignments set status = 'withdrawn', round = -id, next_nudge_at = null where id not in (select id from first_assignments)",
  "update feedback set review = 'superseded' where id not in (select id from first_feedback)",
  "update requests set status = 'dropped' where status = 'pending'",
  'update acts set undone_at = at where undone_at is null',
  'delete from callbacks',
  'delete from department_chats',
  'insert into department_chats select * from first_department_chats',
]

/** From here on. */
export async function renewable({ db }: App): Promise<Renewal> {
  const run = (statement: string) => sql.raw(statement).execute(db.write)
  for (const table of [...Object.keys(kept), 'department_chats'])
    await run(`create table first_${table} as select * from ${table}`)
  const restored = await Promise.all(
    Object.entries(kept).map(async ([table, key]) => {
      const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(
        db.write,
      )
      const columns = rows.map(({ name }) => `${name} = excluded.${name}`).join(', ')
      return `insert into ${table} select * from first_${table} where true on conflict (${key}) do update set ${columns}`
    }),
  )
  return {
    async renew() {
      for (const statement of [...restored, ...others]) await run(statement)
    },
  }
}
