import { randomUUID } from 'node:crypto'
import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import { type Office, personOf, type World } from './duban.ts'
import { look } from './truth.ts'

/**
 * What the bot answers to words that come to it directly, past the platform and its five messages a second to one
 * group: for tables of many cases. The answers stay in the outbox, for the platform knows nothing of the words.
 * @returns the answer as JSON, null where it stays silent
 */
export async function told(
  world: World,
  { chat, people, name }: Office,
  who: string,
  text: string,
  kind: 'group' | 'private' = 'group',
): Promise<string | null> {
  const messageId = `om_${randomUUID()}`
  const handle = createRouter({ ...world.duban.app, queue: { schedule: async () => {} } }, commands)
  await handle({
    kind: 'text',
    platform: 'feishu',
    ids: [messageId],
    at: world.clock.now(),
    chat: { id: chat.chat_id, kind },
    sender: { account: personOf({ chat, people, name }, who).open_id },
    messageId,
    text,
    mentionsBot: false,
    mentions: [],
    replyTo: [],
    attachments: [],
  })
  const answer = await look(world, (db) =>
    db
      .selectFrom('deliveries')
      .select('payload')
      .where('target_message_id', '=', messageId)
      .executeTakeFirst(),
  )
  return answer?.payload ?? null
}
