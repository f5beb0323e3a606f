import { createHash } from 'node:crypto'

interface Sent {
  chat: string
  sender: string
  at: number
  type: number
  text: string
}

/** The same for the same message, where the puppet invents a new id each time that it brings it. */
export function contentKey({ chat, sender, at, type, text }: Sent): string {
  const hash = createHash('sha256').update(JSON.stringify([chat, sender, Math.floor(at / 1000), type, text]))
  return `content:${hash.digest('base64url')}`
}
