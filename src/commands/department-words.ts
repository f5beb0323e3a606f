import type { Department } from '../db/departments.ts'
import type { Db } from '../db/schema.ts'
import { UserError } from '../errors.ts'
import {
  findDepartment,
  resolveDepartment,
  type WholeNames,
  wholeNames,
} from '../services/directory/departments.ts'
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
  const surplus = besideName(await wholeNames(db), words)
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
  const names = await wholeNames(db)
  const found: Department[] = []
  let rest = words
  while (rest.length > 0) {
    const next = await nextDepartment(db, names, rest)
    found.push(next?.department ?? (await departmentNamed(db, rest, command)))
    rest = next ? rest.slice(next.length) : []
  }
  const [first, ...others] = found
  return first ? [first, ...others] : [await departmentNamed(db, words, command)]
}

/** The longest run of words at the start that is a department's whole name, else what the first word alone means. */
async function nextDepartment(
  db: Db,
  names: WholeNames,
  words: readonly string[],
): Promise<{ department: Department; length: number } | undefined> {
  for (let length = Math.min(words.length, names.mostWords); length > 0; length -= 1) {
    const department = names.find(words.slice(0, length).join(' '))
    if (department) return { department, length }
  }
  const department = await findDepartment(db, words[0] ?? '')
  return department && { department, length: 1 }
}

/** What stands after, or before, a department's whole name. */
function besideName(names: WholeNames, words: readonly string[]): string | null {
  for (let length = Math.min(words.length - 1, names.mostWords); length > 0; length -= 1) {
    if (names.find(words.slice(0, length).join(' '))) return words.slice(length).join(' ')
    if (names.find(words.slice(-length).join(' '))) return words.slice(0, -length).join(' ')
  }
  return null
}
