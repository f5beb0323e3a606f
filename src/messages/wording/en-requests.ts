import type { requestsZhCN } from './zh-cn-requests.ts'

/** Return, extension and suspension. */
export const requestsEn: typeof requestsZhCN = {}
