import type { Faults } from '../api.ts'
import { type Address, writeAddress } from './address.ts'
import * as api from './api.ts'
import { type Lang, setLanguage, t } from './i18n.ts'
import { draftAt, foldable, messagesOf, openChat } from './select.ts'
import { type Attachment, change, state } from './store.ts'
import { loadMessages, upsertMessage } from './sync.ts'
import { toast } from './toast.ts'

/** What the one before the screen can do, whatever button it hangs on. */

export function takeLanguage(lang: Lang): void {
  setLanguage(lang)
  localStorage.setItem('lang', lang)
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  change({ lang })
  writeAddress()
}

/** Becomes somebody else; the open chat stays open where the new person is in it too. */
export function takePerson(id: string): void {
  if (id === state.me) return
  become(id)
  writeAddress()
  void markRead()
}

function become(id: string): void {
  const recent = [id, ...state.recent.filter((one) => one !== id)].slice(0, 8)
  localStorage.setItem('recent', JSON.stringify(recent))
  change({ me: id, recent, personQuery: '', chatQuery: '' })
  const chat = openChat()
  change({ chat: chat?.chat_id, thread: chat && state.thread, firstUnread: undefined, hidden: undefined })
  if (chat) settle(chat.chat_id)
}

export function takeChat(id: string): void {
  showChat(id)
  writeAddress({ step: true })
}

function showChat(id: string): void {
  change({ chat: id, thread: undefined, firstUnread: undefined, hidden: undefined })
  void loadMessages(id).then(() => {
    if (state.chat === id) settle(id)
    return markRead()
  })
}

export function leaveChat(): void {
  change({ chat: undefined, thread: undefined })
  writeAddress({ step: true })
}

export function openThread(root: string): void {
  change({ thread: root })
  writeAddress()
}

export function closeThread(): void {
  change({ thread: undefined })
  writeAddress()
}

/** Shows what the URL selects: at the start, and when the browser goes back or forward. */
export function followAddress(address: Address): void {
  if (address.lang && address.lang !== state.lang) takeLanguage(address.lang)
  if (address.as && address.as !== state.me && state.people.some((one) => one.open_id === address.as)) {
    become(address.as)
  }
  const chat = state.chats.find((one) => one.chat_id === address.chat)
  if (!chat?.members.includes(state.me)) {
    change({ chat: undefined, thread: undefined })
  } else {
    if (chat.chat_id !== state.chat) showChat(chat.chat_id)
    change({ thread: address.thread })
  }
  writeAddress()
}

/** Tells the server that the open chat was seen; not while the page is hidden. */
export async function markRead(): Promise<void> {
  const chat = openChat()
  const unread = chat?.unread[state.me]
  if (!chat || !unread?.count || document.visibilityState !== 'visible') return
  chat.unread[state.me] = { count: 0, mentioned: false }
  change()
  await api.postRead(chat.chat_id, state.me).catch(() => {})
}

/**
 * Sends what the draft holds: its files, then its text. The draft is emptied at once; what could not be sent comes
 * back to it.
 */
export async function sendDraft(key: string, thread: string | undefined): Promise<void> {
  const chat = openChat()
  const draft = draftAt(key)
  const text = draft.text.trim()
  if (!chat || chat.dissolved || (!text && draft.files.length === 0)) return
  const { files, mentions } = draft
  const sender = state.me
  const target = thread
    ? { reply_to: draft.replyTo ?? thread, in_thread: true }
    : draft.replyTo
      ? { reply_to: draft.replyTo }
      : {}
  state.drafts.set(key, { text: '', mentions: [], files: [] })
  change()

  const unsent = [...files]
  try {
    for (const file of files) {
      const content = { name: file.name, type: file.type, base64: await base64Of(file.data) }
      upsertMessage(await api.postMessage(chat.chat_id, { sender, ...target, file: content }))
      unsent.shift()
      if (file.url) URL.revokeObjectURL(file.url)
    }
    if (text) {
      const mentioned = mentions.filter((one) => text.includes(`@${one.name}`)).map((one) => one.open_id)
      const request = { sender, ...target, text, mentions: [...new Set(mentioned)] }
      upsertMessage(await api.postMessage(chat.chat_id, request))
    }
  } catch (error) {
    const written = draftAt(key)
    state.drafts.set(key, {
      ...draft,
      text: [draft.text, written.text].filter(Boolean).join('\n'),
      mentions: [...draft.mentions, ...written.mentions],
      files: [...unsent, ...written.files],
    })
    toast('error', t('sendFailed', { reason: reasonOf(error) }))
  }
  change()
}

