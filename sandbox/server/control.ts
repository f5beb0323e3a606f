import { isDeepStrictEqual } from 'node:util'
import type {
  ActionRequest,
  ActionResponse,
  Faults,
  SandboxChat,
  SandboxMessage,
  SandboxPerson,
  SandboxState,
  SendRequest,
} from '../api.ts'
import { act } from './events/card-action.ts'
import { announceBotAdded, announceBotRemoved, announceDissolved } from './events/events.ts'
import { verifyWebhook } from './events/webhook.ts'
import { changeFaults } from './faults.ts'
import { newId } from './ids.ts'
import { privateChat } from './messages.ts'
import type { Call } from './open-api/call-log.ts'
import { markRead, sendAsPerson } from './people.ts'
import { type App, appOf, firstApp, type Platform } from './platform.ts'
import { existing, SandboxRefusal } from './refused.ts'
import { chatView, clockView, messageView, personView, stateView } from './state/views.ts'
import { type Chat, known, type Person } from './state/world.ts'

/** What a test, or the demo, does to the sandbox from inside the same process. Ids are the platform's. */
export interface Control {
  /** With the same `open_id` again, that person is changed. */
  addPerson(person: { name: string; title?: string; open_id?: string }): SandboxPerson
  /** Whether the apps may see and write to the person (可用范围). */
  setScope(person: string, inScope: boolean): void
  /**
   * With the same `chat_id` again, that chat is changed. The bot comes into a new chat, and is told, unless
   * `botIsMember` is false; in a known chat it stays what it was unless `botIsMember` is true.
   * A chat stays on the platform where it began.
   */
  addChat(chat: {
    name: string
    members: string[]
    botIsMember?: boolean
    chat_id?: string
    platform?: SandboxChat['platform']
  }): SandboxChat
  /** The person's private chat with the bot. */
  openP2p(person: string, on?: { appId?: string; platform?: SandboxChat['platform'] }): SandboxChat
  addBot(chat: string, appId?: string): void
  removeBot(chat: string, appId?: string): void
  dissolve(chat: string): void

  send(chat: string, request: SendRequest): SandboxMessage
  sendText(
    chat: string,
    sender: string,
    text: string,
    more?: Omit<SendRequest, 'sender' | 'text' | 'file'>,
  ): SandboxMessage
  sendFile(
    chat: string,
    sender: string,
    file: { name: string; type: 'image' | 'file'; data: Buffer },
    more?: Pick<SendRequest, 'reply_to' | 'in_thread'>,
  ): SandboxMessage
  recall(message: string): void
  read(chat: string, person: string): void
  /** Presses a button. `forged` sends what no real client could. */
  act(message: string, request: ActionRequest, options?: { forged?: boolean }): Promise<ActionResponse>

  state(): SandboxState
  people(): SandboxPerson[]
  chats(): SandboxChat[]
  messages(chat: string): SandboxMessage[]
  message(message: string): SandboxMessage
  /** The open platform's calls so far, oldest first. */
  calls(): Call[]
  /** How many events no bot has answered yet. */
  pendingEvents(): number
  /** Resolves with what `predicate` gives once it is neither false nor undefined. @throws after `timeoutMs` (20 s). */
  waitFor<T>(predicate: () => T | undefined | false, what?: string, timeoutMs?: number): Promise<T>

  setFaults(changes: Partial<Faults>): void
  /** How many long connections the app holds. */
  connections(appId?: string): number
  dropConnections(): void
  /** Where events go from now on; `undefined`: over long connections again. */
  setWebhook(url: string | undefined, appId?: string): void
  /** Whether the app's webhook proves itself, as the console asks when its address is entered. */
  verifyWebhook(appId?: string): Promise<boolean>
  /** Every access token is bad from now on. */
  revokeTokens(): void
  /** Tells the page that the clock's time was changed from outside. */
  clockMoved(): void
}

