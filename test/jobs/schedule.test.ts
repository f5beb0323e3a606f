import { expect, test, vi } from 'vitest'
import { useRedis } from '../support/redis.ts'
import { connectTo, freshPrefix, gate, movableClock, openTestJobs, services, until } from './harness.ts'

const redis = useRedis()
const hour = 3_600_000

test('a job runs once for its id, with the time of the Clock, and leaves nothing behind', async () => {
  const clock = movableClock()
  clock.offset = 100 * hour
  const jobs = openTestJobs(redis.url, { clock })
  const delivered: number[] = []
  const runAt = vi.fn()
  await jobs.queue.schedule('deliver', '12', clock.now())
  jobs.start(
    services({
      deliver: async (id) => {
        delivered.push(id)
        runAt(clock.now())
        return undefined
      },
    }),
  )
  await until(() => expect(delivered).toEqual([12]))
  await until(async () =>
    expect((await jobs.counts())?.deliver).toEqual({ waiting: 0, active: 0, delayed: 0 }),
  )
  expect(delivered).toEqual([12])
})

test('each name has its own service', async () => {
  const jobs = openTestJobs(redis.url)
  const ran: string[] = []
  jobs.start(
    services({
      deliver: async (id) => void ran.push(`deliver ${id}`) as undefined,
      nudge: async () => void ran.push('nudge'),
      digest: async () => void ran.push('digest'),
    }),
  )
  await jobs.queue.schedule('nudge', '1795347336488', Date.now())
  await jobs.queue.schedule('digest', '2026-11-20', Date.now())
  await jobs.queue.schedule('deliver', '3', Date.now())
  await until(() => expect(ran.sort()).toEqual(['deliver 3', 'digest', 'nudge']))
})

test('an id can be used again once its job has ended', async () => {
  const jobs = openTestJobs(redis.url)
  const deliver = vi.fn(async () => undefined)
  jobs.start(services({ deliver }))
  for (const runs of [1, 2, 3]) {
    await jobs.queue.schedule('deliver', '7', Date.now())
    await until(() => expect(deliver).toHaveBeenCalledTimes(runs))
  }
})

test('scheduled again for later it keeps its time, for sooner it is moved forward', async () => {
  const jobs = openTestJobs(redis.url)
  const delivered: number[] = []
  jobs.start(services({ deliver: async (id) => void delivered.push(id) as undefined }))
  const now = Date.now()
  await jobs.queue.schedule('deliver', '1', now + 300)
  await jobs.queue.schedule('deliver', '1', now + hour)
  await jobs.queue.schedule('deliver', '2', now + hour)
  await jobs.queue.schedule('deliver', '2', now + 150)
  await jobs.queue.schedule('deliver', '3', now + hour)
  await jobs.queue.schedule('deliver', '3', now)
  await until(() => expect(delivered.toSorted()).toEqual([1, 2, 3]))
  expect((await jobs.counts())?.deliver.delayed).toBe(0)
})

test('scheduled while it runs, it runs once more after that, never beside it', async () => {
  const jobs = openTestJobs(redis.url)
  const first = gate()
  const began: number[] = []
  let atOnce = 0
  let most = 0
  async function deliver(id: number) {
    most = Math.max(most, ++atOnce)
    began.push(id)
    if (began.length === 1) await first.opened
    atOnce -= 1
    return undefined
  }
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '5', Date.now())
  await until(() => expect(began).toHaveLength(1))
  await jobs.queue.schedule('deliver', '5', Date.now() + hour)
  await jobs.queue.schedule('deliver', '5', Date.now())
  await jobs.queue.schedule('deliver', '5', Date.now() + hour)
  expect(began).toHaveLength(1)
  first.open()
  await until(() => expect(began).toEqual([5, 5]))
  await until(async () =>
    expect((await jobs.counts())?.deliver).toEqual({ waiting: 0, active: 0, delayed: 0 }),
  )
  expect(most).toBe(1)
})

