import { distance } from 'fastest-levenshtein'
import { type Department, departmentsByName } from '../db/departments.ts'
import type { Db } from '../db/schema.ts'
import { UserError } from '../errors.ts'

/**
 * The department of that name or alias, or the only one whose names contain it.
 * @throws {UserError} naming the nearest, or those that it could be
 */
export async function resolveDepartment(db: Db, name: string): Promise<Department> {
  const byName = await departmentsByName(db)
  const wanted = name.normalize('NFKC').trim()
  const exact = byName.get(wanted)
  if (exact) return exact
  const containing = [...byName]
    .filter(([alias]) => alias.includes(wanted))
    .map(([, department]) => department)
  const candidates = [...new Map(containing.map((department) => [department.id, department])).values()]
  const [only] = candidates
  if (only && candidates.length === 1) return only
  if (candidates.length > 1) {
    throw new UserError((t) =>
      t.errors.ambiguousDepartment(
        wanted,
        t.list(candidates.slice(0, 5).map((department) => department.name)),
      ),
    )
  }
  const near = nearest(wanted, byName)
  throw new UserError((t) => t.errors.noSuchDepartment(wanted, near))
}

function nearest(wanted: string, byName: Map<string, Department>): string | null {
  const [best] = [...byName]
    .map(([alias, department]) => ({ alias, name: department.name, steps: distance(wanted, alias) }))
    .sort((a, b) => a.steps - b.steps)
  return best && best.steps <= Math.max(1, Math.floor(best.alias.length / 2)) ? best.name : null
}
