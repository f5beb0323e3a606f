import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** An address of the worker's own, behind which one sandbox after the other stands. */
export interface PageFront {
  origin: string
  /** From now on it leads there; whoever came through to another place is cut off. */
  leadTo(origin: string): void
}

/** A browser keeps the page's hundred files by their address, and so need not load and compile them for each test. */
export async function openFront(): Promise<PageFront> {
  let port = 0
  const through = new Set<Socket>()
  const server = createServer((outside) => {
    const inside = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      through.add(one)
      one
        .on('error', () => {})
        .on('close', () => {
          through.delete(one)
          other.destroy()
        })
      one.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(origin) {
      for (const socket of through) socket.destroy()
      port = Number(new URL(origin).port)
    },
  }
}
