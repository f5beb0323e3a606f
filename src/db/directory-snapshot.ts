import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** The whole directory, each fact by a key of its own: two snapshots show what changed between them. */
export interface DirectorySnapshot {
  /** By name: the aliases and the groups, each as one text. */
  departments: Map<string, { aliases: string; chats: string }>
  /** The people's names by their ids. */
  people: Map<number, string>
  memberships: Set<string>
}

export async function directorySnapshot(db: Kysely<Schema>): Promise<DirectorySnapshot> {
  const departments = await db.selectFrom('departments').select(['id', 'name']).orderBy('id').execute()
  const names = await db.selectFrom('department_names').selectAll().orderBy('name').execute()
  const chats = await db.selectFrom('department_chats').selectAll().orderBy('platform').execute()
  const aliases = Map.groupBy(names, (row) => row.department_id)
  const groups = Map.groupBy(chats, (row) => row.department_id)
  const people = await db.selectFrom('people').select(['id', 'name']).execute()
  const memberships = await db.selectFrom('memberships').selectAll().execute()
  return {
    departments: new Map(
      departments.map(({ id, name }) => [
        name,
        {
          aliases: (aliases.get(id) ?? []).map((row) => row.name).join('\n'),
          chats: (groups.get(id) ?? []).map((row) => `${row.platform} ${row.chat_id}`).join('\n'),
        },
      ]),
    ),
    people: new Map(people.map(({ id, name }) => [id, name])),
    memberships: new Set(memberships.map((row) => `${row.person_id} ${row.department_id} ${row.role}`)),
  }
}
