/** New items: announcements and the API. */
export const intakeZhCN = {}
