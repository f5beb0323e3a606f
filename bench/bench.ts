/** One measurement: what it prints is a row of the table. */
export interface Bench {
  name: string
  run(): Promise<Figure[]>
}

export interface Figure {
  what: string
  value: string
  /** What must be reached. */
  wanted: string
}

export function milliseconds(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`
}

/** The value below which that share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
