import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import type { Schema, Tx } from '../../src/db/schema.ts'
import { masked } from '../../src/messages/masked.ts'
import type { Message } from '../../src/messages/message.ts'
import type { Answer, Incoming } from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'

/** What somebody would have done, had it been committed. */
export interface Outcome {
  /** Whether anything but what was brought in, and what was answered, is not as before. */
  isChanged: boolean
  events: { what: string; person_id: number | null; department: string | null }[]
  posts: Post[]
  answer: Answer
}

export interface Post {
  kind: string
  /** Words that answer what was said. */
  isReply: boolean
  to: { chat: string } | { account: string }
  /** As its readers would see it; null for what is no message. */
  message: Message | null
}

/** Tries what comes in on the very code that acts, and takes back whatever it did: the next one finds all as it was. */
export async function createTrial(app: App): Promise<(incoming: Incoming) => Promise<Outcome>> {
  const truthQuery = await truthOf(app.db.read)
  const truth = async (db: Kysely<Schema>) => (await db.executeQuery(truthQuery)).rows[0]?.truth
  const before = await truth(app.db.read)
  const last = await newest(app.db.read)
  let seen: Omit<Outcome, 'answer'>

  const write = new Proxy(app.db.write, {
    get(target, name, receiver) {
      if (name !== 'transaction') return Reflect.get(target, name, receiver)
      return () => ({
        async execute<T>(change: (tx: Tx) => Promise<T>): Promise<T> {
          let result: { is: T } | undefined
          try {
            await target.transaction().execute(async (tx) => {
              result = { is: await change(tx) }
              seen.isChanged ||= (await truth(tx)) !== before
              seen.events.push(...(await eventsAfter(tx, last.event)))
              seen.posts.push(...(await postsAfter(tx, last.delivery)))
              throw new TakenBack()
            })
          } catch (error) {
            if (!(error instanceof TakenBack)) throw error
          }
          if (!result) throw new Error('the transaction came to nothing')
          return result.is
        },
      })
    },
  })
  const handle = createRouter({ ...app, db: { ...app.db, write } }, commands)
  return async (incoming) => {
    seen = { isChanged: false, events: [], posts: [] }
    const answer = await handle(incoming)
    return { ...seen, answer }
  }
}

class TakenBack extends Error {}

/** Every table, whole, in one query: but what was brought in, and what was only said in answer to it. */
async function truthOf(db: Kysely<Schema>): Promise<CompiledQuery<{ truth: string }>> {
  const { rows: columns } = await sql<{ tab: string; col: string }>`
    select m.name as tab, p.name as col from sqlite_master m, pragma_table_info(m.name) p
    where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> 'incoming'`.execute(db)
  const parts = [...Map.groupBy(columns, ({ tab }) => tab)].map(([tab, of]) => {
    const row = sql.join(of.map(({ col }) => (long.has(col) ? sql`length(${sql.ref(col)})` : sql.ref(col))))
    const replies = sql`select id from deliveries where kind = 'reply'`
    const where =
      tab === 'deliveries'
        ? sql`where kind <> 'reply'`
        : tab === 'delivery_assignments'
          ? sql`where delivery_id not in (${replies})`
          : sql``
    return sql`(select ${tab} || coalesce(group_concat(json_array(${row})), '') from ${sql.table(tab)} ${where})`
  })
  return sql<{ truth: string }>`select ${sql.join(parts, sql` || `)} as truth`.compile(db)
}

/** Told apart well enough by how long they are. */
const long = new Set(['payload', 'before'])

async function newest(db: Kysely<Schema>): Promise<{ event: number; delivery: number }> {
  const max = async (table: 'events' | 'deliveries') =>
    (await db.selectFrom(table).select('id').orderBy('id', 'desc').executeTakeFirst())?.id ?? 0
  return { event: await max('events'), delivery: await max('deliveries') }
}

function eventsAfter(db: Kysely<Schema>, last: number): Promise<Outcome['events']> {
  return db
    .selectFrom('events')
    .leftJoin('assignments', 'assignments.id', 'events.assignment_id')
    .leftJoin('departments', 'departments.id', 'assignments.department_id')
    .select(['events.what', 'events.person_id', 'departments.name as department'])
    .where('events.id', '>', last)
    .execute()
}

async function postsAfter(db: Kysely<Schema>, last: number): Promise<Post[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['op', 'kind', 'chat_id', 'account', 'target_message_id', 'payload'])
    .where('id', '>', last)
    .execute()
  return rows.map(({ op, kind, chat_id, account, payload, target_message_id }) => {
    const message = op === 'urge' ? null : (JSON.parse(payload) as Message)
    return {
      kind,
      isReply: kind === 'reply' && (target_message_id !== null || account !== null),
      to: chat_id === null ? { account: account ?? '' } : { chat: chat_id },
      // As it is delivered: only who is written to in person sees a citizen's details.
      message: message && account === null ? masked(message) : message,
    }
  })
}
