/**
 * What the sandbox's page and the sandbox's server say to each other, over HTTP below `/sandbox/api`.
 * Tests speak it too. Ids are the platform's: `ou_…` people, `oc_…` chats, `om_…` messages. Times are epoch milliseconds.
 *
 *   GET  /state                          → SandboxState
 *   GET  /chats/:chat/messages           → SandboxMessage[] oldest first, the threads' messages included
 *   GET  /files/:key                     → the bytes of an image or a file
 *   GET  /stream                         → server-sent events, each `data:` a SandboxEvent
 *   POST /chats/:chat/messages           SendRequest → SandboxMessage
 *   POST /chats/:chat/read               { person }  → {}
 *   POST /messages/:message/action       ActionRequest → ActionResponse
 *   POST /clock                          { control: string } → ClockState
 *   POST /faults                         Partial<Faults> → Faults
 */

export interface SandboxState {
  people: SandboxPerson[]
  chats: SandboxChat[]
  clock: ClockState
  faults: Faults
  /** The bot's own name and id, as the page shows them. */
  bot: { open_id: string; name: string }
  /** Whether a bot holds a long connection (or a webhook is set) at this moment. */
  botOnline: boolean
}

export interface SandboxPerson {
  open_id: string
  name: string
  /** What the page says beside the name: 市农业农村委员会 · 联络员. */
  title: string
}

export interface SandboxChat {
  chat_id: string
  name: string
  kind: 'group' | 'p2p'
  /** Absent: Feishu. On WeChat there are no cards, no threads and no urgent marks; an answer quotes what it answers. */
  platform?: 'feishu' | 'wechat'
  /** open_ids, the bot left out. */
  members: string[]
  botIsMember: boolean
  dissolved: boolean
  /** For the list's preview line; absent in an empty chat. */
  last?: { at: number; sender: string; preview: string }
  /** open_id → how many messages of this chat that person has not seen, and whether one of them mentions them. */
  unread: Record<string, { count: number; mentioned: boolean }>
}

export interface SandboxMessage {
  message_id: string
  chat_id: string
  /** open_id of a person, or the bot's. */
  sender: string
  at: number
  updated_at?: number
  msg_type: 'text' | 'post' | 'image' | 'file' | 'interactive'
  /** text: `{text}` · image: `{image_key}` · file: `{file_key, file_name}` · interactive: the card's JSON 2.0. */
  content: unknown
  mentions: { open_id: string; name: string }[]
  root_id?: string
  parent_id?: string
  thread_id?: string
  /** open_ids of those whom the bot urged (加急) on this message. */
  urged: string[]
  recalled: boolean
}

export interface SendRequest {
  sender: string
  text?: string
  /** open_ids; each must stand in `text` as `@name`. */
  mentions?: string[]
  reply_to?: string
  in_thread?: boolean
  file?: { name: string; type: 'image' | 'file'; base64: string }
}

export interface ActionRequest {
  operator: string
  /** The button's `value` as the card gave it. */
  value: unknown
  name?: string
  /** A form's values by the fields' names, as Feishu sends them (dates as `2026-11-30 +0800`). */
  form_value?: Record<string, unknown>
}

export interface ActionResponse {
  /** What the client shows; an `error` toast too when the bot did not answer within 3 s (code 200341). */
  toast?: { type: 'info' | 'success' | 'error' | 'warning'; content: string }
  /** Feishu's client error, when there was one. */
  error?: number
}

export interface ClockState {
  now: number
  timezone: string
  /** What the host offers; empty when the clock can't be moved. Labels in both languages. */
  controls: { id: string; label: { zh: string; en: string } }[]
}

export type SandboxEvent =
  | { type: 'message'; message: SandboxMessage }
  | { type: 'message-updated'; message: SandboxMessage }
  | { type: 'chat'; chat: SandboxChat }
  | { type: 'clock'; clock: ClockState }
  | { type: 'bot'; online: boolean }

/** The ways in which a call may go wrong; a rate limit names `resetSeconds`, and a hang lasts until the caller gives up. */
export const mishaps = [
  'rate-limit',
  'http-500',
  'http-504',
  'code',
  'hang',
  'hang-after',
  'cut-before',
  'cut-after',
] as const
export type Mishap = (typeof mishaps)[number]

/** Switches to make the platform behave badly. Counts are used up; probabilities stay. */
export interface Faults {
  /** The next so many API calls get 429 with a reset of `resetSeconds`. */
  rateLimitNext: number
  resetSeconds: number
  /** The next so many API calls get this HTTP status and platform code. */
  failNext: { count: number; status: number; code: number }
  /** The next so many API calls are carried out, but the connection is cut before the answer. */
  cutNext: number
  /** Every API call waits so long before it is handled. */
  latencyMs: number
  /** Every event is delivered so many times (1 is normal). */
  duplicateEvents: number
  /** Long connections stay open but silent: nothing is sent, pings are not answered. */
  halfOpen: boolean
  /** Events are split into so many frames, sent in a shuffled order. */
  fragments: number
  /** Group messages that do not mention the bot are brought to it (`im:message.group_msg`). */
  groupMessages: boolean
  /** The next so many requests for a long connection's address get this; `withData` decides whether the SDK gives up. */
  failDiscovery?: { count: number; status: number; code: number; withData: boolean }
  /** This share of the API calls goes wrong, each in one of these ways; `seed` says which, and moves on with each call. */
  failing?: { share: number; ways: Mishap[]; seed: number }
  /** Every copy of an event comes up to so many milliseconds late, each by its own: out of order, after a reconnection. */
  eventDelayMs?: number
}