export function createControl(platform: Platform): Control {
  const { world } = platform

  function pickApp(appId?: string): App {
    return appId === undefined ? firstApp(platform) : appOf(platform, appId)
  }

  function changeChat(
    chat: Chat,
    changes: Partial<Pick<Chat, 'bots' | 'dissolved' | 'members' | 'name'>>,
  ): Chat {
    const { messages: _, seen: __, ...kept } = chat
    platform.commit({ op: 'chat', chat: { ...kept, ...changes } })
    return known(world.chats, chat.chat_id)
  }

  function changePerson(person: Person): void {
    if (isDeepStrictEqual(world.people.get(person.open_id), person)) return
    platform.commit({ op: 'person', person })
  }

  function group(chatId: string): Chat {
    const chat = existing(world.chats, chatId, 'chat')
    if (chat.kind !== 'group') throw new SandboxRefusal(`${chatId} is no group`)
    return chat
  }

  function operatorOf(chat: Chat): string {
    return chat.members[0] ?? ''
  }

  const control: Control = {
    addPerson: ({ name, title = '', open_id = newId('person') }) => {
      const old = world.people.get(open_id)
      changePerson({ open_id, name, title, inScope: old?.inScope ?? true })
      return personView(known(world.people, open_id))
    },
    setScope: (person, inScope) => changePerson({ ...existing(world.people, person, 'person'), inScope }),
    addChat: ({ name, members, botIsMember, chat_id = newId('chat'), platform: on }) => {
      for (const member of members) existing(world.people, member, 'person')
      const old = world.chats.get(chat_id)
      if (old && on && kept(on).platform !== old.platform) {
        throw new SandboxRefusal(`${chat_id} is on the other platform`)
      }
      if (!old) {
        const chat = {
          chat_id,
          name,
          kind: 'group' as const,
          ...kept(on),
          members,
          bots: [],
          dissolved: false,
        }
        platform.commit({ op: 'chat', chat })
      } else if (old.name !== name || !isDeepStrictEqual(old.members, members)) {
        changeChat(old, { name, members })
      }
      if (botIsMember ?? !old) control.addBot(chat_id)
      return chatView(platform, known(world.chats, chat_id))
    },
    openP2p: (person, { appId, platform: on } = {}) => {
      existing(world.people, person, 'person')
      return chatView(platform, privateChat(platform, pickApp(appId).app_id, person, kept(on)))
    },
    addBot: (chatId, appId) => {
      const chat = group(chatId)
      const app = pickApp(appId)
      if (chat.bots.includes(app.app_id)) return
      const changed = changeChat(chat, { bots: [...chat.bots, app.app_id] })
      announceBotAdded(platform, app, changed, operatorOf(chat))
    },
    removeBot: (chatId, appId) => {
      const chat = group(chatId)
      const app = pickApp(appId)
      if (!chat.bots.includes(app.app_id)) throw new SandboxRefusal(`the bot is not in ${chatId}`)
      const changed = changeChat(chat, { bots: chat.bots.filter((bot) => bot !== app.app_id) })
      announceBotRemoved(platform, app, changed, operatorOf(chat))
    },
    dissolve: (chatId) => {
      const chat = group(chatId)
      if (chat.dissolved) throw new SandboxRefusal(`${chatId} has been dissolved already`)
      const changed = changeChat(chat, { dissolved: true })
      for (const bot of chat.bots)
        announceDissolved(platform, appOf(platform, bot), changed, operatorOf(chat))
    },

    send: (chat, request) => messageView(platform, sendAsPerson(platform, chat, request)),
    sendText: (chat, sender, text, more = {}) => control.send(chat, { sender, text, ...more }),
    sendFile: (chat, sender, { name, type, data }, more = {}) =>
      control.send(chat, { sender, file: { name, type, base64: data.toString('base64') }, ...more }),
    recall: (message) => {
      existing(world.messages, message, 'message')
      platform.commit({ op: 'recall', message_id: message })
    },
    read: (chat, person) => markRead(platform, chat, person),
    act: (message, request, options) => act(platform, message, request, options?.forged),

    state: () => stateView(platform),
    people: () => [...world.people.values()].map(personView),
    chats: () => [...world.chats.values()].map((chat) => chatView(platform, chat)),
    messages: (chat) =>
      existing(world.chats, chat, 'chat').messages.map((id) =>
        messageView(platform, known(world.messages, id)),
      ),
    message: (message) => messageView(platform, existing(world.messages, message, 'message')),
    calls: () => platform.calls.all(),
    pendingEvents: () => world.pending.size,
    waitFor: (predicate, what, timeoutMs) => waitFor(platform, predicate, what, timeoutMs),

    setFaults: (changes) => changeFaults(platform.faults, changes),
    connections: (appId) => platform.connections.count(pickApp(appId).app_id),
    dropConnections: () => platform.connections.drop(),
    setWebhook: (url, appId) => {
      const app = pickApp(appId)
      if (url === undefined) delete app.webhookUrl
      else app.webhookUrl = url
      platform.changed()
    },
    verifyWebhook: async (appId) => {
      const app = pickApp(appId)
      return app.webhookUrl !== undefined && verifyWebhook(app, app.webhookUrl)
    },
    revokeTokens: () => platform.tokens.revoke(),
    clockMoved: () => {
      platform.bus.emit('page', { type: 'clock', clock: clockView(platform) })
    },
  }
  return control
}

/** Feishu, which was there first, is not written down. */
function kept(on: SandboxChat['platform']): Pick<Chat, 'platform'> {
  return on === 'wechat' ? { platform: on } : {}
}

function waitFor<T>(
  platform: Platform,
  predicate: () => T | undefined | false,
  what = 'a condition',
  timeoutMs = 20_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const tick = setInterval(look, 20)
    const timer = setTimeout(() => {
      end()
      reject(new Error(`sandbox: waited ${timeoutMs} ms in vain for ${what}`))
    }, timeoutMs)
    function end(): void {
      clearInterval(tick)
      clearTimeout(timer)
      platform.bus.off('change', look)
    }
    function look(): void {
      try {
        const found = predicate()
        if (found === undefined || found === false) return
        end()
        resolve(found)
      } catch (error) {
        end()
        reject(error)
      }
    }
    platform.bus.on('change', look)
    look()
  })
}
