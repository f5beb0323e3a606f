import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/private-redis.ts'
import { useRedis } from '../support/redis.ts'
import { connectTo, freshPrefix, gate, openTestJobs, services, until } from './harness.ts'

const redis = useRedis()
const hour = 3_600_000

/** A Redis of this test alone, to be ill-treated. */
async function ownRedis() {
  const own = await startPrivateRedis()
  onTestFinished(() => own.stop())
  return own
}

/** Its process stands still: connections are taken, and nothing is answered until what this returns is called. */
async function silence(own: PrivateRedis): Promise<() => void> {
  const [, pid] = /^process_id:(\d+)/m.exec(await connectTo(own.url).info('server')) ?? []
  const goOn = () => void process.kill(Number(pid), 'SIGCONT')
  process.kill(Number(pid), 'SIGSTOP')
  // One that stands still could not be ended either.
  onTestFinished(goOn)
  return goOn
}

test('a wiped Redis gets its jobs back from the next sweep, which comes by itself', async () => {
  const own = await ownRedis()
  const jobs = openTestJobs(own.url, { timing: { checkEveryMs: 500 } })
  const pending = [1, 2, 3]
  const sweep = vi.fn(async () => {
    for (const id of pending) await jobs.queue.schedule('deliver', String(id), Date.now() + hour)
  })
  jobs.start(services({ sweep }))
  await until(() =>
    expect(sweep.mock.calls.length, 'one repeated, one at the start').toBeGreaterThanOrEqual(2),
  )
  await until(async () => expect((await jobs.counts())?.sweep).toEqual({ waiting: 0, active: 0, delayed: 1 }))
  expect((await jobs.counts())?.deliver.delayed).toBe(3)
  await connectTo(own.url).flushall()
  expect((await jobs.counts())?.deliver.delayed).toBe(0)
  await until(async () => expect((await jobs.counts())?.deliver.delayed).toBe(3))
  expect((await jobs.counts())?.sweep.delayed, 'and the sweep goes on').toBe(1)
})

test('Redis wiped under a running job: the job ends, and its id can be used again', async () => {
  const own = await ownRedis()
  const jobs = openTestJobs(own.url, { timing: { lockMs: 300 } })
  const first = gate()
  let began = 0
  async function deliver() {
    began += 1
    if (began === 1) await first.opened
    return undefined
  }
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '1', Date.now())
  await until(() => expect(began).toBe(1))
  await connectTo(own.url).flushall()
  const forgotten = 'Redis no longer holds a job that was running here'
  await until(() => expect(jobs.lines.map(({ msg }) => msg)).toContain(forgotten))
  first.open()
  await jobs.queue.schedule('deliver', '1', Date.now())
  await until(() => expect(began).toBe(2))
  expect(jobs.lines.filter(({ level }) => level === 'error')).toEqual([])
})

test('Redis killed and started again: everything goes on, one line in the log for each', async () => {
  const own = await ownRedis()
  const jobs = openTestJobs(own.url)
  const delivered: number[] = []
  const pending = new Set([1])
  const sweep = vi.fn(async () => {
    for (const id of pending) await jobs.queue.schedule('deliver', String(id), Date.now())
  })
  async function deliver(id: number) {
    if (pending.delete(id)) delivered.push(id)
    return undefined
  }
  jobs.start(services({ sweep, deliver }))
  await until(() => expect(delivered).toEqual([1]))
  expect(jobs.health()).toEqual({ ok: true })

  await own.kill()
  await until(() => expect(jobs.health().ok).toBe(false))
  pending.add(2)
  const before = performance.now()
  await jobs.queue.schedule('deliver', '2', Date.now())
  console.info(`schedule() without Redis returned after ${Math.round(performance.now() - before)} ms`)
  expect(jobs.health().detail).toMatch(/Redis is away/)
  expect(await jobs.counts()).toBeUndefined()

  await own.restart()
  await until(() => expect(delivered).toEqual([1, 2]))
  await until(() => expect(jobs.health()).toEqual({ ok: true }))
  pending.add(3)
  await jobs.queue.schedule('deliver', '3', Date.now())
  await until(() => expect(delivered).toEqual([1, 2, 3]))
  const told = jobs.lines.filter((line) => line.level !== 'debug').map((line) => line.msg)
  expect(told).toEqual(['Redis is away; jobs wait until it is back', 'Redis is back'])
})

