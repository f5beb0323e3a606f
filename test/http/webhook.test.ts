import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { personOf, testWorld, type World, webhookKeys } from '../support/duban.ts'
import { dispatch, guestIn } from '../support/talk.ts'
import { look, truth } from '../support/truth.ts'

interface Posted {
  headers: Record<string, string>
  body: Buffer
}

/** Stands between the platform and the bot, and keeps what passes. */
async function listenOnTheWay({ sandbox, duban }: World): Promise<Posted[]> {
  const heard: Posted[] = []
  const server = createServer(async (request, response) => {
    const posted = { headers: signatureOf(request.headers), body: await buffer(request) }
    heard.push(posted)
    const { status, text } = await post(duban.url, posted)
    response.writeHead(status).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  sandbox.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/feishu`)
  return heard
}

function signatureOf(headers: IncomingHttpHeaders): Record<string, string> {
  const names = ['content-type', ...signed]
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]))
}

const signed = ['x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature']

async function post(url: string, { headers, body }: Posted): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${url}/webhook/feishu`, { method: 'POST', headers, body: new Uint8Array(body) })
  return { status: answer.status, text: await answer.text() }
}

/** All that there is, what was said in answer too. */
async function everything(world: World): Promise<string> {
  await world.settled()
  const deliveries = await look(world, (db) => db.selectFrom('deliveries').select(['id', 'kind']).execute())
  return JSON.stringify([await truth(world), deliveries])
}

function seal(body: unknown, key: string): Buffer {
  const vector = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), vector)
  const sealed = Buffer.concat([vector, cipher.update(JSON.stringify(body), 'utf8'), cipher.final()])
  return Buffer.from(JSON.stringify({ encrypt: sealed.toString('base64') }))
}

function sign(body: Buffer, key: string, at = Date.now()): Posted {
  const timestamp = String(Math.floor(at / 1000))
  const signature = createHash('sha256').update(`${timestamp}nonce${key}`).update(body).digest('hex')
  const values = [timestamp, 'nonce', signature]
  const headers = Object.fromEntries(signed.map((name, index) => [name, values[index] ?? '']))
  return { headers: { 'content-type': 'application/json', ...headers }, body }
}

test('what was heard on the way and is posted again changes nothing, and what is forged from it is refused', async () => {
  const world = await testWorld({ transport: 'webhook' })
  const heard = await listenOnTheWay(world)
  await world.items({ title: '蔬菜滞销' }, { title: '口罩脱销' })
  const card = await dispatch(world, '#1 农业农村委', world.agriculture)
  await world.press(card, personOf(world.agriculture, 'contact'), '签收')
  const before = await everything(world)
  const recorded = [...heard]
  expect(recorded.length).toBeGreaterThanOrEqual(2)

  for (const again of recorded) expect((await post(world.duban.url, again)).status).toBe(200)
  expect(await everything(world)).toBe(before)

  const { encryptKey, verificationToken } = webhookKeys
  const event = (token: string) => ({
    schema: '2.0',
    header: { event_id: `forged-${token}`, event_type: 'im.message.receive_v1', token },
    event: {
      sender: { sender_id: { open_id: personOf(world.taskForce, 'lead').open_id }, sender_type: 'user' },
      message: {
        message_id: `om_forged_${token}`,
        chat_id: world.taskForce.chat.chat_id,
        chat_type: 'group',
        message_type: 'text',
        create_time: String(world.clock.now()),
        content: JSON.stringify({ text: '/派单 #2 商务委' }),
      },
    },
  })
  const [first, second] = recorded as [Posted, Posted]
  const plain = Buffer.from(JSON.stringify(event(verificationToken)))
  const forged: Record<string, Posted> = {
    unsigned: { ...first, headers: { 'content-type': 'application/json' } },
    'signed for another body': { headers: second.headers, body: first.body },
    'with a newer time': {
      ...first,
      headers: { ...first.headers, 'x-lark-request-timestamp': String(Math.floor(Date.now() / 1000) + 60) },
    },
    'with another nonce': { ...first, headers: { ...first.headers, 'x-lark-request-nonce': 'another' } },
    'signed with another key': sign(seal(event(verificationToken), encryptKey), 'another key'),
    'encrypted with another key': sign(seal(event(verificationToken), 'another key'), 'another key'),
    'plain and unsigned': { headers: { 'content-type': 'application/json' }, body: plain },
    'of ten minutes ago': sign(seal(event(verificationToken), encryptKey), encryptKey, Date.now() - 600_000),
    'with a wrong token': sign(seal(event('wrong'), encryptKey), encryptKey),
    'a challenge with a wrong token': sign(
      seal({ type: 'url_verification', token: 'wrong', challenge: 'c' }, encryptKey),
      encryptKey,
    ),
  }
  for (const [how, request] of Object.entries(forged))
    expect([how, await post(world.duban.url, request)]).toEqual([how, { status: 401, text: '' }])
  expect(await everything(world)).toBe(before)

  // The same, rightly made, is acted on: it was refused for nothing else.
  const right = sign(seal(event(verificationToken), encryptKey), encryptKey)
  expect((await post(world.duban.url, right)).status).toBe(200)
  await world.seen(world.commerce, '口罩脱销')
})

test('a click that was refused changes nothing when it is posted again, though by now it would be let through', async () => {
  const world = await testWorld({ transport: 'webhook' })
  const heard = await listenOnTheWay(world)
  await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, '#1 农业农村委', world.agriculture)
  const someone = personOf(world.commerce, 'contact')
  for (const office of [world.agriculture, world.taskForce]) guestIn(world, office, someone.open_id)
  await world.settled()
  const before = heard.length
  await world.press(card, someone, '签收')
  const [refused, ...more] = heard.slice(before)
  if (!refused) throw new Error('the click was not heard')
  expect(more).toEqual([])

  const mentions = [someone.open_id]
  world.say(world.taskForce, 'lead', `/人员 @${someone.name} 联络员 农业农村委`, { mentions })
  await world.seen(world.taskForce, '已登记')
  const granted = await everything(world)
  expect((await post(world.duban.url, refused)).status).toBe(200)
  expect(await everything(world)).toBe(granted)

  // A press of their own is another event, and is let through.
  await world.press(card, someone, '签收')
  expect(await everything(world)).not.toBe(granted)
})
