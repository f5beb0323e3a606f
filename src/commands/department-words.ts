import type { Department } from '../db/departments.ts'
import type { Db } from '../db/schema.ts'
import { UserError } from '../errors.ts'
import { findDepartment, isDepartmentName, resolveDepartment } from '../services/departments.ts'
import type { CommandName } from './command.ts'

/**
 * The department that is left in a command's words when all else is read: one name, of one word or of several.
 * @throws {UserError} where they name none, naming the words that are too many
 */
export async function departmentNamed(
  db: Db,
  words: readonly string[],
  command: Exclude<CommandName, 'form'>,
): Promise<Department> {
  const together = words.join(' ')
  const department = await findDepartment(db, together)
  if (department) return department
  const surplus = await besideName(db, words)
  if (surplus === null) return resolveDepartment(db, together)
  throw new UserError((t) => t.errors.usage(t.errors.surplus(surplus), t.commands[command].usage))
}

/** What stands after, or before, a department's whole name. */
async function besideName(db: Db, words: readonly string[]): Promise<string | null> {
  for (let length = words.length - 1; length > 0; length -= 1) {
    if (await isDepartmentName(db, words.slice(0, length).join(' '))) return words.slice(length).join(' ')
    if (await isDepartmentName(db, words.slice(-length).join(' '))) return words.slice(0, -length).join(' ')
  }
  return null
}