test('a job under way while Redis is restarted ends as usual', async () => {
  const own = await ownRedis()
  const jobs = openTestJobs(own.url)
  const first = gate()
  const ended: number[] = []
  const began: number[] = []
  async function deliver(id: number) {
    began.push(id)
    if (id === 1) await first.opened
    ended.push(id)
    return undefined
  }
  jobs.start(services({ deliver }))
  await until(async () => expect((await jobs.counts())?.sweep.delayed).toBe(1))
  await jobs.queue.schedule('deliver', '1', Date.now())
  await until(() => expect(began).toEqual([1]))
  await own.kill()
  first.open()
  await until(() => expect(ended).toEqual([1]))
  await own.restart()
  await until(async () => {
    await jobs.queue.schedule('deliver', '2', Date.now())
    expect(ended).toContain(2)
  })
})

test('connections cut in the middle of the work are opened again', async () => {
  const jobs = openTestJobs(redis.url)
  const first = gate()
  let began = 0
  async function deliver() {
    began += 1
    if (began === 1) await first.opened
    return undefined
  }
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '1', Date.now())
  await until(() => expect(began).toBe(1))
  await connectTo(redis.url).call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  first.open()
  await until(async () => {
    await jobs.queue.schedule('deliver', '2', Date.now())
    expect(began).toBeGreaterThan(1)
  })
  await until(async () => expect((await jobs.counts())?.deliver.active).toBe(0))
})

test('a Redis that takes connections but does not answer holds nobody up, and is not called usable', async () => {
  const own = await ownRedis()
  const jobs = openTestJobs(own.url, { timing: { answerMs: 500, checkEveryMs: 200 } })
  const deliver = vi.fn(async () => undefined)
  jobs.start(services({ deliver }))
  await until(async () => expect((await jobs.counts())?.sweep.delayed).toBe(1))
  const goOn = await silence(own)
  const before = performance.now()
  await jobs.queue.schedule('deliver', '1', Date.now())
  console.info(`schedule() on a silent Redis returned after ${Math.round(performance.now() - before)} ms`)
  expect(deliver).not.toHaveBeenCalled()
  const limit = { key: 'app', permits: 1, perMs: hour }
  expect(await Promise.all([jobs.limiter.take([limit]), jobs.counts()])).toEqual([0, undefined])
  expect(await jobs.limiter.take([limit])).toBeGreaterThan(0)
  await until(() => expect(jobs.health()).toEqual({ ok: false, detail: 'Redis does not answer' }))
  goOn()
  await until(() => expect(deliver).toHaveBeenCalledTimes(1))
  await until(() => expect(jobs.health()).toEqual({ ok: true }))
})

test('a Redis whose memory is full is unusable, which is said once; then everything goes on by itself', async () => {
  const own = await ownRedis()
  const jobs = openTestJobs(own.url, { timing: { checkEveryMs: 100 } })
  const deliver = vi.fn(async () => undefined)
  // As from the database: whatever waits is asked for again.
  const sweep = vi.fn(() => jobs.queue.schedule('deliver', '1', Date.now()))
  await until(() => expect(jobs.health()).toEqual({ ok: true }))
  const memory = (limit: string) => connectTo(own.url).config('SET', 'maxmemory', limit)
  await memory('1')
  jobs.start(services({ deliver, sweep }))
  await until(() =>
    expect(jobs.health()).toEqual({ ok: false, detail: expect.stringContaining('takes nothing: OOM') }),
  )
  await jobs.queue.schedule('deliver', '1', Date.now())
  expect(deliver).not.toHaveBeenCalled()
  await memory('0')
  await until(() => expect(deliver).toHaveBeenCalled())
  await until(() => expect(jobs.health()).toEqual({ ok: true }))
  expect(jobs.lines.filter(({ level }) => level === 'error')).toEqual([])
  expect(jobs.lines.filter(({ msg }) => msg === 'Redis can not be used')).toHaveLength(1)
})

test('the machine’s clock set back: the sweep goes on by itself, and asks for what waits anew', async () => {
  const own = await ownRedis()
  let ahead = 0
  const machine = Date.now
  vi.spyOn(Date, 'now').mockImplementation(() => machine() + ahead)
  onTestFinished(() => void vi.restoreAllMocks())
  const jobs = openTestJobs(own.url, { timing: { checkEveryMs: 200 } })
  const deliver = vi.fn(async () => undefined)
  let waits = false
  const sweep = vi.fn(async () => {
    if (waits) await jobs.queue.schedule('deliver', '1', Date.now())
  })
  jobs.start(services({ deliver, sweep }))
  await until(() => expect(sweep.mock.calls.length).toBeGreaterThanOrEqual(2))
  await until(async () => expect((await jobs.counts())?.sweep).toEqual({ waiting: 0, active: 0, delayed: 1 }))
  await jobs.queue.schedule('deliver', '1', Date.now() + hour)
  waits = true
  ahead = -2 * hour
  await until(() => expect(deliver).toHaveBeenCalledTimes(1))
})

