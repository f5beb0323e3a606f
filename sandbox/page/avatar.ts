import { html, type TemplateResult } from 'lit-html'
import type { SandboxChat } from '../api.ts'
import { isBot, nameOf } from './select.ts'
import { state } from './store.ts'

const hues = 10

/** A person's or the bot's: initials on a colour that stays theirs. */
export function avatar(id: string, size: 'small' | 'medium' | 'large' = 'medium'): TemplateResult {
  if (isBot(id)) {
    return html`<span class="avatar avatar-${size} avatar-bot" aria-hidden="true">
      <svg viewBox="0 0 20 20"><path d="M4.500 5h11A1.500 1.500 0 0 1 17 6.500v6a1.500 1.500 0 0 1-1.500 1.500h-5L7 16.800V14H4.500A1.500 1.500 0 0 1 3 12.500v-6A1.500 1.500 0 0 1 4.500 5z" fill="currentColor"/><path class="avatar-tick" d="m7 9.400 2.200 2.200 4-4.200"/></svg>
    </span>`
  }
  return html`<span class="avatar avatar-${size} hue-${hueOf(id)}" aria-hidden="true">${initials(nameOf(id))}</span>`
}

/** A group's is square; a private chat shows the other side. */
export function chatAvatar(chat: SandboxChat): TemplateResult {
  if (chat.kind === 'p2p') {
    return avatar(chat.members.find((one) => one !== state.me) ?? state.bot.open_id)
  }
  return html`<span class="avatar avatar-medium avatar-group hue-${hueOf(chat.chat_id)}" aria-hidden="true">
    ${groupInitials(chat.name)}
  </span>`
}

const doubleSurnames = /^(欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|长孙)/

/** The surname of a Chinese name, the initials of another. */
export function initials(name: string): string {
  const surname = doubleSurnames.exec(name)?.[0] ?? /^\p{Script=Han}/u.exec(name)?.[0]
  if (surname) return surname
  const words = name.split(/[\s_.-]+/).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase())
    .join('')
}

/** The two characters that tell a group from its neighbours: 市农业农村委员会 is 农业. */
function groupInitials(name: string): string {
  if (!/\p{Script=Han}/u.test(name)) return initials(name)
  const plain = [...name.replace(/^(上海市|上海|市|区)/, '')].filter((one) => /[\p{Script=Han}\d]/u.test(one))
  return plain.slice(0, 2).join('')
}

function hueOf(id: string): number {
  let hash = 0
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return hash % hues
}
