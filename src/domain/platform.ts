/** The chat platforms on which departments and people may have groups and accounts. */
export const platforms = ['feishu', 'wechat'] as const
export type Platform = (typeof platforms)[number]

/**
 * The login of the bot under which a group or a person is known by that id. Where the bot can be somebody else tomorrow,
 * an id is `<puppet>/<the bot's account>/<kind>/<id>`; empty where one is good whoever the bot is.
 */
export function loginOf(id: string): string {
  const parts = id.split('/')
  return parts.length === 4 ? parts.slice(0, 2).join('/') : ''
}