const megabyte = 1024 * 1024

/** Adds files to a draft; those that the platform would refuse are named and left out. */
export function attach(key: string, files: Iterable<File>): void {
  const draft = draftAt(key)
  for (const file of files) {
    const type: Attachment['type'] = file.type.startsWith('image/') ? 'image' : 'file'
    const name = file.name || t('unnamedFile')
    if (file.size === 0) toast('error', t('fileEmpty', { name }))
    else if (type === 'image' && file.size > 10 * megabyte) toast('error', t('imageTooBig', { name }))
    else if (file.size > 30 * megabyte) toast('error', t('fileTooBig', { name }))
    else {
      const url = type === 'image' ? URL.createObjectURL(file) : undefined
      draft.files.push({ id: crypto.randomUUID(), name, type, size: file.size, data: file, url })
    }
  }
  change()
}

export async function moveClock(control: string): Promise<void> {
  if (state.clockMoving) return
  change({ clockMoving: true })
  try {
    change({ clock: await api.postClock(control), clockReadAt: Date.now() })
  } catch (error) {
    toast('error', t('clockFailed', { reason: reasonOf(error) }))
  }
  change({ clockMoving: false })
}

/** Returns whether the server took them. */
export async function saveFaults(faults: Partial<Faults>): Promise<boolean> {
  try {
    change({ faults: await api.postFaults(faults) })
    toast('success', t('faultsSaved'))
    return true
  } catch (error) {
    toast('error', t('faultsFailed', { reason: reasonOf(error) }))
    return false
  }
}

export async function refreshFaults(): Promise<void> {
  const fresh = await api.fetchState().catch(() => undefined)
  if (fresh) change({ faults: fresh.faults })
}

/** Asks in a dialog; resolves to whether the answer was yes. */
export function ask(title: string, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      change({ question: undefined })
      resolve(yes)
    }
    change({ question: { title, text, answer } })
  })
}

/** Brings a message into view, wherever it is, and draws the eye to it for a moment. */
export function showMessage(chat: string, id: string): void {
  if (state.chat !== chat) takeChat(chat)
  void loadMessages(chat).then(() => {
    const message = messagesOf(chat).find((one) => one.message_id === id)
    if (!message) return
    const inThread = message.thread_id && message.root_id && message.root_id !== id
    change({ flashed: id, hidden: 0, ...(inThread ? { thread: message.root_id } : {}) })
    const bringIntoView = () =>
      document.querySelector(`[data-message-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'center' })
    // A column that is drawn for the first time goes to its end in the first frame.
    requestAnimationFrame(() => requestAnimationFrame(bringIntoView))
    setTimeout(() => change({ flashed: undefined }), 2_000)
  })
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Fixes, once a chat's messages are there, where what is new begins and how many old ones stay folded away. */
function settle(chat: string): void {
  change({ firstUnread: firstUnread(chat), hidden: foldable(chat) })
}

/** The oldest of the messages that the person has not seen: the unread count says how many of others' there are. */
function firstUnread(chat: string): string | undefined {
  let left = state.chats.find((one) => one.chat_id === chat)?.unread[state.me]?.count ?? 0
  let first: string | undefined
  for (const message of messagesOf(chat).toReversed()) {
    if (left === 0) break
    if (message.sender === state.me) continue
    first = message.message_id
    left -= 1
  }
  return first
}

async function base64Of(data: Blob): Promise<string> {
  const bytes = new Uint8Array(await data.arrayBuffer())
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  }
  return btoa(pieces.join(''))
}
