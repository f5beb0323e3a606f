/** What one statement takes: SQLite has a limit of values in one. */
const valuesAtOnce = 1_000

export function inChunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / valuesAtOnce) }, (_, i) =>
    all.slice(i * valuesAtOnce, (i + 1) * valuesAtOnce),
  )
}

/** Runs a statement for so many at a time. @returns what each of them returned, in order; nothing where there is nothing */
export async function chunked<T, Row>(all: readonly T[], run: (some: T[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for (const some of inChunks(all)) for (const row of await run(some)) rows.push(row)
  return rows
}
