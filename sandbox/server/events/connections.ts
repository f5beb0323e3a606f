import { randomInt, randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Faults } from '../../api.ts'
import { newId } from '../ids.ts'
import type { Limits, Timing } from '../options.ts'
import { decodeFrame, encodeFrame, type Frame } from './frame.ts'
import type { Outcome } from './outcome.ts'

/** The bots' long connections. */
export interface Connections {
  /** A ticket with which the app may connect once. */
  ticket(appId: string): string
  clientConfig(): Record<string, number>
  attach(server: Server): void
  online(appId: string): boolean
  count(appId: string): number
  /** Pushes to one of the app's connections, at random, and waits for its answer. Never rejects. */
  push(appId: string, body: unknown): Promise<Outcome>
  /** Cuts every connection. */
  drop(): void
  close(): void
}

interface Connection {
  appId: string
  socket: WebSocket
  service: number
  /** The client has pinged: before that it does not listen. */
  ready: boolean
  waiting: Map<string, (outcome: Outcome) => void>
}

const path = '/ws/v2'
const ticketLifeMs = 60_000
const largestFrame = 4 * 1024 * 1024

export function createConnections(
  faults: Faults,
  timing: Timing,
  limits: Limits,
  changed: () => void,
): Connections {
  const open = new Set<Connection>()
  const tickets = new Map<string, { appId: string; until: number }>()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame })

  function clientConfig(): Record<string, number> {
    return {
      PingInterval: timing.pingIntervalSeconds,
      ReconnectCount: -1,
      ReconnectInterval: timing.reconnectIntervalSeconds,
      ReconnectNonce: timing.reconnectNonceSeconds,
    }
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const asked = `ws://sandbox${request.url}`
    const url = new URL(URL.canParse(asked) ? asked : 'ws://sandbox')
    const ticket = url.searchParams.get('ticket') ?? ''
    const held = tickets.get(ticket)
    tickets.delete(ticket)
    if (url.pathname !== path) reject(socket, 404)
    else if (!held || held.until < Date.now()) reject(socket, 401)
    else if (ofApp(held.appId).length >= limits.connections) reject(socket, 403)
    else {
      const service = Number(url.searchParams.get('service_id')) || 0
      sockets.handleUpgrade(request, socket, head, (accepted) => accept(held.appId, service, accepted))
    }
  }

  function accept(appId: string, service: number, socket: WebSocket): void {
    const connection: Connection = { appId, socket, service, ready: false, waiting: new Map() }
    open.add(connection)
    socket.on('message', (data) => receive(connection, data as Buffer))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      open.delete(connection)
      for (const settle of connection.waiting.values()) settle({ kind: 'lost' })
      changed()
    })
  }

  function receive(connection: Connection, data: Buffer): void {
    if (faults.halfOpen) return
    let frame: Frame
    let answer: Outcome | undefined
    try {
      frame = decodeFrame(data)
      if (frame.method === 1) answer = answerOf(frame)
    } catch {
      connection.socket.close(1002, 'not a frame')
      return
    }
    if (answer) connection.waiting.get(frame.headers.message_id ?? '')?.(answer)
    else if (frame.headers.type === 'ping') pong(connection)
  }

  function pong(connection: Connection): void {
    connection.socket.send(
      encodeFrame({
        service: connection.service,
        method: 0,
        headers: { type: 'pong' },
        payload: Buffer.from(JSON.stringify(clientConfig())),
      }),
    )
    if (connection.ready) return
    connection.ready = true
    changed()
  }

  function ofApp(appId: string): Connection[] {
    return [...open].filter((connection) => connection.appId === appId)
  }

  function push(appId: string, body: unknown): Promise<Outcome> {
    const listening = ofApp(appId).filter((connection) => connection.ready)
    const connection = listening.length > 0 ? listening[randomInt(listening.length)] : undefined
    if (!connection) return Promise.resolve({ kind: 'offline' })
    const messageId = randomUUID()
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ kind: 'timeout' }), timing.answerWithinMs)
      function settle(outcome: Outcome): void {
        clearTimeout(timer)
        connection?.waiting.delete(messageId)
        resolve(outcome)
      }
      connection.waiting.set(messageId, settle)
      if (faults.halfOpen) return
      for (const frame of framesOf(connection.service, messageId, body, faults.fragments)) {
        connection.socket.send(frame)
      }
    })
  }

  return {
    ticket: (appId) => {
      const now = Date.now()
      for (const [ticket, { until }] of tickets) if (until < now) tickets.delete(ticket)
      const ticket = newId('event')
      tickets.set(ticket, { appId, until: now + ticketLifeMs })
      return ticket
    },
    clientConfig,
    attach: (server) => {
      server.on('upgrade', upgrade)
    },
    online: (appId) => ofApp(appId).some((connection) => connection.ready),
    count: (appId) => ofApp(appId).length,
    push,
    drop: () => {
      for (const { socket } of open) socket.terminate()
    },
    close: () => {
      for (const { socket } of open) socket.terminate()
      sockets.close()
    },
  }
}

/** @throws where the payload is not what the SDK sends back. */
function answerOf({ payload }: Frame): Outcome {
  const { code, data } = JSON.parse(Buffer.from(payload ?? []).toString('utf8')) as {
    code: number
    data?: string
  }
  const body = data ? JSON.parse(Buffer.from(data, 'base64').toString('utf8')) : undefined
  return { kind: 'answered', status: Number(code), body }
}

/** One frame, or as many fragments as asked, in a shuffled order. */
function framesOf(service: number, messageId: string, body: unknown, fragments: number): Uint8Array[] {
  const payload = Buffer.from(JSON.stringify(body))
  const sum = Math.max(1, Math.min(fragments, payload.length))
  const size = Math.ceil(payload.length / sum)
  const parts = Math.ceil(payload.length / size)
  const frames = Array.from({ length: parts }, (_, seq) =>
    encodeFrame({
      service,
      method: 1,
      headers: {
        type: 'event',
        message_id: messageId,
        sum: String(parts),
        seq: String(seq),
        trace_id: messageId,
        timestamp: String(Date.now()),
      },
      payload: payload.subarray(seq * size, (seq + 1) * size),
    }),
  )
  return shuffled(frames)
}

function shuffled<T>(list: T[]): T[] {
  const result = [...list]
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1)
    const held = result[last] as T
    result[last] = result[other] as T
    result[other] = held
  }
  return result
}

function reject(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
