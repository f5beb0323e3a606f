import { z } from 'zod'
import type { FileToSend } from '../../src/ports.ts'
import type { FeishuApi } from './client.ts'

const uploaded = z.object({ file_key: z.string().min(1) })

/** What a message of type `file` names. Each try uploads anew: the key of one that was not sent is of no further use. */
export async function upload(api: FeishuApi, { name, data }: FileToSend): Promise<string> {
  const answer = await api.call('file.create', undefined, (client) =>
    client.im.v1.file.create({ data: { file_type: fileType(name), file_name: name, file: data } }),
  )
  return uploaded.parse(answer).file_key
}

/** By it Feishu chooses the icon, and how to preview it. */
function fileType(name: string): 'xls' | 'stream' {
  return /\.xlsx?$/i.test(name) ? 'xls' : 'stream'
}
