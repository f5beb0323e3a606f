import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createDownloads, maxDownloadBytes } from '../../../../bots/wechat/download.ts'
import type { WithFile } from '../../../../bots/wechat/receive/wechaty.ts'
import type { IncomingAttachment } from '../../../../src/ports.ts'

const attachment = (id: string, fileName?: string): IncomingAttachment => ({
  messageId: id,
  key: id,
  type: 'image',
  fileName,
})

function withFile(
  id: string,
  name = `${id}.jpg`,
  data: Iterable<Buffer> = [Buffer.from(id)],
  mediaType = 'image/jpeg',
): WithFile {
  return { id, toFileBox: async () => ({ name, mediaType, toStream: async () => Readable.from(data) }) }
}

const nowhere = createDownloads({ find: async () => undefined })

describe('a file', () => {
  it('is had from the message that brought it', async () => {
    nowhere.keep(withFile('m1', '现场.jpg'))
    expect(await nowhere.download(attachment('m1'))).toEqual({
      fileName: '现场.jpg',
      mediaType: 'image/jpeg',
      data: Buffer.from('m1'),
    })
  })

  it('is had from the puppet’s memory, where the bot’s is too short', async () => {
    const found: string[] = []
    const downloads = createDownloads({
      find: async (id) => {
        found.push(id)
        return withFile(id)
      },
    })
    for (let i = 0; i <= 200; i += 1) downloads.keep(withFile(`m${i}`))
    expect((await downloads.download(attachment('m1'))).data.toString()).toBe('m1')
    expect(found).toEqual([])
    expect((await downloads.download(attachment('m0'))).data.toString()).toBe('m0')
    expect(found).toEqual(['m0'])
  })

  it('is gone where nobody remembers the message', async () => {
    await expect(nowhere.download(attachment('m9'))).rejects.toMatchObject({
      name: 'Refused',
      reason: 'file-gone',
    })
  })

  it('may be had later where nobody can say now', async () => {
    const away = createDownloads({ find: () => Promise.reject(new Error('the gateway is away')) })
    await expect(away.download(attachment('m9'))).rejects.not.toMatchObject({ name: 'Refused' })
    nowhere.keep({ id: 'm3', toFileBox: () => Promise.reject(new Error('timeout')) })
    await expect(nowhere.download(attachment('m3'))).rejects.not.toMatchObject({ name: 'Refused' })
  })

  it('is too large with more than 30 MB, and no more of it is read', async () => {
    let read = 0
    function* endless() {
      const chunk = Buffer.alloc(1024 * 1024)
      for (;;) {
        read += chunk.length
        yield chunk
      }
    }
    nowhere.keep(withFile('m4', '视频.mp4', endless()))
    await expect(nowhere.download(attachment('m4'))).rejects.toMatchObject({ reason: 'content-too-long' })
    expect(read).toBeLessThan(2 * maxDownloadBytes)
  })

  it('is named as its sender did, and never as a path', async () => {
    nowhere.keep(withFile('m5', 'C:\\temp\\message-5.dat', [Buffer.from('5')], ''))
    expect(await nowhere.download(attachment('m5', '../现场照片.jpg'))).toMatchObject({
      fileName: '现场照片.jpg',
      mediaType: 'application/octet-stream',
    })
    expect(await nowhere.download(attachment('m5'))).toMatchObject({ fileName: 'message-5.dat' })
  })
})
