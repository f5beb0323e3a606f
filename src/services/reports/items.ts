import { type ItemRow, itemByCode } from '../../db/items.ts'
import type { Db } from '../../db/schema.ts'
import { UserError } from '../../errors.ts'

/** The item of that number. @throws {UserError} where there is none */
export async function itemOf(db: Db, code: number): Promise<ItemRow> {
  const item = await itemByCode(db, code)
  if (!item) throw new UserError((t) => t.errors.noSuchItem(code))
  return item
}
