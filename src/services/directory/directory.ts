import { addEvents } from '../../db/audit.ts'
import {
  addDepartment,
  bindChat,
  type Department,
  departmentsByName,
  setAliases,
} from '../../db/departments.ts'
import { addMembership, namesakes } from '../../db/people.ts'
import type { Role } from '../../domain/person.ts'
import { UserError } from '../../errors.ts'
import type { Platform } from '../../ports.ts'
import { catchUp } from '../delivery/catch-up.ts'
import type { Work } from '../work.ts'
import { giveAccount } from './accounts.ts'

export interface DirectoryEntry {
  name: string
  aliases: string[]
  chats: { platform: Platform; chat_id: string }[]
  people: { name: string; platform: Platform; account: string; role: Role }[]
}

/** Makes the directory say what these entries say; departments and people that they do not name stay as they are. */
export async function upsertDirectory(
  work: Work,
  entries: DirectoryEntry[],
): Promise<{ departments: number; people: number }> {
  const { db, now } = work
  const known = await departmentsByName(db)
  const people = new Set<number>()
  for (const entry of merged(entries)) {
    const department = known.get(entry.name) ?? (await addDepartment(db, entry.name, now))
    await requireFree(entry, department, known)
    if (entry.aliases.length > 0) await setAliases(db, department, entry.aliases)
    for (const { platform, chat_id } of entry.chats) {
      await bindChat(db, department.id, { platform, chatId: chat_id })
    }
    for (const person of entry.people) {
      // One name in one role of one department is one person, whichever platforms the rows are about.
      const [same, another] = await namesakes(db, person.name, {
        platform: person.platform,
        departmentId: department.id,
        role: person.role,
      })
      const { id } = await giveAccount(work, person, another === undefined ? (same ?? null) : null)
      await addMembership(db, id, department.id, person.role)
      people.add(id)
    }
    // Only now are there people to mention.
    for (const { platform, chat_id } of entry.chats) {
      await catchUp(work, department, { platform, chatId: chat_id })
    }
  }
  await addEvents(db, [
    { at: now, what: 'directory', detail: { departments: entries.length, people: people.size } },
  ])
  return { departments: entries.length, people: people.size }
}

/** What is said of one department in several places is said of it together. */
function merged(entries: DirectoryEntry[]): DirectoryEntry[] {
  const byName = Map.groupBy(entries, ({ name }) => name)
  return [...byName].map(([name, own]) => ({
    name,
    aliases: own.flatMap(({ aliases }) => aliases),
    chats: own.flatMap(({ chats }) => chats),
    people: own.flatMap(({ people }) => people),
  }))
}

/** @throws {UserError} where an alias is another department's */
async function requireFree(
  entry: DirectoryEntry,
  department: Department,
  known: Map<string, Department>,
): Promise<void> {
  for (const alias of entry.aliases) {
    const owner = known.get(alias)
    if (owner && owner.id !== department.id) {
      throw new UserError((t) => t.errors.aliasTaken(alias, owner.name, entry.name))
    }
  }
}
