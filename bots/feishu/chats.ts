import { z } from 'zod'
import type { FeishuApi } from './client.ts'
import { within } from './within.ts'

export interface ChatInfo {
  kind: 'group' | 'private'
  /** The group's name; a private chat has none. */
  name?: string
}

/** What is known of chats: an event about a card or a membership names its chat only by id. */
export interface Chats {
  note(chatId: string, kind: ChatInfo['kind']): void
  /** Known, or asked of Feishu within a second; a chat that can't be looked up counts as a group, the more careful guess. */
  find(chatId: string): Promise<ChatInfo>
}

const most = 10_000
const lookupMs = 1_000

const chatAnswer = z.object({
  data: z.object({ name: z.string().optional(), chat_mode: z.string().optional() }),
})

export function createChats(api: FeishuApi): Chats {
  const known = new Map<string, ChatInfo>()

  function remember(chatId: string, info: ChatInfo): void {
    known.delete(chatId)
    known.set(chatId, info)
    const oldest = known.keys().next().value
    if (known.size > most && oldest !== undefined) known.delete(oldest)
  }

  async function look(chatId: string): Promise<ChatInfo> {
    const answer = await api.call('chat.get', undefined, (client) =>
      client.im.v1.chat.get({ path: { chat_id: chatId } }),
    )
    const { name, chat_mode } = chatAnswer.parse(answer).data
    const info: ChatInfo =
      chat_mode === 'p2p' ? { kind: 'private' } : { kind: 'group', ...(name && { name }) }
    remember(chatId, info)
    return info
  }

  return {
    note(chatId, kind) {
      if (known.get(chatId)?.kind !== kind) remember(chatId, { kind })
    },
    async find(chatId) {
      const unknown: ChatInfo = { kind: 'group' }
      return (
        known.get(chatId) ??
        within(
          lookupMs,
          look(chatId).catch(() => unknown),
          unknown,
        )
      )
    },
  }
}
