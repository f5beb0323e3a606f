import type { directoryZhCN } from './zh-cn-directory.ts'

/** Groups, people, stand-ins, and the citizen’s details. */
export const directoryEn: typeof directoryZhCN = {}
