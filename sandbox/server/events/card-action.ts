import type { ActionRequest, ActionResponse } from '../../api.ts'
import { formFault } from '../card/form-values.ts'
import { canonical, isObject } from '../card/walk.ts'
import { unionId } from '../ids.ts'
import { ApiError } from '../open-api/errors.ts'
import { replaceCard } from '../open-api/message-routes.ts'
import { type App, appOf, type Platform } from '../platform.ts'
import { existing, SandboxRefusal } from '../refused.ts'
import { known, type StoredMessage } from '../state/world.ts'
import { envelope, tenantKey } from './events.ts'
import type { Outcome } from './outcome.ts'

/** The client's errors when a click could not be answered. */
const clientErrors = {
  notConfigured: 200340,
  timeout: 200341,
  unreachable: 200342,
  status: 200671,
  body: 200672,
  card: 200673,
  olderSchema: 200830,
} as const

const toastTypes = ['info', 'success', 'error', 'warning'] as const

/**
 * A person presses a button of a bot's card; the bot's answer is shown and carried out.
 * `forged` lets a test send what no real client could. @throws {SandboxRefusal}
 */
export async function act(
  platform: Platform,
  messageId: string,
  request: ActionRequest,
  forged = false,
): Promise<ActionResponse> {
  const message = existing(platform.world.messages, messageId, 'message')
  if (known(platform.world.chats, message.chat_id).platform) throw new SandboxRefusal('WeChat has no cards')
  if (!forged) checkRequest(platform, message, request)
  const app = appOf(platform, message.app_id ?? '')
  const token = platform.callbackTokens.issue(app.app_id, messageId)
  const body = envelope(
    platform,
    app,
    'card.action.trigger',
    clickEvent(platform, message, request, token),
    String(platform.clock.now() * 1000),
  )
  platform.clicks.set(token, messageId)
  const outcome = await platform.courier.callback(app, body)
  platform.clicks.delete(token)
  platform.callbackTokens.answered(token)
  return carryOut(platform, app, message, outcome)
}

function checkRequest(platform: Platform, message: StoredMessage, request: ActionRequest): void {
  const { members } = known(platform.world.chats, message.chat_id)
  if (!members.includes(request.operator)) throw new SandboxRefusal(`${request.operator} is not in the chat`)
  if (message.msg_type !== 'interactive' || !message.app_id)
    throw new SandboxRefusal('the message is no card')
  if (message.recalled) throw new SandboxRefusal('the message was recalled')
  if (!message.offered.has(canonical(request.value))) throw new SandboxRefusal('the card has no such button')
  const fault = formFault(JSON.parse(message.content), request)
  if (fault) throw new SandboxRefusal(fault)
}

function clickEvent(platform: Platform, message: StoredMessage, request: ActionRequest, token: string) {
  return {
    operator: { tenant_key: tenantKey, open_id: request.operator, union_id: unionId(request.operator) },
    token,
    action: {
      value: request.value,
      tag: 'button',
      timezone: platform.clock.timezone,
      ...(request.name !== undefined && { name: request.name }),
      ...(request.form_value !== undefined && { form_value: request.form_value }),
    },
    host: 'im_message',
    context: { open_message_id: message.message_id, open_chat_id: message.chat_id },
  }
}

function carryOut(platform: Platform, app: App, message: StoredMessage, outcome: Outcome): ActionResponse {
  if (outcome.kind === 'timeout' || outcome.kind === 'lost') return failure('timeout')
  if (outcome.kind === 'offline') return failure(app.webhookUrl ? 'unreachable' : 'notConfigured')
  if (outcome.status !== 200) return failure('status')
  const answer = outcome.body ?? {}
  if (!isObject(answer)) return failure('body')
  if (Object.keys(answer).some((key) => key !== 'toast' && key !== 'card')) return failure('body')
  const toast = answer.toast === undefined ? undefined : readToast(answer.toast)
  if (toast === 'wrong') return failure('body')
  if (answer.card !== undefined) {
    if (!isObject(answer.card) || answer.card.type !== 'raw') return failure('card')
    if (isObject(answer.card.data) && answer.card.data.schema !== '2.0') return failure('olderSchema')
    if (!replaced(platform, message, answer.card.data)) return failure('card')
  }
  return toast ? { toast } : {}
}

function replaced(platform: Platform, message: StoredMessage, card: unknown): boolean {
  try {
    if (!message.recalled) replaceCard(platform, message, card)
    return true
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
}

function readToast(toast: unknown): ActionResponse['toast'] | 'wrong' {
  if (!isObject(toast) || typeof toast.content !== 'string') return 'wrong'
  const type = toastTypes.find((known) => known === (toast.type ?? 'info'))
  return type ? { type, content: toast.content } : 'wrong'
}

function failure(kind: keyof typeof clientErrors): ActionResponse {
  const error = clientErrors[kind]
  return { error, toast: { type: 'error', content: `出错了，请稍后重试 code: ${error}` } }
}
