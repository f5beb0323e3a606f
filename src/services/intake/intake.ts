import type { Department } from '../../db/departments.ts'
import { itemStatusesOf } from '../../db/item-pages.ts'
import type { ItemStatus } from '../../domain/item.ts'
import { UserError } from '../../errors.ts'
import type { App } from '../app.ts'
import { work } from '../work.ts'
import { collect } from './collect.ts'
import { findDepartments } from './import.ts'
import { announceUrgent } from './intake-announce.ts'
import { departmentFaults, type IntakeFault, type ReadItem, readIntake } from './intake-fields.ts'

export interface TakenItem {
  code: number
  new: boolean
  status: ItemStatus
  /** Fields that mean nothing here. */
  ignored?: string[]
}

/**
 * Takes in what another system sends, all of it or, where anything is wrong, nothing: one transaction, and one
 * announcement of what is urgent in it.
 * @param from the name of that system's token
 * @throws {UserError} where departments are named and there are none at all
 */
export async function takeIn(
  app: App,
  sent: readonly unknown[],
  from: string,
): Promise<{ faults: IntakeFault[] } | { taken: TakenItem[] }> {
  const read = readIntake(sent, app.voice)
  const departments = await findDepartments(app, read)
  const faults = read.flatMap((one, index) => [
    ...one.faults,
    ...departmentFaults(one, index, departments, app.voice),
  ])
  if (faults.length > 0) return { faults }
  const items = read.flatMap(({ item }) => item ?? [])
  return work(app, async (current) => {
    const collected = await collect(current, items, (item) => ({
      from,
      ...namedIn(app, item, departments),
    }))
    const codes = collected.map(({ code }) => code)
    await announceUrgent(
      current,
      collected.filter(({ isNew }) => isNew).map(({ code }) => code),
    )
    const statuses = await itemStatusesOf(current.db, codes)
    const taken = collected.map(({ code, isNew }, index): TakenItem => {
      const ignored = read[index]?.ignored ?? []
      return {
        code,
        new: isNew,
        status: statuses.get(code) ?? 'triage',
        ...(ignored.length > 0 ? { ignored } : {}),
      }
    })
    return { taken }
  })
}

/** Whom the other system would give it to, for the task force to see: it is they who dispatch. */
function namedIn(
  { voice: { t } }: App,
  { lead, co }: Pick<ReadItem, 'lead' | 'co'>,
  departments: ReadonlyMap<string, Department | UserError>,
): { lead?: string; co?: string[]; reason?: string } {
  const full = (name: string) => {
    const found = departments.get(name)
    return found === undefined || found instanceof UserError ? name : found.name
  }
  const names = {
    ...(lead === null ? {} : { lead: full(lead) }),
    ...(co.length > 0 ? { co: co.map(full) } : {}),
  }
  const all = [...(lead === null ? [] : [full(lead)]), ...co.map(full)]
  return all.length === 0 ? {} : { ...names, reason: t.intake.named(t.list(all)) }
}
