import { expect } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import type { Platform } from '../../src/ports.ts'
import { fieldsIn } from '../support/card-fields.ts'
import { type Office, testWorld, type World } from '../support/duban.ts'
import { shanghai } from '../support/time.ts'
import { look, until } from '../support/truth.ts'

/** What a platform does to its bot, each in its own way. */
export interface Misfortunes {
  /** Whatever is said from now on comes more than once, in every way that the platform knows. */
  bringTwice(): void
  /** What is said second comes first. */
  outOfOrder(first: () => void, second: () => void): void
  /** Nothing goes through any more, until it is restored. */
  loseConnection(): Promise<void>
  restoreConnection(): Promise<void>
  /** The connection is cut while the next message goes to that group, before or after the platform took it. */
  cutNextSend(office: Office, outcome: 'arrived' | 'not-arrived'): void
  /** What people do for a bot that was cut off so. */
  mend(): Promise<void>
  /** Brings everything again that was said so far, as after a new start; nothing where the platform never does. */
  replay(): void
}

/** A bot under contract: the platform on which it lives, and what can befall it there. */
export interface Subject {
  platforms: [Platform, ...Platform[]]
  /** What is sent twice is seen once; elsewhere nothing is sent that may have arrived. */
  sendsOnce: boolean
  /** What comes at once is put in the order in which it was said. */
  putsInOrder: boolean
  /** The menu's numbers, quotes and bare words, in place of buttons. */
  inWords: boolean
  options?: Pick<
    Parameters<typeof testWorld>[0] & object,
    'wechat' | 'connectionTiming' | 'sandbox' | 'locale'
  >
  misfortunes(world: World): Misfortunes
}

export interface ContractWorld extends Misfortunes {
  world: World
  taskForce: Office
  agriculture: Office
  commerce: Office
  /** Somebody says something, a moment after what was said before. */
  say(office: Office, who: string, words: string, how?: { quoting?: SandboxMessage }): SandboxMessage
  /** The same, and what the bot answers: its next message there that holds these words. */
  ask(
    office: Office,
    who: string,
    words: string,
    how: { quoting?: SandboxMessage; told: string[] },
  ): Promise<SandboxMessage>
  /** All that the bot has said there, in words. */
  said(office: Office): string[]
  /** Its first message there that holds all these words. */
  told(office: Office, ...words: string[]): Promise<SandboxMessage>
  /** A lead dispatches these items; the push. */
  push(codes: (number | undefined)[], to?: Office): Promise<SandboxMessage>
  /** Everything that was said there is read, for a question that came after it is answered. */
  read(office: Office): Promise<void>
  /** None of what is said has the bot speak, or change anything. */
  quietly(office: Office, talk: () => void): Promise<void>
  /** The assignments' states, in the order of their items. */
  statuses(): Promise<string[]>
  ready(): Promise<{ status: number; body: string }>
  /** Resolves once the bot is ready. */
  usable(): Promise<void>
}

/** Of a machine that others use, too. */
const patienceMs = 30_000
const started = shanghai('2026-11-20 09:30')

export async function openContract(subject: Subject, more: Subject['options'] = {}): Promise<ContractWorld> {
  const world = await testWorld({
    ticking: true,
    unlimited: true,
    now: started,
    platforms: subject.platforms,
    ...subject.options,
    ...more,
  })
  const { taskForce, agriculture, commerce, sandbox } = world
  const contract: ContractWorld = {
    ...subject.misfortunes(world),
    world,
    taskForce,
    agriculture,
    commerce,
    say(office, who, words, { quoting } = {}) {
      world.clock.advance(1_000)
      return world.say(office, who, words, quoting && { reply_to: quoting.message_id })
    },
    async ask(office, who, words, { quoting, told }) {
      await world.settled()
      const before = world.posts(office).length
      contract.say(office, who, words, { quoting })
      const isTold = (message: SandboxMessage) => told.every((word) => textOf(message).includes(word))
      const answer = await sandbox.waitFor(
        () => world.posts(office).slice(before).find(isTold),
        `${told.join(' ')} in ${office.name}`,
      )
      await world.settled()
      return answer
    },
    said: (office) => world.posts(office).map(textOf),
    told: (office, ...words) => world.seen(office, ...words),
    async push(codes, to = agriculture) {
      await world.settled()
      const before = world.posts(to).length
      const numbers = codes.map((code) => `#${code}`).join(' ')
      contract.say(taskForce, 'lead', `/派单 ${numbers} ${to.name}`)
      const push = await sandbox.waitFor(() => world.posts(to)[before], `the push of ${numbers}`)
      await world.settled()
      return push
    },
    async read(office) {
      const [who = ''] = Object.keys(office.people)
      await contract.ask(office, who, '/帮助 进度', { told: ['/进度'] })
    },
    async quietly(office, talk) {
      await world.settled()
      const before = await told(world)
      talk()
      const asked = world.posts(office).length
      await contract.read(office)
      const after = await told(world)
      expect(after).toEqual({ ...before, [office.name]: [...(before[office.name] ?? []), expect.anything()] })
      expect(world.posts(office)).toHaveLength(asked + 1)
    },
    async statuses() {
      const rows = await look(world, (db) =>
        db.selectFrom('assignments').select('status').orderBy('item_code').orderBy('id').execute(),
      )
      return rows.map(({ status }) => status)
    },
    async ready() {
      const response = await fetch(`${world.duban.url}/readyz`)
      return { status: response.status, body: await response.text() }
    },
    usable: () =>
      until(async () => (await contract.ready()).status === 200, 'the bot to be ready', patienceMs),
  }
  await contract.usable()
  return contract
}

async function told(world: World): Promise<Record<string, string[]>> {
  const offices = [world.taskForce, world.agriculture, world.commerce]
  return Object.fromEntries(offices.map((office) => [office.name, world.posts(office).map(textOf)]))
}

/** What stands behind each label, in a card's fields or in a text's lines. */
export function fieldsOf(message: SandboxMessage): Record<string, string> {
  if (message.msg_type !== 'text') return fieldsIn(message)
  const pairs = linesOf(message).map((line) => line.split('：', 2))
  return Object.fromEntries(pairs.filter(({ length }) => length === 2))
}

/** A text's lines, as a phone shows them. */
export function linesOf({ content }: SandboxMessage): string[] {
  return (content as { text: string }).text.split('\n')
}

/** Bugs: nothing that can befall a bot is one. */
export function bugsOf({ log }: World): string[] {
  return log.filter((line) => /"level":"(?:error|fatal)"/.test(line))
}
