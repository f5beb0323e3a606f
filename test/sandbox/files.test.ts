import { Buffer } from 'node:buffer'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMultipart } from '../../sandbox/server/open-api/multipart.ts'
import { testGroup, testSandbox } from '../support/sandbox.ts'
import { sdkClient } from './sdk.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const binary = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7) % 256))

test('what the bot uploads is in its message, byte for byte', async () => {
  const sandbox = await testSandbox()
  const { group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const file = await client.im.v1.file.create({
    data: { file_type: 'stream', file_name: '台账.xlsx', file: binary },
  })
  const image = await client.im.v1.image.create({ data: { image_type: 'message', image: png } })
  for (const [msg_type, content, key, bytes] of [
    ['file', { file_key: file?.file_key }, file?.file_key, binary],
    ['image', { image_key: image?.image_key }, image?.image_key, png],
  ] as const) {
    const sent = await client.im.v1.message.create({
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: group.chat_id, msg_type, content: JSON.stringify(content) },
    })
    const resource = await client.im.v1.messageResource.get({
      path: { message_id: sent.data?.message_id ?? '', file_key: key ?? '' },
      params: { type: msg_type },
    })
    expect(Buffer.compare(await buffer(resource.getReadableStream()), bytes)).toBe(0)
    const shown = await fetch(`${sandbox.origin}/sandbox/api/files/${key}`)
    expect(Buffer.compare(Buffer.from(await shown.arrayBuffer()), bytes)).toBe(0)
  }
  expect(sandbox.messages(group.chat_id)[0]?.content).toEqual({
    file_key: file?.file_key,
    file_name: '台账.xlsx',
  })
})

test('what a person sends can be fetched by the message that holds it, and by no other', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const client = sdkClient(sandbox)
  const photo = sandbox.sendFile(group.chat_id, contact.open_id, {
    name: '现场.png',
    type: 'image',
    data: png,
  })
  const other = sandbox.sendText(group.chat_id, contact.open_id, '另一条')
  const key = (photo.content as { image_key: string }).image_key
  const get = (message_id: string, type: string) =>
    client.im.v1.messageResource.get({ path: { message_id, file_key: key }, params: { type } })

  const resource = await get(photo.message_id, 'image')
  expect(resource.headers['content-type']).toBe('image/png')
  expect(Buffer.compare(await buffer(resource.getReadableStream()), png)).toBe(0)
  const refused = async (message_id: string, type: string) => {
    const error = await get(message_id, type).catch((reason) => reason)
    expect(error.response.status).toBe(400)
    return JSON.parse((await buffer(error.response.data)).toString()).code
  }
  expect(await refused(other.message_id, 'image')).toBe(234003)
  expect(await refused(photo.message_id, 'file')).toBe(234003)
  sandbox.removeBot(group.chat_id)
  expect(await refused(photo.message_id, 'image')).toBe(234004)
})

test.each([
  ['file', { file_type: 'stream', file_name: 'a', file: Buffer.alloc(0) }, 234010],
  ['file', { file_type: 'stream', file_name: 'a', file: Buffer.alloc(30 * 1024 * 1024 + 1) }, 234006],
  ['file', { file_type: 'exe', file_name: 'a', file: binary }, 234001],
  ['image', { image_type: 'message', image: Buffer.alloc(10 * 1024 * 1024 + 1) }, 234006],
  ['image', { image_type: 'message', image: binary }, 234011],
  ['image', { image_type: 'message' }, 234001],
] as const)('an upload of a wrong %s is refused', async (kind, data, code) => {
  const sandbox = await testSandbox()
  const client = sdkClient(sandbox)
  const upload = kind === 'file' ? client.im.v1.file.create : client.im.v1.image.create
  await expect(upload({ data: data as never })).rejects.toMatchObject({
    response: { status: 400, data: { code } },
  })
})

test('parts come out as they went in, whatever their bytes', () => {
  const part = fc.record({
    name: fc.stringMatching(/^[a-z_]{1,10}$/),
    data: fc.uint8Array({ maxLength: 300 }),
  })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      const body = Buffer.concat([
        ...parts.flatMap(({ name, data }) => [
          Buffer.from(`--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
          Buffer.from(data),
          Buffer.from('\r\n'),
        ]),
        Buffer.from('--edge--\r\n'),
      ])
      const read = readMultipart('multipart/form-data; boundary=edge', body)
      expect(read.map(({ name, data }) => [name, [...data]])).toEqual(
        parts.map(({ name, data }) => [name, [...data]]),
      )
    }),
  )
})

test.each([
  '',
  '--edge',
  '--edge\r\n\r\n--edge--',
  'garbage',
  '--edge\r\nContent-Disposition: form-data\r\n\r\nx\r\n--edge--',
])('the body %j is refused', (body) => {
  expect(() => readMultipart('multipart/form-data; boundary=edge', Buffer.from(body))).toThrow(RangeError)
})
