import { expect, test } from 'vitest'
import { insertItemWords, itemsSharing, leadsOfWords, wordFrequencies } from '../../src/db/item-words.ts'
import type { Db } from '../../src/db/schema.ts'
import { similarTo, wordsOfItem } from '../../src/services/triage/similar.ts'
import { backfillWords } from '../../src/services/triage/similar-words.ts'
import { testDatabase } from '../support/database.ts'

test('a word is counted, and a common one estimated by how dense its items lie', async () => {
  const { write } = await testDatabase()
  await items(write, 2_000)
  await insertItemWords(
    write,
    Array.from({ length: 2_000 }, (_, index) => ({
      code: index + 1,
      words: [...(index % 2 === 0 ? ['口罩'] : []), ...(index < 7 ? ['滞销'] : [])],
    })),
  )
  const frequencies = await wordFrequencies(write, ['口罩', '滞销', '没有'], 2_000)
  expect(frequencies.get('滞销')).toBe(7)
  expect(frequencies.get('没有')).toBe(0)
  expect(frequencies.get('口罩')).toBeGreaterThan(900)
  expect(frequencies.get('口罩')).toBeLessThan(1_100)
})

test('the items with the weightiest words in common come first; what was returned speaks for nobody', async () => {
  const { write } = await testDatabase()
  await items(write, 4)
  await insertItemWords(write, [
    { code: 1, words: ['口罩', '排队'] },
    { code: 2, words: ['口罩'] },
    { code: 3, words: ['滞销'] },
    { code: 4, words: ['口罩', '排队', '滞销'] },
  ])
  const words = [
    { word: '口罩', weight: 1 },
    { word: '排队', weight: 2 },
    { word: '滞销', weight: 2.5 },
  ]
  expect(await itemsSharing(write, words, { except: 4, ofEach: 10, limit: 10 })).toEqual([1, 3, 2])
  expect(await itemsSharing(write, words, { except: 4, ofEach: 10, limit: 1 })).toEqual([1])
  expect(await itemsSharing(write, [], { except: 4, ofEach: 10, limit: 1 })).toEqual([])

  await write
    .insertInto('departments')
    .values([
      { name: '甲', created_at: 0 },
      { name: '乙', created_at: 0 },
    ])
    .execute()
  await lead(write, 1, 1, 'accepted')
  await lead(write, 2, 1, 'sent')
  await lead(write, 3, 2, 'returned')
  expect(await leadsOfWords(write, ['口罩', '滞销'], 10)).toEqual([{ word: '口罩', department: 1, items: 2 }])
})

test('what was merged is found as the item that stands for it; hundreds of words are no trouble', async () => {
  const database = await testDatabase()
  const { write } = database
  await items(write, 3, (code) => (code === 3 ? `买口罩排队。${many(3_000)}` : '药店买口罩排队'))
  await write.updateTable('items').set({ status: 'merged', merged_into: 1 }).where('code', '=', 2).execute()
  const app = { db: database, clock: { now: () => 0 }, queue: { schedule: async () => {} } }
  expect(await backfillWords(app as never)).toBe(3)
  expect(await backfillWords(app as never), 'each once').toBe(0)
  const [item] = await write.selectFrom('items').selectAll().where('code', '=', 2).execute()
  if (!item) throw new Error('there is no item')
  const similar = await similarTo(
    write,
    { ...item, code: 9, merged_into: null },
    await wordsOfItem(write, item),
  )
  expect(similar.map((one) => [one.item.code, one.reports])[0]).toEqual([1, 2])
  expect(new Set(similar.map((one) => one.item.code)).size).toBe(similar.length)
})

test('an item without any word is not looked at again and again', async () => {
  const database = await testDatabase()
  await items(database.write, 1, () => '13800138000')
  const app = { db: database, clock: { now: () => 0 }, queue: { schedule: async () => {} } }
  expect(await backfillWords(app as never)).toBe(1)
  expect(await backfillWords(app as never)).toBe(0)
})

function many(count: number): string {
  return Array.from({ length: count }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')
}

async function items(db: Db, count: number, title: (code: number) => string = String): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const rows = Array.from({ length: Math.min(500, count - from) }, (_, index) => ({
      source: 'hotline' as const,
      external_id: null,
      title: title(from + index + 1),
      content: '',
      category: null,
      urgency: 'normal' as const,
      petitioner: null,
      phone: null,
      address: null,
      received_at: 0,
      status: 'triage' as const,
      policy: null,
      merged_into: null,
      created_at: 0,
    }))
    await db.insertInto('items').values(rows).execute()
  }
}

async function lead(db: Db, code: number, department: number, status: 'accepted' | 'sent' | 'returned') {
  await db
    .insertInto('assignments')
    .values({
      item_code: code,
      department_id: department,
      part: 'lead',
      round: 1,
      status,
      policy: '3wd',
      due_from: 0,
      dispatched_at: 0,
      due_at: 0,
      due_set_at: 0,
      provisional: 0,
    } as never)
    .execute()
}
