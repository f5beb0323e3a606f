/** Who acts: a person has a role in a department; the task force is a department too. */

export const roles = ['lead', 'contact', 'backup', 'leader', 'observer'] as const
export type Role = (typeof roles)[number]
