import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startPrivateRedis } from '../../sandbox/private-redis.ts'

function connectTo(url: string): Redis {
  const redis = new Redis(url, { retryStrategy: () => null, lazyConnect: true })
  redis.on('error', () => {})
  onTestFinished(() => redis.disconnect())
  return redis
}

async function isUp(url: string): Promise<boolean> {
  const redis = connectTo(url)
  return redis.connect().then(
    () => true,
    () => false,
  )
}

test('it serves on loopback until it is stopped', async () => {
  const server = await startPrivateRedis()
  const redis = connectTo(server.url)
  expect(new URL(server.url).hostname).toBe('127.0.0.1')
  expect(await redis.ping()).toBe('PONG')
  await server.stop()
  expect(await isUp(server.url)).toBe(false)
  await expect(server.stop()).resolves.toBeUndefined()
})

test('after a restart the address is the same and everything is forgotten', async () => {
  const server = await startPrivateRedis()
  onTestFinished(() => server.stop())
  await connectTo(server.url).set('a', '1')
  await server.restart()
  expect(await connectTo(server.url).get('a')).toBeNull()
  await server.kill()
  expect(await isUp(server.url)).toBe(false)
  await server.restart()
  expect(await connectTo(server.url).ping()).toBe('PONG')
})

test('with a folder for its data it remembers, and leaves the folder', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'duban-test-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const first = await startPrivateRedis({ dataDir })
  await connectTo(first.url).set('a', '1')
  await first.stop()
  expect(await readdir(dataDir)).not.toEqual([])
  const second = await startPrivateRedis({ dataDir })
  onTestFinished(() => second.stop())
  expect(await connectTo(second.url).get('a')).toBe('1')
})

test('a port that is taken is an error that says so, and the other server is left alone', async () => {
  const server = await startPrivateRedis()
  onTestFinished(() => server.stop())
  const port = Number(new URL(server.url).port)
  await expect(startPrivateRedis({ port })).rejects.toThrow(/did not start[\s\S]*in use/)
  expect(await isUp(server.url)).toBe(true)
})

test('a machine without any server is told what to install', async () => {
  vi.stubEnv('PATH', '')
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(startPrivateRedis()).rejects.toThrow(
    /redis-server or valkey-server.*apt-get install redis-server/,
  )
})

test.each(['SIGKILL', 'SIGTERM'] as const)('it ends with its parent, also after %s', async (signal) => {
  const module = new URL('../../sandbox/private-redis.ts', import.meta.url).href
  const program = `
    const { startPrivateRedis } = await import(${JSON.stringify(module)})
    console.log((await startPrivateRedis()).url)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [line] = await once(parent.stdout, 'data')
  const url = String(line).trim()
  expect(await isUp(url)).toBe(true)
  parent.kill(signal)
  await vi.waitFor(async () => expect(await isUp(url)).toBe(false), { timeout: 10_000 })
})
