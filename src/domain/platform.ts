/** The chat platforms on which departments and people may have groups and accounts. */
export const platforms = ['feishu', 'wechat'] as const
export type Platform = (typeof platforms)[number]
