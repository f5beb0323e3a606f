import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fetchEvidence } from '../../src/services/assignment/evidence.ts'
import { testFolder } from '../support/database.ts'
import { aTextCity, type Official, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'
const force = '工作专班'

test('a photo that comes again under another id is kept once, and so it counts', async () => {
  const city = await aDesk()
  await sends(city, '孙联络', 'first', '照片一')
  await fetchEvidence(city.app)
  await sends(city, '孙联络', 'second', '照片二')
  await sends(city, '孙联络', 'first-again', '照片一')
  city.news(agriculture)
  await fetchEvidence(city.app)
  await city.settle()
  expect(city.news(agriculture)).toEqual(['#1 佐证材料与此前收到的相同，不重复计入，现共2件。'])
  expect(await kept(city)).toEqual(['first', 'second'])
  await city.say('孙联络', '#1 已解决，已修好')
  expect(city.seen(force, '【待审核】#1').words).toContain('佐证材料：2件')
  await fetchEvidence(city.app)
  expect(await kept(city)).toEqual(['first', 'second'])
  const folder = path.join(city.app.dataDir, 'attachments')
  expect(existsSync(folder) && (await readdir(folder))).toHaveLength(2)
})

test('both at once are one; another sender’s, and another item’s, are their own', async () => {
  const city = await aDesk()
  await sends(city, '孙联络', 'one', '照片')
  await sends(city, '孙联络', 'two', '照片')
  await sends(city, '钱副手', 'three', '照片')
  await sends(city, '孙联络', 'four', '照片', 2)
  await fetchEvidence(city.app)
  expect(await kept(city)).toEqual(['one', 'three', 'four'])
})

test('a card that shows the count follows', async () => {
  const city = await aDesk(['feishu'])
  await sends(city, '孙联络', 'one', '照片')
  await city.say('孙联络', '#1 已解决，已修好')
  await fetchEvidence(city.app)
  await sends(city, '孙联络', 'two', '照片')
  expect(city.seen(force, '【待审核】#1').words).toContain('佐证材料：2件')
  await fetchEvidence(city.app)
  await city.settle()
  expect(city.seen(force, '【待审核】#1').words).toContain('佐证材料：1件')
})

const bytes = new Map<string, string>()

async function aDesk(platforms: ('feishu' | 'wechat')[] = ['wechat']): Promise<TextCity> {
  const city = await aTextCity(platforms)
  city.app.dataDir = await testFolder()
  for (const messenger of city.app.messengers.values()) {
    messenger.download = async ({ key }) => ({
      fileName: 'photo.jpg',
      mediaType: 'image/jpeg',
      data: Buffer.from(bytes.get(key) ?? ''),
    })
  }
  await city.items('一', '二')
  for (const code of [1, 2]) await city.say('陈组长', `/派单 #${code} 市农业农村委`)
  return city
}

async function sends(city: TextCity, who: Official, key: string, content: string, item = 1): Promise<void> {
  bytes.set(key, content)
  const card = city.seen(agriculture, `#${item} `)
  const attachments = [{ messageId: key, key, type: 'image' as const }]
  await city.say(who, '', { attachments, quote: card, below: card })
}

async function kept({ app }: TextCity): Promise<string[]> {
  const rows = await app.db.read.selectFrom('attachments').select('platform_key').orderBy('id').execute()
  return rows.map((row) => row.platform_key)
}
