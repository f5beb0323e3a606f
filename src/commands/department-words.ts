import type { Department } from '../db/departments.ts'
import type { Db } from '../db/schema.ts'
import { UserError } from '../errors.ts'
import { findDepartment, isDepartmentName, resolveDepartment } from '../services/directory/departments.ts'
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

/**
 * Departments one after another, each name of one word or of several.
 * @throws {UserError} where they name none, naming the words that are too many
 */
export async function departmentsNamed(
  db: Db,
  words: readonly string[],
  command: Exclude<CommandName, 'form'>,
): Promise<[Department, ...Department[]]> {
  const first = await nextDepartment(db, words)
  if (!first) return [await departmentNamed(db, words, command)]
  const rest = words.slice(first.length)
  return rest.length === 0
    ? [first.department]
    : [first.department, ...(await departmentsNamed(db, rest, command))]
}

/** The longest run of words at the start that is a department's whole name, else what the first word alone means. */
async function nextDepartment(
  db: Db,
  words: readonly string[],
): Promise<{ department: Department; length: number } | undefined> {
  for (let length = words.length; length > 0; length -= 1) {
    const name = words.slice(0, length).join(' ')
    if (await isDepartmentName(db, name)) return { department: await resolveDepartment(db, name), length }
  }
  const department = await findDepartment(db, words[0] ?? '')
  return department && { department, length: 1 }
}

/** What stands after, or before, a department's whole name. */
async function besideName(db: Db, words: readonly string[]): Promise<string | null> {
  for (let length = words.length - 1; length > 0; length -= 1) {
    if (await isDepartmentName(db, words.slice(0, length).join(' '))) return words.slice(length).join(' ')
    if (await isDepartmentName(db, words.slice(-length).join(' '))) return words.slice(0, -length).join(' ')
  }
  return null
}
