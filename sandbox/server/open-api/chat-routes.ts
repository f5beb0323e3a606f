import { tenantKey } from '../events/events.ts'
import { unionId } from '../ids.ts'
import type { App, Platform } from '../platform.ts'
import { type Chat, known } from '../state/world.ts'
import { refusal } from './errors.ts'
import { feishuChat, pageOf } from './input.ts'
import type { ApiCall, Route } from './route.ts'

export const chatRoutes: Route[] = [
  { method: 'GET', path: '/open-apis/im/v1/chats', handle: list },
  { method: 'GET', path: '/open-apis/im/v1/chats/:chat_id', handle: get },
  { method: 'GET', path: '/open-apis/im/v1/chats/:chat_id/members', handle: members },
  { method: 'GET', path: '/open-apis/contact/v3/users/:user_id', handle: person },
  { method: 'GET', path: '/open-apis/bot/v3/info', handle: bot },
]

/** The groups that the bot is in. */
function list({ app, query }: ApiCall, platform: Platform): unknown {
  const groups = [...platform.world.chats.values()].filter(
    (chat) => chat.kind === 'group' && !chat.platform && !chat.dissolved && chat.bots.includes(app.app_id),
  )
  const page = pageOf(groups, query)
  return { ...page, items: page.items.map((chat) => ({ chat_id: chat.chat_id, ...chatData(chat) })) }
}

function get({ app, params }: ApiCall, platform: Platform): unknown {
  const chat = chatById(platform, app, params.chat_id)
  return {
    ...chatData(chat),
    chat_mode: chat.kind,
    chat_type: 'private',
    user_count: String(chat.members.length),
    bot_count: String(chat.bots.length),
  }
}

function chatData(chat: Chat) {
  return {
    avatar: '',
    name: chat.name,
    description: '',
    owner_id: chat.members[0] ?? '',
    owner_id_type: 'open_id',
    external: false,
    tenant_key: tenantKey,
    chat_status: chat.dissolved ? 'dissolved' : 'normal',
  }
}

/** People only: bots are left out. */
function members({ app, params, query }: ApiCall, platform: Platform): unknown {
  const chat = chatById(platform, app, params.chat_id)
  const page = pageOf(chat.members, query)
  const items = page.items.map((id) => ({
    member_id_type: 'open_id',
    member_id: id,
    name: known(platform.world.people, id).name,
    tenant_key: tenantKey,
  }))
  return { ...page, items, member_total: chat.members.length }
}

function person({ params, query }: ApiCall, platform: Platform): unknown {
  if (query.user_id_type !== undefined && query.user_id_type !== 'open_id') {
    throw refusal('params', 'invalid user_id_type')
  }
  const found = platform.world.people.get(params.user_id ?? '')
  if (!found?.inScope) throw refusal('personNotFound')
  const { open_id, name, title } = found
  return { user: { open_id, union_id: unionId(open_id), name, en_name: '', nickname: '', job_title: title } }
}

function bot({ app }: ApiCall): unknown {
  return {
    code: 0,
    msg: 'ok',
    bot: {
      activate_status: 2,
      app_name: app.bot.name,
      avatar_url: '',
      ip_white_list: [],
      open_id: app.bot.open_id,
    },
  }
}

function chatById(platform: Platform, app: App, chatId: string | undefined): Chat {
  const chat = feishuChat(platform, chatId)
  if (!chat) throw refusal('chatNotFound')
  if (chat.dissolved) throw refusal('dissolved')
  if (!chat.bots.includes(app.app_id)) throw refusal('botOutsideChat')
  return chat
}
