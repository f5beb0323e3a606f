import type { Db } from './schema.ts'

/** In place of words for an item that has none, so that it is not looked at again and again. */
const noWords = ''
/** So many rows in one statement. */
const insertedAtOnce = 1_000
/** A word is counted up to here, and beyond it estimated: what is common need not be known exactly. */
const countedUpTo = 400

/** Keeps the words of items that have none yet. */
export async function insertItemWords(
  db: Db,
  items: readonly { code: number; words: readonly string[] }[],
): Promise<void> {
  const rows = items.flatMap(({ code, words }) =>
    (words.length === 0 ? [noWords] : words).map((word) => ({ item_code: code, word })),
  )
  for (let from = 0; from < rows.length; from += insertedAtOnce) {
    await db
      .insertInto('item_words')
      .values(rows.slice(from, from + insertedAtOnce))
      .onConflict((c) => c.doNothing())
      .execute()
  }
}

/** The first items after that code whose words are not kept yet. */
export async function itemsWithoutWords(
  db: Db,
  after: number,
  limit: number,
): Promise<{ code: number; title: string; content: string }[]> {
  return db
    .selectFrom('items')
    .select(['code', 'title', 'content'])
    .where('code', '>', after)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('item_words')
            .select('item_words.item_code')
            .whereRef('item_words.item_code', '=', 'items.code'),
        ),
      ),
    )
    .orderBy('code')
    .limit(limit)
    .execute()
}

/** About how many items there are: as many as the highest number says. */
export async function itemTotal(db: Db): Promise<number> {
  const row = await db.selectFrom('items').select('code').orderBy('code', 'desc').limit(1).executeTakeFirst()
  return row?.code ?? 0
}

/**
 * In how many items each word stands. Of a common word only some are counted: how far apart their numbers are tells how
 * many there are in all.
 */
export async function wordFrequencies(
  db: Db,
  words: readonly string[],
  total: number,
): Promise<Map<string, number>> {
  const counts = words.map((word) =>
    db
      .selectFrom(
        db
          .selectFrom('item_words')
          .select('item_code')
          .where('word', '=', word)
          .limit(countedUpTo)
          .as('some'),
      )
      .select((e) => [
        e.val(word).as('word'),
        e.fn.countAll<number>().as('counted'),
        e.fn.max('item_code').as('highest'),
      ]),
  )
  const frequencies = new Map<string, number>()
  for (const query of unions(counts)) {
    for (const { word, counted, highest } of await query.execute()) {
      const isAll = counted < countedUpTo
      frequencies.set(word, isAll ? counted : Math.round((counted * total) / Math.max(1, highest ?? 1)))
    }
  }
  return frequencies
}

/** The items that have most in common with these words, by the words' weights; of each word at most so many items. */
export async function itemsSharing(
  db: Db,
  words: readonly { word: string; weight: number }[],
  { except, ofEach, limit }: { except: number; ofEach: number; limit: number },
): Promise<number[]> {
  const having = words.map(({ word, weight }) =>
    db
      .selectFrom(
        db.selectFrom('item_words').select('item_code').where('word', '=', word).limit(ofEach).as('some'),
      )
      .select((e) => ['item_code', e.val(weight).as('weight')]),
  )
  const [all] = unions(having)
  if (!all) return []
  const rows = await db
    .selectFrom(all.as('shared'))
    .select('item_code')
    .where('item_code', '!=', except)
    .groupBy('item_code')
    .orderBy((e) => e.fn.sum('weight'), 'desc')
    .orderBy('item_code', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ item_code }) => item_code)
}

/** Which departments lead the newest items with each word, what they returned left out; of each word at most so many. */
export async function leadsOfWords(
  db: Db,
  words: readonly string[],
  ofEach: number,
): Promise<{ word: string; department: number; items: number }[]> {
  const having = words.map((word) =>
    db
      .selectFrom(
        db
          .selectFrom('item_words')
          .select('item_code')
          .where('word', '=', word)
          .orderBy('item_code', 'desc')
          .limit(ofEach)
          .as('some'),
      )
      .select((e) => ['item_code', e.val(word).as('word')]),
  )
  const [all] = unions(having)
  if (!all) return []
  return db
    .selectFrom(all.as('used'))
    .innerJoin('assignments', 'assignments.item_code', 'used.item_code')
    .select((e) => [
      'used.word',
      'assignments.department_id as department',
      e.fn.countAll<number>().as('items'),
    ])
    .where('assignments.part', '=', 'lead')
    .where('assignments.status', 'not in', ['returned', 'withdrawn'])
    .groupBy(['used.word', 'assignments.department_id'])
    .execute()
}

/** So many queries joined into one; SQLite takes 500. */
const joinedAtOnce = 250

function unions<Query extends { unionAll(other: Query): Query }>(queries: readonly Query[]): Query[] {
  const joined: Query[] = []
  for (let from = 0; from < queries.length; from += joinedAtOnce) {
    const [first, ...rest] = queries.slice(from, from + joinedAtOnce)
    if (first) joined.push(rest.reduce((all, query) => all.unionAll(query), first))
  }
  return joined
}
