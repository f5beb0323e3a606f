import type { Platform } from '../platform.ts'
import { known } from '../state/world.ts'
import { refusal } from './errors.ts'
import { fieldsOf, textOf } from './input.ts'
import { replaceCard } from './message-routes.ts'
import type { ApiCall, Route } from './route.ts'

export const cardRoutes: Route[] = [
  { method: 'POST', path: '/open-apis/interactive/v1/card/update', handle: updateLater },
]

/** The delayed update: with the token of a click that has been answered. */
function updateLater({ app, body }: ApiCall, platform: Platform): unknown {
  const fields = fieldsOf(body)
  const taken = platform.callbackTokens.take(textOf(fields, 'token', 'cardTokenInvalid'), app.app_id)
  if (taken === 'unknown') throw refusal('cardTokenInvalid', 'the token is unknown or has expired')
  if (taken === 'too early') throw refusal('cardTokenInvalid', 'the callback has not been answered yet')
  if (taken === 'used up') throw refusal('cardTokenInvalid', 'the token has been used twice')
  const message = known(platform.world.messages, taken.messageId)
  if (message.recalled) throw refusal('recalled')
  replaceCard(platform, message, fields.card)
  return { code: 0, msg: 'ok' }
}
