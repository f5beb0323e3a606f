import { sql } from 'kysely'
import type { App } from '../../src/services/app.ts'
import { type Changeable, changeable } from './truth.ts'

type Row = Record<string, string | number | null>

/** A row that was made, changed or taken away: as it was, and as it is. */
export interface Change {
  table: Changeable
  was: Row | null
  is: Row | null
}

/** From now on the database itself notes what is changed: to compare all of it after each act would take too long. */
export async function watchChanges({ db }: App): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db.write)
  await run('create table changed (id integer primary key, name text, was text, is_now text)')
  for (const table of changeable) {
    const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(
      db.write,
    )
    const json = (row: 'old' | 'new') =>
      `json_object(${rows.map(({ name }) => `'${name}', ${row}."${name}"`).join(', ')})`
    for (const [act, was, is] of [
      ['insert', 'null', json('new')],
      ['update', json('old'), json('new')],
      ['delete', json('old'), 'null'],
    ]) {
      await run(
        `create trigger ${table}_${act} after ${act} on ${table} begin
           insert into changed (name, was, is_now) select '${table}', ${was}, ${is} where ${was} is not ${is};
         end`,
      )
    }
  }
}

/** What was changed since it was last asked. */
export async function takeChanges({ db }: App): Promise<Change[]> {
  const { rows } = await sql<{ name: Changeable; was: string | null; is_now: string | null }>`
    select name, was, is_now from changed order by id`.execute(db.read)
  if (rows.length > 0) await sql`delete from changed`.execute(db.write)
  return rows.map(({ name, was, is_now }) => ({ table: name, was: rowOf(was), is: rowOf(is_now) }))
}

function rowOf(json: string | null): Row | null {
  return json === null ? null : (JSON.parse(json) as Row)
}
