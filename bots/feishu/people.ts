import { z } from 'zod'
import type { FeishuApi } from './client.ts'
import { within } from './within.ts'

const patienceMs = 1_000

const answer = z.object({ data: z.object({ user: z.object({ name: z.string().min(1) }) }) })

/** A person's name, which no event carries; null where Feishu can't or may not say it within a second. */
export function nameOf(api: FeishuApi, account: string): Promise<string | null> {
  const asked = api.call('contact.user', undefined, (client) =>
    client.contact.v3.user.get({ path: { user_id: account }, params: { user_id_type: 'open_id' } }),
  )
  return within(
    patienceMs,
    asked.then((user) => answer.parse(user).data.user.name),
    null,
  )
}
