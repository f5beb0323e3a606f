import type { SandboxEvent, SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import type { City } from './city.ts'

/** What the bot has put up in the groups, as the people see it at this moment; kept by item, for there may be very much of it. */
export interface Board {
  /** The bot's messages of that group that name the item, oldest first. */
  about(chat: string, code: number): SandboxMessage[]
  /** The bot's answers to that message. */
  answersTo(messageId: string): SandboxMessage[]
  /** Everything that the bot has put up. */
  all(): SandboxMessage[]
  close(): void
}

/** So many messages may stand unread in a group: the sandbox counts them for its page. */
const unreadAtMost = 50

export async function openBoard({ sandbox, bot, taskForce, departments }: City): Promise<Board> {
  const messages = new Map<string, SandboxMessage>()
  const byItem = new Map<string, Set<string>>()
  const byParent = new Map<string, Set<string>>()
  const readers = new Map([taskForce, ...departments].map(({ chat, person }) => [chat, person]))
  const unread = new Map<string, number>()

  function note(message: SandboxMessage): void {
    if (message.sender !== bot) return
    messages.set(message.message_id, message)
    const codes = textOf(message).matchAll(/#(\d+)/g)
    for (const [, code] of codes) put(byItem, `${message.chat_id} ${code}`, message.message_id)
    if (message.parent_id) put(byParent, message.parent_id, message.message_id)
  }

  function read(chat: string): void {
    const waiting = (unread.get(chat) ?? 0) + 1
    const reader = readers.get(chat)
    if (waiting > unreadAtMost && reader !== undefined) sandbox.read(chat, reader)
    unread.set(chat, waiting > unreadAtMost ? 0 : waiting)
  }

  const ending = new AbortController()
  const { body } = await fetch(`${sandbox.url}sandbox/api/stream`, { signal: ending.signal })
  if (!body) throw new Error('the sandbox tells nothing')
  const listening = (async () => {
    for await (const event of eventsOf(body)) {
      if (event.type !== 'message' && event.type !== 'message-updated') continue
      note(event.message)
      if (event.type === 'message') read(event.message.chat_id)
    }
  })()
  listening.catch(() => {})

  const found = (ids: Iterable<string> = []) => [...ids].flatMap((id) => messages.get(id) ?? [])
  return {
    about: (chat, code) => found(byItem.get(`${chat} ${code}`)),
    answersTo: (messageId) => found(byParent.get(messageId)),
    all: () => [...messages.values()],
    close: () => ending.abort(),
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<SandboxEvent> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of body) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.startsWith('data: ')) yield JSON.parse(block.slice('data: '.length)) as SandboxEvent
    }
  }
}

function put(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key) ?? new Set()
  index.set(key, ids.add(id))
}
