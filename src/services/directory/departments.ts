import { distance } from 'fastest-levenshtein'
import { type Department, departmentsByName } from '../../db/departments.ts'
import type { Db } from '../../db/schema.ts'
import { UserError } from '../../errors.ts'

/**
 * The department of that name or alias, or the only one whose names contain it; capitals don't matter.
 * @throws {UserError} naming the nearest, or those that it could be
 */
export async function resolveDepartment(db: Db, name: string): Promise<Department> {
  const department = await findDepartment(db, name)
  if (department) return department
  const near = nearest(folded(name), await foldedNames(db))
  throw new UserError((t) => t.errors.noSuchDepartment(name.trim(), near))
}

/** As `resolveDepartment`, but that a name nobody has finds nothing. @throws {UserError} naming those that it could be */
export async function findDepartment(db: Db, name: string): Promise<Department | undefined> {
  const names = await foldedNames(db)
  const wanted = folded(name)
  const exact = names.get(wanted)
  if (exact) return exact
  const containing = [...names].filter(([alias]) => alias.includes(wanted))
  const candidates = [...new Map(containing.map(([, department]) => [department.id, department])).values()]
  if (candidates.length <= 1) return candidates[0]
  throw new UserError((t) =>
    t.errors.ambiguousDepartment(name.trim(), t.list(candidates.slice(0, 5).map((found) => found.name))),
  )
}

/** Whether it is a department's name or alias as a whole. */
export async function isDepartmentName(db: Db, name: string): Promise<boolean> {
  return (await foldedNames(db)).has(folded(name))
}

/** Departments by their whole names and aliases, for who looks for many. */
export interface WholeNames {
  find(name: string): Department | undefined
  /** No name has more. */
  mostWords: number
}

export async function wholeNames(db: Db): Promise<WholeNames> {
  const names = await foldedNames(db)
  return {
    find: (name) => names.get(folded(name)),
    mostWords: Math.max(0, ...[...names.keys()].map((name) => name.split(' ').length)),
  }
}

async function foldedNames(db: Db): Promise<Map<string, Department>> {
  const byName = await departmentsByName(db)
  return new Map([...byName].map(([name, department]) => [folded(name), department]))
}

/** What people don't write twice the same way: capitals, width, and what stands between the words. */
function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,、;]+/)
    .filter((word) => word !== '')
    .join(' ')
}

function nearest(wanted: string, names: Map<string, Department>): string | null {
  const [best] = [...names]
    .map(([alias, department]) => ({ alias, name: department.name, steps: distance(wanted, alias) }))
    .sort((a, b) => a.steps - b.steps)
  return best && best.steps <= Math.max(1, Math.floor(best.alias.length / 2)) ? best.name : null
}
