import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

export interface PrivateRedis {
  /** Stays the same through `restart` and `kill`. */
  url: string
  /** Lets the server end and takes its temporary folder away. */
  stop(): Promise<void>
  /** Starts it again, after a `kill` or in place of the one that runs; without `dataDir` it has forgotten everything. */
  restart(): Promise<void>
  /** Ends it as a crash would. */
  kill(): Promise<void>
}

export interface PrivateRedisOptions {
  /** Keeps the data here. By default nothing is kept: SQLite holds the truth. */
  dataDir?: string
  /** A free one by default. */
  port?: number
}

const programs = ['redis-server', 'valkey-server']

/**
 * Starts a Redis (or Valkey) server of our own on loopback.
 * @throws if there is none on the PATH, or it does not start.
 */
export async function startPrivateRedis({ dataDir, port }: PrivateRedisOptions = {}): Promise<PrivateRedis> {
  const program = programs.find(onPath)
  if (program === undefined) {
    throw new Error('there is no redis-server or valkey-server on this machine: apt-get install redis-server')
  }
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'duban-redis-')))
  await mkdir(folder, { recursive: true })
  const keep = dataDir === undefined ? ['--save', '', '--appendonly', 'no'] : ['--appendonly', 'yes']

  let usedPort = port ?? (await freePort())
  let server = await start().catch(async (error: unknown) => {
    // Someone else may have taken the free port meanwhile.
    if (port !== undefined) throw error
    usedPort = await freePort()
    return start()
  })

  function start(): Promise<Server> {
    return launch(program as string, usedPort, ['--dir', folder, ...keep])
  }

  async function stop(): Promise<void> {
    await server.end('SIGTERM')
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true })
  }

  async function restart(): Promise<void> {
    await server.end('SIGTERM')
    server = await start()
  }

  async function kill(): Promise<void> {
    await server.end('SIGKILL')
  }

  return { url: `redis://127.0.0.1:${usedPort}`, stop, restart, kill }
}

interface Server {
  /** Resolves once the server has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/**
 * The shell between us and the server reads a pipe that only we hold. It ends with us, however we end, and then the
 * server is ended too. The first line it writes is the server's process id.
 */
const guard = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
echo "$server"
{ read -r _ <&3; kill "$server"; } 2>/dev/null >&2 &
watcher=$!
wait "$server" 2>/dev/null
code=$?
kill "$watcher" 2>/dev/null
exit "$code"`

async function launch(program: string, port: number, args: string[]): Promise<Server> {
  const address = ['--bind', '127.0.0.1', '--port', String(port), '--daemonize', 'no', '--hz', '100']
  // 100 Hz: at the default 10 a command that waits for a delayed job wakes up to 100 ms late.
  // In a process group of its own: Ctrl-C in the terminal is for us alone, we end the server when we have drained.
  const child = spawn('sh', ['-c', guard, 'private-redis', program, ...address, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(child, 'exit')
  const output = createInterface({ input: child.stdout })
  const heard = once(output, 'close')
  const [pid] = await once(output, 'line')
  const said: string[] = []
  output.on('line', (line) => {
    if (said.push(line) > 20) said.shift()
  })

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (isRunning(child)) kill(Number(pid), signal)
    await ended
  }

  const deadline = Date.now() + 10_000
  while ((await processAt(port)) !== pid) {
    if (!isRunning(child)) {
      await heard
      throw new Error(`${program} did not start:\n${said.join('\n')}`)
    }
    if (Date.now() > deadline) {
      await end('SIGKILL')
      throw new Error(`${program} did not answer within 10 s`)
    }
    await sleep(10)
  }
  return { end }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended by itself a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** The process id of the Redis at this port: another's may have been quicker than ours to take it. */
async function processAt(port: number): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1')
  socket.setTimeout(1_000, () => socket.destroy(new Error('no answer')))
  socket.write('INFO server\r\n')
  try {
    let answer = ''
    for await (const chunk of socket) {
      answer += chunk
      const [, pid] = /^process_id:(\d+)\r$/m.exec(answer) ?? []
      if (pid !== undefined) return pid
    }
  } catch {
    // Nobody is there yet.
  } finally {
    socket.destroy()
  }
  return undefined
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1')
  return address.port
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, program)))
}
