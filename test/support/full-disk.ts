import { vi } from 'vitest'
import { Unwritable } from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'

/** From now on nothing can be written, until that is restored. */
export function fullDisk({ db }: App) {
  return vi.spyOn(db.write, 'transaction').mockImplementation(() => {
    throw new Unwritable('the disk is full')
  })
}
