import { type Department, departmentOfChat } from '../db/departments.ts'
import type { Call } from './command.ts'

/** Whose group the call came from. */
export async function departmentHere({
  app,
  incoming,
}: Pick<Call, 'app' | 'incoming'>): Promise<Department | undefined> {
  if (incoming.chat.kind !== 'group') return undefined
  return departmentOfChat(app.db.read, { platform: incoming.platform, chatId: incoming.chat.id })
}