test('a delivery that names a time to try again is tried again, sooner if that is asked', async () => {
  const jobs = openTestJobs(redis.url)
  const began: number[] = []
  async function deliver(id: number) {
    began.push(id)
    if (began.length === 1) return { retryAt: Date.now() + 100 }
    if (began.length === 2) return { retryAt: Date.now() + hour }
    return undefined
  }
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '9', Date.now())
  await until(() => expect(began).toHaveLength(2))
  await until(async () => expect((await jobs.counts())?.deliver.delayed).toBe(1))
  await jobs.queue.schedule('deliver', '9', Date.now())
  await until(() => expect(began).toHaveLength(3))
})

test('asked for sooner while it runs, a delivery does not wait for the time to try again that it then names', async () => {
  const jobs = openTestJobs(redis.url)
  const first = gate()
  const began: number[] = []
  async function deliver(id: number) {
    began.push(id)
    if (began.length > 1) return undefined
    await first.opened
    return { retryAt: Date.now() + hour }
  }
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '9', Date.now())
  await until(() => expect(began).toHaveLength(1))
  await jobs.queue.schedule('deliver', '9', Date.now())
  first.open()
  await until(() => expect(began).toHaveLength(2))
})

test('after the clock jumped, scheduling by the same time runs what has become due', async () => {
  const clock = movableClock()
  const jobs = openTestJobs(redis.url, { clock })
  const due = clock.now() + 2 * hour
  const deliver = vi.fn(async () => undefined)
  async function sweep() {
    await jobs.queue.schedule('deliver', '4', due)
  }
  const swept = vi.fn(sweep)
  jobs.start(services({ deliver, sweep: swept }))
  await until(async () => expect((await jobs.counts())?.deliver.delayed).toBe(1))
  await until(async () => expect((await jobs.counts())?.sweep).toEqual({ waiting: 0, active: 0, delayed: 1 }))
  expect(deliver).not.toHaveBeenCalled()
  const before = swept.mock.calls.length
  clock.offset = 3 * hour
  await jobs.queue.schedule('sweep', 'now', clock.now())
  await until(() => expect(deliver).toHaveBeenCalledTimes(1))
  expect(swept.mock.calls.length).toBeGreaterThan(before)
  expect((await jobs.counts())?.sweep.delayed, 'the repeated sweep goes on').toBe(1)
})

test('a job that throws is logged, tried again after a pause, and given up', async () => {
  const jobs = openTestJobs(redis.url, { timing: { firstPauseMs: 50 } })
  const began: number[] = []
  async function deliver(): Promise<undefined> {
    began.push(Date.now())
    throw new Error('the platform is on fire')
  }
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '8', Date.now())
  await until(() => expect(began).toHaveLength(4))
  await until(async () =>
    expect((await jobs.counts())?.deliver).toEqual({ waiting: 0, active: 0, delayed: 0 }),
  )
  const failures = await until(() => {
    const logged = jobs.lines.filter((line) => line.msg === 'a job failed')
    expect(logged).toHaveLength(4)
    return logged
  })
  expect(failures.map(({ job, id, tries }) => [job, id, tries])).toEqual([
    ['deliver', 'deliver-8', '1 of 4'],
    ['deliver', 'deliver-8', '2 of 4'],
    ['deliver', 'deliver-8', '3 of 4'],
    ['deliver', 'deliver-8', '4 of 4'],
  ])
  expect(failures[0]?.err).toMatchObject({ message: 'the platform is on fire' })
  expect(began).toHaveLength(4)
})

test('scheduled for later while it waits to be tried again, a job keeps the sooner time', async () => {
  const jobs = openTestJobs(redis.url)
  let began = 0
  async function deliver() {
    began += 1
    if (began === 1) throw new Error('once')
    return undefined
  }
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '8', Date.now())
  await until(async () => expect((await jobs.counts())?.deliver.delayed).toBe(1))
  await jobs.queue.schedule('deliver', '8', Date.now() + hour)
  await until(() => expect(began).toBe(2))
})

test('a bad id or time is refused with one line in the log, and nothing is scheduled', async () => {
  const jobs = openTestJobs(redis.url)
  await jobs.queue.schedule('deliver', '1:2', Date.now())
  await jobs.queue.schedule('nudge', 'a b', Date.now())
  await jobs.queue.schedule('deliver', '12', Number.NaN)
  const faults = jobs.lines.filter((line) => line.level === 'error')
  expect(faults.map((line) => line.msg)).toEqual([
    'not scheduled: the id is not the id of a delivery',
    'not scheduled: the id is not 1 to 64 letters, digits, dots, dashes or underscores',
    'not scheduled: the time is no number',
  ])
  const counts = await until(async () => {
    const counted = await jobs.counts()
    expect(counted).toBeDefined()
    return counted
  })
  expect(counts?.deliver).toEqual({ waiting: 0, active: 0, delayed: 0 })
  expect(counts?.nudge).toEqual({ waiting: 0, active: 0, delayed: 0 })
})

