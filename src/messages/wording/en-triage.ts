import type { triageZhCN } from './zh-cn-triage.ts'

/** Triage 研判: dispatch, merge, decline; similar items and suggested departments. */
export const triageEn: typeof triageZhCN = {}
