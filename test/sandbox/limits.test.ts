import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimits } from '../../sandbox/server/open-api/rate-limits.ts'
import { testGroup, testSandbox } from '../support/sandbox.ts'
import { buttonCard, cardMessage, refusalOf, sdkClient, textMessage } from './sdk.ts'

test('a group takes five messages a second, whoever sends them', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const sends = Array.from({ length: 8 }, (_, n) =>
    client.im.v1.message.create(textMessage(group.chat_id, `${n}`)),
  )
  const settled = await Promise.allSettled(sends)
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  const refused = await refusalOf(client.im.v1.message.create(textMessage(group.chat_id, 'x')))
  expect(refused).toMatchObject({ status: 400, code: 230020 })
  expect(refused.headers).toMatchObject({ 'x-ogw-ratelimit-limit': '5', 'x-ogw-ratelimit-reset': '1' })
  const later = () =>
    client.im.v1.message.create(textMessage(group.chat_id, '迟')).then(
      ({ code }) => code,
      () => 'refused',
    )
  await expect.poll(later, { timeout: 5_000 }).toBe(0)
})

test('an app takes so many calls of one interface a second, then 429 with when to come again', async () => {
  const sandbox = await testSandbox({ limits: { apiPerSecond: 3 } })
  const client = sdkClient(sandbox)
  for (let call = 0; call < 3; call += 1) await client.im.v1.chat.list({ params: {} })
  const refused = await refusalOf(client.im.v1.chat.list({ params: {} }))
  expect(refused).toMatchObject({ status: 429, code: 99991400, msg: 'request trigger frequency limit' })
  expect(refused.headers).toMatchObject({ 'x-ogw-ratelimit-limit': '3', 'x-ogw-ratelimit-reset': '1' })
  const info = await client.request({ method: 'GET', url: '/open-apis/bot/v3/info' })
  expect(info.code).toBe(0)
})

test('one card is patched five times a second', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const sent = await client.im.v1.message.create(cardMessage(group.chat_id, buttonCard({ v: 0 })))
  const patch = (v: number) =>
    client.im.v1.message.patch({
      path: { message_id: sent.data?.message_id ?? '' },
      data: { content: JSON.stringify(buttonCard({ v })) },
    })
  for (let version = 1; version <= 5; version += 1) await patch(version)
  expect(await refusalOf(patch(6))).toMatchObject({ code: 230020 })
})

test('in no window of a second are there more than the limit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 60 }),
      (limit, pauses) => {
        let now = 0
        const rates = createRateLimits(() => now)
        const taken: number[] = []
        for (const pause of pauses) {
          now += pause
          const result = rates.take([{ key: 'k', limit, perMs: 1_000 }])
          const inWindow = taken.filter((at) => at > now - 1_000).length
          expect(result.ok).toBe(inWindow < limit)
          if (result.ok) taken.push(now)
          else expect(result.resetSeconds).toBe(1)
        }
      },
    ),
  )
})

test('when one of two limits is reached nothing is taken of the other', () => {
  const rates = createRateLimits(() => 0)
  const both = [
    { key: 'wide', limit: 2, perMs: 1_000 },
    { key: 'narrow', limit: 1, perMs: 1_000 },
  ]
  expect(rates.take(both).ok).toBe(true)
  expect(rates.take(both).ok).toBe(false)
  expect(rates.take([{ key: 'wide', limit: 2, perMs: 1_000 }]).ok).toBe(true)
})

test('the faults strike as often as they were asked to', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const send = (uuid: string) => client.im.v1.message.create(textMessage(group.chat_id, uuid, { uuid }))

  sandbox.setFaults({ rateLimitNext: 1, resetSeconds: 7 })
  const limited = await refusalOf(send('a'))
  expect(limited).toMatchObject({ status: 429, code: 99991400, headers: { 'x-ogw-ratelimit-reset': '7' } })
  expect((await send('a')).code).toBe(0)

  sandbox.setFaults({ failNext: { count: 1, status: 503, code: 2200 } })
  expect(await refusalOf(send('b'))).toMatchObject({ status: 503, code: 2200 })

  sandbox.setFaults({ cutNext: 1 })
  await expect(send('c')).rejects.toThrow(/socket hang up|ECONNRESET/)
  expect(sandbox.messages(group.chat_id).map(({ content }) => content)).toEqual([
    { text: 'a' },
    { text: 'c' },
  ])
  expect((await send('c')).code).toBe(0)
  expect(sandbox.messages(group.chat_id)).toHaveLength(2)
  expect(sandbox.calls().map(({ cut, code }) => [cut, code])).toContainEqual([true, undefined])

  sandbox.setFaults({ latencyMs: 150 })
  const started = performance.now()
  await send('d')
  expect(performance.now() - started).toBeGreaterThanOrEqual(149)
})

test.each<object>([
  { rateLimitNext: -1 },
  { rateLimitNext: '3' },
  { failNext: { count: 1 } },
  { failNext: { count: 1, status: 99, code: 1 } },
  { duplicateEvents: 0 },
  { halfOpen: 'yes' },
  { somethingElse: true },
  { constructor: 1 },
])('the fault %j is refused', async (fault) => {
  const sandbox = await testSandbox()
  const before = sandbox.state().faults
  expect(() => sandbox.setFaults(fault as never)).toThrow(RangeError)
  expect(sandbox.state().faults).toEqual(before)
})
