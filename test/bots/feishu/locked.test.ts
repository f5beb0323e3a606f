import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { Busy } from '../../../src/ports.ts'
import { botFor, configFor, platform, testLimiter } from './support.ts'

const locked = { code: 230099, msg: 'Failed: ErrCode: 11310; ErrMsg: card action is lock;' }
const rateLimited = { code: 99991400, msg: 'request trigger frequency limit' }
const changed = { title: '已签收', tone: 'info' as const, blocks: [{ kind: 'text' as const, text: '#12' }] }

test('a locked card is waited for, and holds back no other call', async () => {
  const { bot, limiter, patches } = await botAt([locked, locked, { code: 0 }])
  await bot.update('om_1', changed)
  expect(patches).toHaveLength(3)
  expect(limiter.blocked).toEqual([])
})

test('a limit that is soon over is no lock: it is noted for all, and not waited for in place', async () => {
  const { bot, limiter, patches } = await botAt([rateLimited], { 'x-ogw-ratelimit-reset': '0' })
  await expect(bot.update('om_1', changed)).rejects.toThrow(Busy)
  expect(patches).toHaveLength(1)
  expect(limiter.blocked).toHaveLength(1)
})

/** A bot at a platform that gives these answers to changes of cards, one after another. */
async function botAt(answers: { code: number }[], headers: Record<string, string> = {}) {
  const patches: string[] = []
  const answer: RequestListener = ({ method, url = '' }, response) => {
    const isPatch = method === 'PATCH'
    const body = isPatch
      ? (answers[patches.push(url) - 1] ?? answers.at(-1))
      : { code: 0, tenant_access_token: 't-1', expire: 7200 }
    const status = body?.code === 0 ? 200 : 400
    response
      .writeHead(status, { 'content-type': 'application/json', ...(isPatch && headers) })
      .end(JSON.stringify(body))
  }
  const limiter = testLimiter()
  return { bot: botFor(configFor({ origin: await platform(answer) }), { limiter }), limiter, patches }
}
