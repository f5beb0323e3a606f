import type { WechatSide } from '../server/wechat.ts'

/** A message of the sandbox as WeChat's clients hold it. */
export interface Said {
  id: string
  name: string
  inRoom: boolean
  text: string
  file?: { key: string; name: string; isImage: boolean }
  quoted?: Said
}

export function saidIn(wechat: WechatSide, messageId: string): Said {
  const message = wechat.message(messageId)
  const { sender, mentions, chat_id, parent_id, msg_type } = message
  const content = JSON.parse(message.content) as Record<string, string>
  const isImage = msg_type === 'image'
  const key = isImage ? content.image_key : content.file_key
  return {
    id: messageId,
    name: wechat.nameOf(sender),
    inRoom: wechat.chat(chat_id).kind === 'group',
    text: withMentions(content.text ?? '', mentions),
    ...(key !== undefined && { file: { key, name: wechat.file(key).name, isImage } }),
    ...(parent_id !== undefined && { quoted: saidIn(wechat, parent_id) }),
  }
}

/** What a quote shows in place of a file. */
export function nameOfFile({ name, isImage }: NonNullable<Said['file']>): string {
  return isImage ? '图片' : name
}

/** WeChat's clients set a mention off with a narrow space of their own. */
function withMentions(text: string, mentions: { key: string; name: string }[]): string {
  return text.replaceAll(/(@_user_\d+) ?/g, (written, key) => {
    const mention = mentions.find((candidate) => candidate.key === key)
    return mention ? `@${mention.name}\u2005` : written
  })
}
