import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { waitForDisk } from '../../src/db/disk.ts'
import type { App } from '../../src/services/app.ts'
import type { City, Office } from './city.ts'
import { speakTo } from './speaker.ts'

const day = 24 * 60 * 60_000

/** How far an old item has come: what somebody says, one after another. Most have reached their end. */
const lives = {
  triage: [],
  working: ['dispatch', 'acknowledge'],
  review: ['dispatch', 'acknowledge', 'solve'],
  suspended: ['dispatch', 'acknowledge', 'suspend'],
  returned: ['dispatch', 'return'],
  done: ['dispatch', 'acknowledge', 'solve', 'accept'],
  closed: ['dispatch', 'acknowledge', 'solve', 'accept', 'close'],
} satisfies Record<string, Act[]>

type Act = keyof typeof words

const words = {
  dispatch: (code: number, { name }: Office) => `/派单 #${code} ${name}`,
  acknowledge: (code: number) => `/签收 #${code}`,
  solve: (code: number) => `#${code} 已解决，已组织农超对接`,
  suspend: (code: number) => `/挂账 #${code} 2026-12-10 等待上级政策`,
  return: (code: number) => `/退回 #${code} 不属于我单位职责`,
  accept: (code: number) => `/审核 #${code} 通过`,
  close: (code: number) => `/销号 #${code}`,
}
const byTaskForce: readonly Act[] = ['dispatch', 'suspend', 'accept', 'close']

/** Each of twenty lives one of these. */
const mixture = ['triage', 'working', 'review', 'suspended', 'returned', 'done'] as const
const oneIn = 20

/**
 * Old items in every state, `items` times `copies` of them: some live through their days by what people say, a few
 * months ago; copies of all that is left of them fill the years before. Nothing of it waits to be sent.
 */
export async function seedItems(
  city: City,
  { items, copies }: { items: number; copies: number },
): Promise<void> {
  const { app, env } = city
  await waitForDisk(app.db.write, false)
  await liveThrough(city, items)
  await waitForDisk(app.db.write, true)
  await multiplied(String(env.DATABASE_URL), copies)
  const seeded = await app.db.read
    .selectFrom('items')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (seeded.count !== items * copies) throw new Error(`${seeded.count} items were seeded`)
}

/** Apart, for two SQLites in one process would take each other's locks away. */
async function multiplied(url: string, copies: number): Promise<void> {
  const file = path.join(import.meta.dirname, 'multiply.ts')
  const child = spawn(process.execPath, [file, url, String(copies)], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`multiplying ended with ${code}`)
}

async function liveThrough(city: City, count: number): Promise<void> {
  const { app, taskForce, departments } = city
  const codes = await city.addItems(count)
  const ago: App = { ...app, clock: { now: () => app.clock.now() - 5 * day } }
  const speaker = speakTo(ago)
  for (const [index, code] of codes.entries()) {
    // Each twenty one further, or one department would have all that have come equally far.
    const department = departments[(index + Math.floor(index / oneIn)) % departments.length] as Office
    for (const act of lives[mixture[index % oneIn] ?? 'closed']) {
      await speaker.say(byTaskForce.includes(act) ? taskForce : department, words[act](code, department))
    }
  }
  await app.db.write
    .updateTable('deliveries')
    .set(({ ref }) => ({ status: 'sent', sent_at: ref('created_at') }))
    .where('status', '=', 'pending')
    .execute()
  // As it is for what came in a while ago: nobody is nudged while others are measured.
  await app.db.write
    .updateTable('assignments')
    .set({ next_nudge_at: app.clock.now() + 30 * day })
    .where('next_nudge_at', 'is not', null)
    .execute()
}
