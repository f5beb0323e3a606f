import type { reportsZhCN } from './zh-cn-reports.ts'

/** Digests, reports and exports. */
export const reportsEn: typeof reportsZhCN = {}
