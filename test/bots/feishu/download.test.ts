import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { FeishuApi } from '../../../bots/feishu/client.ts'
import { download, maxDownloadBytes } from '../../../bots/feishu/download.ts'
import type { IncomingAttachment } from '../../../src/ports.ts'

/** Feishu answering one download with this stream. */
function answering(stream: Readable, headers: Record<string, string> = {}): FeishuApi {
  const client = {
    im: { v1: { messageResource: { get: async () => ({ headers, getReadableStream: () => stream }) } } },
  }
  return { call: (_api, _own, run) => run(client as never) }
}

const image: IncomingAttachment = { messageId: 'om_1', key: 'img_1', type: 'image' }

async function nameOf(attachment: IncomingAttachment, headers: Record<string, string>): Promise<string> {
  return (await download(answering(Readable.from([Buffer.from('x')]), headers), attachment)).fileName
}

describe('a downloaded file', () => {
  test.each([
    [{ ...image, fileName: '现场.jpg' }, {}, '现场.jpg'],
    [{ ...image, fileName: '../../etc/passwd' }, {}, 'passwd'],
    [{ ...image, fileName: 'C:\\temp\\a.doc' }, {}, 'a.doc'],
    [image, { 'content-disposition': "attachment; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.jpg" }, '现场.jpg'],
    [image, { 'content-disposition': 'attachment; filename="a.jpg"' }, 'a.jpg'],
    [image, { 'content-disposition': 'attachment; filename="100%.jpg"' }, '100%.jpg'],
    [image, { 'content-type': 'image/png; charset=binary' }, 'img_1.png'],
    [image, {}, 'img_1'],
    [{ ...image, fileName: '/' }, {}, 'img_1'],
  ])('%j with %j is called %s', async (attachment, headers, name) => {
    expect(await nameOf(attachment as IncomingAttachment, headers as Record<string, string>)).toBe(name)
  })

  test('that is announced larger than 30 MB is not even begun', async () => {
    const stream = Readable.from([Buffer.from('x')])
    const api = answering(stream, { 'content-length': String(maxDownloadBytes + 1) })
    await expect(download(api, image)).rejects.toMatchObject({ name: 'Refused', reason: 'content-too-long' })
    expect(stream.destroyed).toBe(true)
  })

  test('that turns out larger is cut off', async () => {
    const stream = Readable.from(endless())
    await expect(download(answering(stream), image)).rejects.toMatchObject({ reason: 'content-too-long' })
    expect(stream.destroyed).toBe(true)
  })

  test.each([
    ['breaks off', Readable.from(breaking()), {}],
    ['ends early', Readable.from([Buffer.from('abc')]), { 'content-length': '4' }],
    ['brings more than it said', Readable.from([Buffer.from('abcde')]), { 'content-length': '4' }],
  ])('that %s is no file', async (_name, stream, headers) => {
    await expect(download(answering(stream, headers), image)).rejects.toMatchObject({
      name: 'FeishuApiError',
      message: 'the download broke off',
    })
  })
})

function* endless(): Generator<Buffer> {
  const chunk = Buffer.alloc(1024 * 1024)
  for (;;) yield chunk
}

function* breaking(): Generator<Buffer> {
  yield Buffer.from('abc')
  throw new Error('ECONNRESET')
}
