import { z } from 'zod'
import type { IncomingText } from '../../../src/ports.ts'
import { readContent } from './content.ts'
import { Dropped, epochMs, read } from './read.ts'

const id = z.string().min(1)
const optionalId = z.string().nullish()
const mention = z.object({
  key: id,
  id: z.object({ open_id: optionalId }).nullish(),
  name: z.string().nullish(),
})
type Mention = z.infer<typeof mention>

const messageEvent = z.object({
  event_id: id,
  sender: z.object({ sender_type: z.string(), sender_id: z.object({ open_id: id }).nullish() }),
  message: z.object({
    message_id: id,
    root_id: optionalId,
    parent_id: optionalId,
    create_time: z.string().regex(/^\d{1,17}$/),
    chat_id: id,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z.array(mention).nullish(),
  }),
})

/** `im.message.receive_v1`. Without `botOpenId` no mention is known as the bot's. */
export function readMessage(event: unknown, botOpenId: string | undefined): IncomingText | Dropped {
  const parsed = read(messageEvent, event)
  if (parsed instanceof Dropped) return parsed
  const { event_id, sender, message } = parsed
  if (sender.sender_type !== 'user') return new Dropped(`sent by ${sender.sender_type.slice(0, 30)}`, true)
  if (!sender.sender_id) return new Dropped('malformed: sender.sender_id is missing')
  const content = readContent(message.message_type, message.content)
  if (content instanceof Dropped) return content

  const { text, mentioned } = resolveMentions(content.text, message.mentions ?? [], botOpenId)
  const isBot = ({ id }: Mention) => botOpenId !== undefined && id?.open_id === botOpenId
  return {
    kind: 'text',
    platform: 'feishu',
    ids: [event_id, message.message_id],
    at: epochMs(message.create_time),
    chat: { id: message.chat_id, kind: message.chat_type === 'p2p' ? 'private' : 'group' },
    sender: { account: sender.sender_id.open_id },
    messageId: message.message_id,
    text,
    mentionsBot: mentioned.some(isBot),
    mentions: mentioned.flatMap((person) =>
      person.id?.open_id && !isBot(person) ? [{ account: person.id.open_id, name: person.name ?? '' }] : [],
    ),
    replyTo: distinct([message.parent_id, message.root_id]),
    attachments: content.attachments.map((attachment) => ({ ...attachment, messageId: message.message_id })),
  }
}

/** Each key becomes `@name`, the bot's own nothing; those mentioned come out each once, in the text's order. */
function resolveMentions(
  text: string,
  mentions: Mention[],
  botOpenId: string | undefined,
): { text: string; mentioned: Mention[] } {
  const byKey = new Map(mentions.map((mention) => [mention.key, mention]))
  const mentioned = new Map<string, Mention>()
  const resolved = text.replace(/@_(?:user_\d+|all)( ?)/g, (match, space: string) => {
    const key = match.trimEnd()
    const found = byKey.get(key)
    if (found) mentioned.set(found.id?.open_id || key, found)
    if (found && botOpenId !== undefined && found.id?.open_id === botOpenId) return ''
    if (key === '@_all') return `@${found?.name ?? '所有人'}${space}`
    return found ? `@${found.name ?? ''}${space}` : match
  })
  return { text: resolved.trim(), mentioned: [...mentioned.values()] }
}

function distinct(ids: (string | null | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => id !== undefined && id !== null && id !== ''))] as string[]
}
