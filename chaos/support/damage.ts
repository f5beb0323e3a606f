import type { App } from '../../src/services/app.ts'

/** Reads the whole database. @returns a line where it is not sound */
export async function damageTo({ db }: Pick<App, 'db'>): Promise<string[]> {
  try {
    await db.check()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
