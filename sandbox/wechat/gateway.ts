import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net'
import { PuppetServer } from 'wechaty-puppet-service'
import type { SandboxPuppet } from './puppet.ts'

/** A service between the bot and WeChat, on loopback, that can be lost. */
export interface Gateway {
  /** `127.0.0.1:8788`; the same again after each start. */
  endpoint: string
  token: string
  /** Takes connections again after `stop` or `kill`. */
  start(): Promise<void>
  /** Says good-bye to those who are connected, and takes no more. */
  stop(): Promise<void>
  /** Every connection breaks at once, as when its process is killed. */
  kill(): Promise<void>
  /** Connections stay open, but nothing comes through any more until they are made anew. */
  freeze(): void
  /** Takes everything down for good. */
  close(): Promise<void>
}

/**
 * Puts the puppet behind the protocol of wechaty-puppet-service, without TLS.
 * @param token begins with a server's name and `_`, as its clients want it
 */
export async function startGateway(puppet: SandboxPuppet, token = 'insecure_sandbox'): Promise<Gateway> {
  const behind = await freePort()
  const sockets = new Set<Socket>()
  let server: PuppetServer | undefined
  let door: Server | undefined
  let port = 0

  // A killed process leaves its connections as they are; this one is still needed, so a door before it is slammed.
  async function openDoor(): Promise<void> {
    door = createServer((outside) => {
      const inside = createConnection(behind, '127.0.0.1')
      for (const [one, other] of [
        [outside, inside],
        [inside, outside],
      ] as const) {
        sockets.add(one)
        one
          .on('error', () => {})
          .on('close', () => {
            sockets.delete(one)
            other.destroy()
          })
        one.pipe(other)
      }
    })
    door.listen(port, '127.0.0.1')
    await once(door, 'listening')
    port = (door.address() as AddressInfo).port
  }

  async function closeDoor(): Promise<void> {
    const closing = door
    door = undefined
    if (!closing) return
    const closed = once(closing, 'close')
    closing.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }

  const gateway: Gateway = {
    endpoint: '',
    token,
    start: async () => {
      if (!server) {
        server = new PuppetServer({ endpoint: `127.0.0.1:${behind}`, puppet, token, tls: { disable: true } })
        await server.start()
      }
      if (!door) await openDoor()
    },
    stop: async () => {
      await server?.stop()
      server = undefined
      await closeDoor()
    },
    kill: closeDoor,
    freeze: () => {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
    close: async () => {
      await gateway.stop()
      await puppet.stop()
    },
  }
  await gateway.start()
  gateway.endpoint = `127.0.0.1:${port}`
  return gateway
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
