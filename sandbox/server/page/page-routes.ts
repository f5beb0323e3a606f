import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ActionRequest, SendRequest } from '../../api.ts'
import { act } from '../events/card-action.ts'
import { changeFaults } from '../faults.ts'
import { markRead, sendAsPerson } from '../people.ts'
import type { Platform } from '../platform.ts'
import { existing, SandboxRefusal } from '../refused.ts'
import { clockView, messageView, stateView } from '../state/views.ts'
import { known } from '../state/world.ts'

const id = z.string().min(1).max(100)

const sendRequest = z.strictObject({
  sender: id,
  text: z.string().optional(),
  mentions: z.array(id).max(50).optional(),
  reply_to: id.optional(),
  in_thread: z.boolean().optional(),
  file: z
    .strictObject({ name: z.string().min(1).max(255), type: z.enum(['image', 'file']), base64: z.base64() })
    .optional(),
}) satisfies z.ZodType<SendRequest>

const actionRequest = z.strictObject({
  operator: id,
  value: z.unknown(),
  name: z.string().max(200).optional(),
  form_value: z.record(z.string(), z.unknown()).optional(),
}) satisfies z.ZodType<ActionRequest>

const readRequest = z.strictObject({ person: id })
const clockRequest = z.strictObject({ control: z.string() })

/** 30 MB of file as base64, and its frame. */
const uploadLimit = 42 * 1024 * 1024

/** What the page asks of the server: see `sandbox/api.ts`. */
export function addPageRoutes(server: FastifyInstance, platform: Platform): void {
  server.get('/sandbox/api/state', () => stateView(platform))

  server.get<Named<'chat'>>('/sandbox/api/chats/:chat/messages', ({ params }) =>
    existing(platform.world.chats, params.chat, 'chat').messages.map((messageId) =>
      messageView(platform, known(platform.world.messages, messageId)),
    ),
  )

  server.post<Named<'chat'>>('/sandbox/api/chats/:chat/messages', { bodyLimit: uploadLimit }, (request) =>
    messageView(platform, sendAsPerson(platform, request.params.chat, read(sendRequest, request.body))),
  )

  server.post<Named<'chat'>>('/sandbox/api/chats/:chat/read', (request) => {
    markRead(platform, request.params.chat, read(readRequest, request.body).person)
    return {}
  })

  server.post<Named<'message'>>('/sandbox/api/messages/:message/action', (request) =>
    act(platform, request.params.message, read(actionRequest, request.body)),
  )

  server.get<Named<'key'>>('/sandbox/api/files/:key', ({ params }, reply) => {
    const file = existing(platform.world.files, params.key, 'file')
    const inline = file.type === 'image'
    return reply
      .header('content-type', file.media_type)
      .header('content-disposition', disposition(inline, file.file_name))
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .send(platform.blobs.get(file.key))
  })

  server.post('/sandbox/api/clock', async (request) => {
    const { control } = read(clockRequest, request.body)
    if (!platform.clock.controls.some(({ id }) => id === control)) {
      throw new SandboxRefusal(`the clock has no control ${control}`)
    }
    await platform.clock.move(control)
    const clock = clockView(platform)
    platform.bus.emit('page', { type: 'clock', clock })
    return clock
  })

  server.post('/sandbox/api/faults', (request) => {
    try {
      changeFaults(platform.faults, request.body)
    } catch (error) {
      if (error instanceof RangeError) throw new SandboxRefusal(error.message)
      throw error
    }
    return platform.faults
  })
}

interface Named<Name extends string> {
  Params: Record<Name, string>
}

/** @throws {SandboxRefusal} naming the first wrong field. */
function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new SandboxRefusal(`${issue?.path.join('.') || 'body'}: ${issue?.message}`)
}

function disposition(inline: boolean, fileName: string): string {
  const kind = inline ? 'inline' : 'attachment'
  return fileName ? `${kind}; filename*=UTF-8''${encodeURIComponent(fileName)}` : kind
}
