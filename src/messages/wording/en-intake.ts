import type { intakeZhCN } from './zh-cn-intake.ts'

/** New items: announcements and the API. */
export const intakeEn: typeof intakeZhCN = {
  copyTitle: (count, late) =>
    `[Copy of nudges] ${count} item${count === 1 ? '' : 's'}${late === 0 ? '' : `, ${late} overdue`}`,
}
