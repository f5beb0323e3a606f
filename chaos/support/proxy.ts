import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands before a TCP server and spoils what passes. */
export interface TcpProxy {
  port: number
  /** How many connections are open. */
  count(): number
  /** Each connection breaks off once so many more bytes have passed it, in the middle of whatever they say. */
  cutAfter(bytes: () => number): void
  /** Nothing passes any connection, also those that are opened meanwhile, and nobody tells their ends. */
  mute(): void
  /** New connections are sound again; those that were mute stay so, for their ends to find out. */
  unmute(): void
  close(): Promise<void>
}

interface Connection {
  ends: [Socket, Socket]
  /** How many bytes may still pass; no limit by default. */
  left: number
  muted: boolean
}

export async function startProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const open = new Set<Connection>()
  let muted = false
  // Half-open is what a muted one is to be: an end that is told to the proxy goes no further by itself.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ ...target, allowHalfOpen: true })
    const connection: Connection = { ends: [client, upstream], left: Number.POSITIVE_INFINITY, muted }
    open.add(connection)
    carry(connection, client, upstream)
    carry(connection, upstream, client)
  })

  function carry(connection: Connection, from: Socket, to: Socket): void {
    from.setNoDelay(true)
    from.on('data', (data) => {
      if (connection.muted) return
      const passing = data.subarray(0, connection.left)
      connection.left -= passing.length
      to.write(passing)
      if (connection.left <= 0) end(connection)
    })
    from.on('error', () => {})
    for (const over of ['end', 'close']) from.on(over, () => connection.muted || end(connection))
  }

  function end(connection: Connection): void {
    open.delete(connection)
    // What was written before still arrives.
    for (const socket of connection.ends) socket.destroySoon()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    count: () => open.size,
    cutAfter(bytes) {
      for (const connection of open) connection.left = bytes()
    },
    mute() {
      muted = true
      for (const connection of open) connection.muted = true
    },
    unmute() {
      muted = false
    },
    async close() {
      server.close()
      for (const connection of open) end(connection)
      await once(server, 'close')
    },
  }
}
