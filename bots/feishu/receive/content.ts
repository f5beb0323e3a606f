import { z } from 'zod'
import type { IncomingAttachment } from '../../../src/ports.ts'
import { Dropped, read } from './read.ts'

/** What a message says and brings, mentions still standing as the platform's keys: `@_user_1`. */
export interface Content {
  text: string
  attachments: Omit<IncomingAttachment, 'messageId'>[]
}

type Attachment = Content['attachments'][number]

const textContent = z.object({ text: z.string() })
const imageContent = z.object({ image_key: z.string().min(1) })
const fileContent = z.object({ file_key: z.string().min(1), file_name: z.string().optional() })

const postPart = z.looseObject({
  tag: z.string(),
  text: z.string().optional(),
  href: z.string().optional(),
  user_id: z.string().optional(),
  image_key: z.string().optional(),
  file_key: z.string().optional(),
})
const postContent = z.object({ title: z.string().optional(), content: z.array(z.array(postPart)) })
type PostPart = z.infer<typeof postPart>

const readers: Record<string, (content: unknown) => Content | Dropped> = {
  text: (content) => map(read(textContent, content), ({ text }) => ({ text, attachments: [] })),
  post: (content) => map(read(postContent, content), fromPost),
  image: (content) =>
    map(read(imageContent, content), ({ image_key }) => carrying({ key: image_key, type: 'image' })),
  file: readFile,
  media: readFile,
  audio: readFile,
}

/** @param json the event's `content`, JSON within JSON. */
export function readContent(type: string, json: string): Content | Dropped {
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined
  if (!reader) return new Dropped(`message of type ${type.slice(0, 30)}`, true)
  try {
    return reader(JSON.parse(json))
  } catch {
    return new Dropped('malformed: content is no JSON')
  }
}

function readFile(content: unknown): Content | Dropped {
  return map(read(fileContent, content), ({ file_key, file_name }) =>
    carrying({ key: file_key, type: 'file', ...(file_name && { fileName: file_name }) }),
  )
}

function fromPost({ title, content }: z.infer<typeof postContent>): Content {
  const lines = [title ?? '', ...content.map((line) => line.map(partText).join(''))]
  return {
    text: lines.join('\n').trim(),
    attachments: content.flat().flatMap(partAttachment),
  }
}

/** A link keeps its address, which may be the very evidence. */
function partText({ tag, text, href, user_id }: PostPart): string {
  if (tag === 'at') return user_id === 'all' ? '@_all' : (user_id ?? '')
  if (tag === 'a' && href && href !== text) return `${text ?? ''} ${href} `
  return text ?? ''
}

function partAttachment({ tag, image_key, file_key }: PostPart): Attachment[] {
  if (tag === 'img' && image_key) return [{ key: image_key, type: 'image' }]
  if (tag === 'media' && file_key) return [{ key: file_key, type: 'file' }]
  return []
}

function carrying(attachment: Attachment): Content {
  return { text: '', attachments: [attachment] }
}

function map<T>(value: T | Dropped, use: (value: T) => Content): Content | Dropped {
  return value instanceof Dropped ? value : use(value)
}