test('what someone else put into Redis does not reach a service', async () => {
  const prefix = freshPrefix()
  const jobs = openTestJobs(redis.url, { prefix })
  const deliver = vi.fn(async () => undefined)
  jobs.start(services({ deliver }))
  await jobs.queue.schedule('deliver', '1', Date.now() + 300)
  const client = connectTo(redis.url)
  await client.hset(`${prefix}:deliver:deliver-1`, 'data', '{"id":"1; drop"}')
  await until(() => expect(jobs.lines.some((line) => line.msg === 'a job failed')).toBe(true))
  expect(deliver).not.toHaveBeenCalled()
})

test('two processes that schedule the same id at once agree on the sooner time', async () => {
  const prefix = freshPrefix()
  const [one, other] = [openTestJobs(redis.url, { prefix }), openTestJobs(redis.url, { prefix })]
  const ids = Array.from({ length: 400 }, (_, index) => index + 1)
  for (const id of ids) {
    const times = [hour, hour / 2, 1_000, 0]
    await Promise.all(
      times.map((ms, call) =>
        (call % 2 ? one : other).queue.schedule('deliver', String(id), Date.now() + ms),
      ),
    )
  }
  const delivered = new Set<number>()
  one.start(services({ deliver: async (id) => void delivered.add(id) as undefined }))
  await until(() => expect(delivered.size).toBe(ids.length))
})

test('two processes: no schedule is lost, no id runs twice at once, one repeated sweep', async () => {
  const prefix = freshPrefix()
  const running = new Set<number>()
  const began: { id: number; at: number }[] = []
  const overlaps: number[] = []
  async function deliver(id: number) {
    if (running.has(id)) overlaps.push(id)
    running.add(id)
    began.push({ id, at: performance.now() })
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
    running.delete(id)
    return Math.random() < 0.2 ? { retryAt: Date.now() + (Math.random() < 0.5 ? 5 : hour) } : undefined
  }
  const processes = [openTestJobs(redis.url, { prefix }), openTestJobs(redis.url, { prefix })]
  for (const jobs of processes) jobs.start(services({ deliver }))

  const asked: { id: number; at: number }[] = []
  async function askOften(id: number) {
    for (let call = 0; call < 12; call++) {
      const jobs = processes[Math.floor(Math.random() * 2)]
      const decoy = Math.random() < 0.3
      if (!decoy) asked.push({ id, at: performance.now() })
      await jobs?.queue.schedule('deliver', String(id), Date.now() + (decoy ? hour : Math.random() * 4))
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 25))
    }
  }
  await Promise.all(Array.from({ length: 14 }, (_, id) => askOften(id + 1)))
  await until(() => {
    const lost = asked.filter((ask) => !began.some((run) => run.id === ask.id && run.at >= ask.at))
    expect(lost).toEqual([])
  })
  expect(overlaps).toEqual([])
  await until(async () => expect((await processes[0]?.counts())?.sweep.delayed).toBe(1))
})

test('how late a delayed job begins', async () => {
  const jobs = openTestJobs(redis.url)
  const late: number[] = []
  const due = new Map<number, number>()
  async function deliver(id: number) {
    late.push(Date.now() - (due.get(id) ?? 0))
    return undefined
  }
  jobs.start(services({ deliver }))
  for (let id = 1; id <= 100; id++) {
    due.set(id, Date.now() + 200 + Math.floor(Math.random() * 1_500))
    await jobs.queue.schedule('deliver', String(id), due.get(id) as number)
  }
  await until(() => expect(late).toHaveLength(100))
  const sorted = late.toSorted((a, b) => a - b)
  console.info(`delayed jobs begin late by ${sorted[50]} ms (median), ${sorted[98]} ms (99 of 100)`)
  expect(sorted[0], 'none begins early').toBeGreaterThanOrEqual(0)
})