test('started while Redis is away: it begins once Redis is there', async () => {
  const own = await ownRedis()
  await own.kill()
  const jobs = openTestJobs(own.url)
  const deliver = vi.fn(async () => undefined)
  const sweep = vi.fn(async () => {})
  jobs.start(services({ deliver, sweep }))
  await jobs.queue.schedule('deliver', '1', Date.now())
  expect(jobs.health().ok).toBe(false)
  await own.restart()
  await until(() => expect(deliver).toHaveBeenCalled())
  await until(() => expect(sweep).toHaveBeenCalled())
})

test('stop waits for the job under way, and scheduling after it does no harm', async () => {
  const jobs = openTestJobs(redis.url)
  const first = gate()
  const ended: number[] = []
  const began: number[] = []
  async function deliver(id: number) {
    began.push(id)
    await first.opened
    ended.push(id)
    return undefined
  }
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '1', Date.now())
  await until(() => expect(began).toEqual([1]))
  const stopped = jobs.stop()
  expect(await Promise.race([stopped, sleep(100, 'waits')])).toBe('waits')
  first.open()
  await stopped
  expect(ended).toEqual([1])
  await jobs.queue.schedule('deliver', '2', Date.now())
  await expect(jobs.stop()).resolves.toBeUndefined()
  expect(ended).toEqual([1])
})

test('stop does not wait for ever: another process takes over the job that hung', async () => {
  const prefix = freshPrefix()
  const options = { prefix, timing: { lockMs: 500, stalledEveryMs: 250 } }
  const [hanging, other] = [openTestJobs(redis.url, options), openTestJobs(redis.url, options)]
  const began = vi.fn()
  hanging.start(services({ deliver: () => new Promise(began) }))
  await hanging.queue.schedule('deliver', '1', Date.now())
  await until(() => expect(began).toHaveBeenCalled())
  await hanging.stop(50)
  expect(hanging.lines.map((line) => line.msg)).toContain(
    'stopped while jobs were still running: they will run again',
  )
  const deliver = vi.fn(async () => undefined)
  other.start(services({ deliver }))
  await until(() => expect(deliver).toHaveBeenCalledWith(1))
})

test('a job that loses one process after the other runs all the same', async () => {
  const prefix = freshPrefix()
  const options = { prefix, timing: { lockMs: 500, stalledEveryMs: 250 } }
  const patient = openTestJobs(redis.url, options)
  await patient.queue.schedule('deliver', '1', Date.now())
  for (const _ of [1, 2]) {
    const hanging = openTestJobs(redis.url, options)
    const began = vi.fn()
    hanging.start(services({ deliver: () => new Promise(began) }))
    await until(() => expect(began).toHaveBeenCalled())
    await hanging.stop(50)
  }
  const deliver = vi.fn(async () => undefined)
  patient.start(services({ deliver }))
  await until(() => expect(deliver).toHaveBeenCalledWith(1))
  expect(patient.lines.filter(({ level }) => level === 'error')).toEqual([])
})

test('stop while Redis is away ends too', async () => {
  const own = await ownRedis()
  const jobs = openTestJobs(own.url)
  const sweep = vi.fn(async () => {})
  jobs.start(services({ sweep }))
  await until(() => expect(sweep).toHaveBeenCalled())
  await own.kill()
  await jobs.stop(500)
  expect(jobs.health().ok).toBe(false)
})

test('a Redis that may evict jobs is warned of once', async () => {
  const own = await ownRedis()
  await connectTo(own.url).config('SET', 'maxmemory-policy', 'allkeys-lru')
  const printed = vi.spyOn(console, 'warn').mockImplementation(() => {})
  onTestFinished(() => printed.mockRestore())
  const jobs = openTestJobs(own.url)
  const sweep = vi.fn(async () => {})
  jobs.start(services({ sweep }))
  await until(() => expect(sweep).toHaveBeenCalled())
  await until(() => expect(jobs.lines.filter((line) => /maxmemory-policy/.test(line.msg))).toHaveLength(1))
  expect(printed).not.toHaveBeenCalled()
})
