import type { SandboxMessage } from '../api.ts'
import { t } from './i18n.ts'
import { nameOf } from './select.ts'

/** A message in one line of plain words, for quotes and labels. */
export function plainText(message: SandboxMessage): string {
  if (message.recalled) return t('recalled', { name: nameOf(message.sender) })
  const content = asRecord(message.content)
  switch (message.msg_type) {
    case 'text':
      return plainMentions(String(content.text ?? ''))
    case 'post':
      return postLines(content)
        .map((line) => line.map((piece) => String(asRecord(piece).text ?? '')).join(''))
        .join(' ')
    case 'image':
      return t('image')
    case 'file':
      return `${t('file')} ${content.file_name ?? ''}`
    case 'interactive':
      return `${t('card')} ${cardTitle(content)}`
    default:
      return ''
  }
}

/** The header's title of a card; empty when it has none. */
export function cardTitle(card: Record<string, unknown>): string {
  return String(asRecord(asRecord(card.header).title).content ?? '')
}

/** The lines of a rich text, in whichever language it has. */
export function postLines(content: Record<string, unknown>): unknown[][] {
  const inner = asRecord(content.zh_cn ?? content.en_us ?? content)
  return Array.isArray(inner.content) ? inner.content.filter(Array.isArray) : []
}

/** `<at user_id="ou_1">Name</at>` as `@Name`. */
function plainMentions(text: string): string {
  return text.replace(/<at user_id="([^"]+)">([^<]*)<\/at>/g, (_, id: string, name: string) =>
    id === 'all' ? `@${t('everyone')}` : `@${name || nameOf(id)}`,
  )
}

/** An object to read fields from, whatever came; JSON in a string is read. */
export function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value === 'string') {
    try {
      return asRecord(JSON.parse(value))
    } catch {
      return {}
    }
  }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
