import type { closingZhCN } from './zh-cn-closing.ts'

/** Callback, publication, uptake, closing, reopening and undo. */
export const closingEn: typeof closingZhCN = {}
