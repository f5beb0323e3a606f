/** New items: announcements and the API. */
export const intakeZhCN = {
  /** Of nudges that are not all of overdue items. */
  copyTitle: (count: number, late: number) =>
    `【催办抄送】${count}项事项${late === 0 ? '' : `，其中${late}项已逾期`}`,
}
