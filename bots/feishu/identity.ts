import { z } from 'zod'
import type { FeishuApi } from './client.ts'
import { within } from './within.ts'

/** The bot's own open_id, by which a mention of the bot is told from a mention of a person. */
export interface Identity {
  /** `undefined` when Feishu can't say within a second. */
  openId(): Promise<string | undefined>
  /** Asked before: Feishu has taken the app's credentials. */
  isKnown(): boolean
}

const answer = z.object({ bot: z.object({ open_id: z.string().min(1) }) })
const patienceMs = 1_000

export function createIdentity(api: FeishuApi): Identity {
  let known: string | undefined
  let asking: Promise<string | undefined> | undefined

  async function ask(): Promise<string | undefined> {
    const info = await api.call('bot.info', undefined, (client) =>
      client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }),
    )
    known = answer.parse(info).bot.open_id
    return known
  }

  return {
    isKnown: () => known !== undefined,
    async openId() {
      if (known !== undefined) return known
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return within(patienceMs, asking, undefined)
    },
  }
}
