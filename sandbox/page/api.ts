import type {
  ActionRequest,
  ActionResponse,
  ClockState,
  Faults,
  SandboxEvent,
  SandboxMessage,
  SandboxState,
  SendRequest,
} from '../api.ts'

const base = '/sandbox/api'

export function fetchState(): Promise<SandboxState> {
  return call('GET', '/state')
}

export function fetchMessages(chat: string): Promise<SandboxMessage[]> {
  return call('GET', `/chats/${encodeURIComponent(chat)}/messages`)
}

export function postMessage(chat: string, request: SendRequest): Promise<SandboxMessage> {
  return call('POST', `/chats/${encodeURIComponent(chat)}/messages`, request)
}

export function postRead(chat: string, person: string): Promise<unknown> {
  return call('POST', `/chats/${encodeURIComponent(chat)}/read`, { person })
}

export function postAction(message: string, request: ActionRequest): Promise<ActionResponse> {
  return call('POST', `/messages/${encodeURIComponent(message)}/action`, request)
}

export function postClock(control: string): Promise<ClockState> {
  return call('POST', '/clock', { control })
}

export function postFaults(faults: Partial<Faults>): Promise<Faults> {
  return call('POST', '/faults', faults)
}

/** Where the bytes of an image or a file are. */
export function fileUrl(key: string): string {
  return `${base}/files/${encodeURIComponent(key)}`
}

/** The server's events; the browser reconnects by itself, and `onOpen` tells of each (re)connection. */
export function openStream(on: {
  event: (event: SandboxEvent) => void
  open: () => void
  lost: () => void
}): EventSource {
  const stream = new EventSource(`${base}/stream`)
  stream.addEventListener('open', on.open)
  stream.addEventListener('error', on.lost)
  stream.addEventListener('message', (event) => on.event(JSON.parse(event.data)))
  return stream
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(base + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(reasonIn(text) ?? `HTTP ${response.status}`)
  return JSON.parse(text)
}

/** The server's own words for what went wrong, where it gave some. */
function reasonIn(text: string): string | undefined {
  try {
    const body = JSON.parse(text)
    const reason = body.msg ?? body.message ?? body.error
    return typeof reason === 'string' ? reason : undefined
  } catch {
    return undefined
  }
}
