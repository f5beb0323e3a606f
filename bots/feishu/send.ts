import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Locale } from '../../src/messages/voice.ts'
import type { Messenger, Post } from '../../src/ports.ts'
import { Refused } from '../../src/ports.ts'
import { feishuAbilities } from './abilities.ts'
import { renderCard } from './card.ts'
import type { Chats } from './chats.ts'
import type { FeishuApi } from './client.ts'
import { download } from './download.ts'
import { patchLimit, receiverLimit } from './limits.ts'
import { Locked, lockedMs } from './outcomes.ts'
import { nameOf } from './people.ts'
import { isTextOnly, renderText } from './text.ts'
import { upload } from './upload.ts'

const sentAnswer = z.object({
  data: z.object({ message_id: z.string().min(1), chat_id: z.string().optional() }),
})
const urgedAnswer = z.object({
  data: z.object({ invalid_user_id_list: z.array(z.string()).optional() }).optional(),
})

/** The platform's bounds. */
const maxKey = 50
const maxUrged = 200
/** Tries to change a locked card before it is left for later. */
const patience = 10

export function createMessenger(
  api: FeishuApi,
  { chats, locale, log }: { chats: Chats; locale: Locale; log: Logger },
): Messenger {
  return {
    platform: 'feishu',
    abilities: feishuAbilities,

    async send(post) {
      const { message_id, chat_id } = await (post.replyTo ? reply(post, post.replyTo) : create(post))
      if ('account' in post.to && chat_id) chats.note(chat_id, 'private')
      return { messageId: message_id }
    },

    async update(messageId, message) {
      const content = JSON.stringify(renderCard(message, locale))
      await whileLocked(() =>
        api.call('message.patch', patchLimit(messageId), (client) =>
          client.im.v1.message.patch({ path: { message_id: messageId }, data: { content } }),
        ),
      )
    },

    async urge(messageId, accounts) {
      const people = [...new Set(accounts)]
      let invalid = 0
      for (let first = 0; first < people.length; first += maxUrged) {
        const answer = await api.call('message.urgent', undefined, (client) =>
          client.im.v1.message.urgentApp({
            path: { message_id: messageId },
            params: { user_id_type: 'open_id' },
            data: { user_id_list: people.slice(first, first + maxUrged) },
          }),
        )
        invalid += urgedAnswer.parse(answer).data?.invalid_user_id_list?.length ?? 0
      }
      if (invalid === 0) return
      log.warn({ messageId, invalid, of: people.length }, 'urgent mark did not reach everyone')
      if (invalid >= people.length)
        throw new Refused('person-out-of-scope', 'none of the people can be urged')
    },

    download: (attachment) => download(api, attachment),

    nameOf: (account) => nameOf(api, account),
  }

  async function create(post: Post) {
    const content = await contentOf(post)
    const [receive_id_type, receive_id] =
      'chat' in post.to ? (['chat_id', post.to.chat] as const) : (['open_id', post.to.account] as const)
    const answer = await api.call('message.create', receiverLimit(receive_id), (client) =>
      client.im.v1.message.create({
        params: { receive_id_type },
        data: { receive_id, ...content, uuid: keyOf(post) },
      }),
    )
    return sentAnswer.parse(answer).data
  }

  async function reply(post: Post, messageId: string) {
    const content = await contentOf(post)
    const receiver = 'chat' in post.to ? post.to.chat : post.to.account
    const answer = await api.call('message.reply', receiverLimit(receiver), (client) =>
      client.im.v1.message.reply({
        path: { message_id: messageId },
        data: { ...content, reply_in_thread: post.inThread ?? false, uuid: keyOf(post) },
      }),
    )
    return sentAnswer.parse(answer).data
  }

  async function contentOf({ message, file }: Post): Promise<{ msg_type: string; content: string }> {
    if (file) return { msg_type: 'file', content: JSON.stringify({ file_key: await upload(api, file) }) }
    return isTextOnly(message)
      ? { msg_type: 'text', content: JSON.stringify(renderText(message)) }
      : { msg_type: 'interactive', content: JSON.stringify(renderCard(message, locale)) }
  }
}

/** Within an hour Feishu shows one message of one key; a longer key than it takes is replaced by its digest. */
function keyOf({ key }: Post): string {
  return key.length <= maxKey ? key : createHash('sha256').update(key).digest('hex').slice(0, maxKey)
}

/** A card on which a click is being answered is locked until that is done, which is worth waiting for. */
async function whileLocked<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof Locked) || tries === patience) throw error
      await sleep(lockedMs)
    }
  }
}
