import type { intakeZhCN } from './zh-cn-intake.ts'

/** New items: announcements and the API. */
export const intakeEn: typeof intakeZhCN = {}
