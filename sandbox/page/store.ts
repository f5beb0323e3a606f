import type { ClockState, Faults, SandboxChat, SandboxMessage, SandboxPerson } from '../api.ts'
import type { Lang } from './i18n.ts'

/** All that the page knows. Change it through `change`, which has the page drawn again. */
export interface State {
  phase: 'loading' | 'failed' | 'ready'
  failure: string
  /** Whether the stream of events is up. */
  connected: boolean

  people: SandboxPerson[]
  chats: SandboxChat[]
  clock: ClockState
  /** This machine's time when `clock` was read: the clock goes on from there. */
  clockReadAt: number
  clockMoving: boolean
  faults: Faults
  bot: { open_id: string; name: string }
  botOnline: boolean
  /** By chat; a chat that was never opened is absent. */
  messages: Map<string, Loaded>

  lang: Lang
  me: string
  chat: string | undefined
  /** The root message of the open thread. */
  thread: string | undefined
  /** Persons taken before, the latest first. */
  recent: string[]

  chatQuery: string
  personQuery: string
  /** By `draftKey`. */
  drafts: Map<string, Draft>
  /** The first message that was unread when the chat was opened. */
  firstUnread: string | undefined
  /** How many of the open chat's oldest messages wait behind a button; settled once it is loaded. */
  hidden: number | undefined
  /** Long texts that were unfolded. */
  unfolded: Set<string>
  /** A message to draw the eye to. */
  flashed: string | undefined
  toasts: Toast[]
  question: Question | undefined
  preview: { src: string; alt: string } | undefined
}

export type Loaded =
  | { phase: 'loading' }
  | { phase: 'failed'; reason: string }
  | { phase: 'ready'; list: SandboxMessage[] }

export interface Draft {
  text: string
  /** Chosen in the picker; those still in the text are sent. */
  mentions: { open_id: string; name: string }[]
  files: Attachment[]
  replyTo?: string
  picker?: { from: number; query: string; index: number }
}

export interface Attachment {
  id: string
  name: string
  type: 'image' | 'file'
  size: number
  data: Blob
  /** An object URL to show an image with. */
  url?: string
}

export interface Toast {
  id: number
  type: 'info' | 'success' | 'error' | 'warning'
  content: string
  action?: { label: string; run: () => void }
}

export interface Question {
  title: string
  text: string
  answer: (yes: boolean) => void
}

export const normalFaults: Faults = {
  rateLimitNext: 0,
  resetSeconds: 1,
  failNext: { count: 0, status: 500, code: 1500 },
  cutNext: 0,
  latencyMs: 0,
  duplicateEvents: 1,
  halfOpen: false,
  fragments: 1,
  groupMessages: false,
  failDiscovery: { count: 0, status: 200, code: 1, withData: true },
  failing: { share: 0, ways: [], seed: 1 },
  eventDelayMs: 0,
}

export const pageSize = 120

export const state: State = {
  phase: 'loading',
  failure: '',
  connected: true,
  people: [],
  chats: [],
  clock: { now: 0, timezone: 'Asia/Shanghai', controls: [] },
  clockReadAt: 0,
  clockMoving: false,
  faults: normalFaults,
  bot: { open_id: '', name: '' },
  botOnline: false,
  messages: new Map(),
  lang: 'zh',
  me: '',
  chat: undefined,
  thread: undefined,
  recent: [],
  chatQuery: '',
  personQuery: '',
  drafts: new Map(),
  firstUnread: undefined,
  hidden: undefined,
  unfolded: new Set(),
  flashed: undefined,
  toasts: [],
  question: undefined,
  preview: undefined,
}

let draw: () => void = () => {}
let waiting = false

/** Who draws the page; called at most once a frame's worth of changes. */
export function onChange(listener: () => void): void {
  draw = listener
}

/** Takes the changes over and has the page drawn soon; without any, only has it drawn. */
export function change(changes: Partial<State> = {}): void {
  Object.assign(state, changes)
  if (waiting) return
  waiting = true
  queueMicrotask(() => {
    waiting = false
    draw()
  })
}
