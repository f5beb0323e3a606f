import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { allTotals } from '../../src/services/reports/status.ts'
import { erasePersonalData } from '../../src/services/retention/erase.ts'
import { personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { shanghai } from '../support/time.ts'
import { history, look, until } from '../support/truth.ts'

const dayMs = 24 * 60 * 60 * 1000
const person = { petitioner: '欧阳诉求', phone: '13800005678', address: '青浦区盈港路88弄6号1203室' }
const other = { petitioner: '司马诉求', phone: '13700002001', address: '崇明区陈家镇' }
const planted = {
  title: '13900001001',
  content: '13900001002',
  feedback: '13900001003',
  redo: '13900001004',
  file: '13900001005',
  callback: '13900001006',
  uptake: '13900001007',
  extension: '13900001008',
}

test('the personal data of what is over is erased, down to the bytes of the file, and every number stays', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  Object.assign(world.env, {
    PII_RETENTION_DAYS: '30',
    API_TOKENS: 'city:a-token-of-the-city',
    API_PRIVATE: 'city',
  })
  await world.restart()
  const { taskForce, agriculture } = world
  const wording = (name: string, at: keyof typeof planted) => `${name}，电话${planted[at]}`
  const [code = 0, open = 0, merged = 0, declined = 0] = await world.items(
    { ...person, title: wording('蔬菜滞销', 'title'), content: wording('请联系我', 'content') },
    { ...other, title: '种子断供', content: '电话13700002002' },
    { ...person, phone: '13800005679', title: '蔬菜卖不出去' },
    { ...person, phone: '13800005680', title: '天气不好' },
  )
  const card = await dispatch(world, `#${code} #${open} 农业农村委`, agriculture)
  await answerTo(world, taskForce, 'lead', `/合并 #${merged} #${code}`)
  await answerTo(world, taskForce, 'lead', `/不予受理 #${declined} 天气不归我们管`)
  await answerTo(world, agriculture, 'contact', `/签收 #${code}`)
  await answerTo(world, agriculture, 'contact', `/联系方式 #${code}`)
  await answerTo(world, agriculture, 'contact', `/延期 #${code} ${wording('等农户回话', 'extension')}`)
  world.sandbox.sendFile(
    agriculture.chat.chat_id,
    personOf(agriculture, 'contact').open_id,
    { name: `${planted.file}.txt`, type: 'file', data: Buffer.from(`收条 ${planted.file}`) },
    {
      reply_to: (
        await answerTo(world, agriculture, 'contact', `/反馈 #${code} 正在办理，已上门，12月4日前办结`)
      ).message_id,
    },
  )
  await until(
    () => look(world, async (db) => (await files(db)).some(({ size }) => size !== null)),
    'the file',
  )
  await answerTo(world, taskForce, 'lead', `/审核 #${code} redo ${wording('请再问问', 'redo')}`)
  await answerTo(world, agriculture, 'contact', `/反馈 #${code} 已解决，${wording('农户满意', 'feedback')}`)
  await answerTo(world, taskForce, 'lead', `/审核 #${code} 通过`)
  await answerTo(world, taskForce, 'lead', `/转化 #${code} 议题 ${wording('常务会议', 'uptake')}`)
  await answerTo(world, taskForce, 'lead', `/回访 #${code} 满意 ${wording('欧阳诉求说好', 'callback')}`)
  await answerTo(world, taskForce, 'lead', `/销号 #${code}`)
  await world.settled()
  const { app } = world.duban
  const whole = Object.values({ ...person, ...planted }).toSorted()
  expect((await kept(world)).toSorted()).toEqual(whole)
  const later = world.clock.now() + 31 * dayMs
  const before = await figures(world, later)

  // Not a day too soon.
  expect(await erasePersonalData(app, 30)).toBe(0)
  world.clock.set(world.clock.now() + 29 * dayMs)
  expect(await erasePersonalData(app, 30)).toBe(0)
  expect(await kept(world)).toEqual(expect.arrayContaining(whole))

  await world.moveTo(world.clock.now() + 2 * dayMs)
  await until(async () => (await history(world, code)).at(-1) === 'erased', 'the erasure')
  await until(
    () =>
      look(world, (db) =>
        db.selectFrom('settings').selectAll().where('key', '=', 'personal-data-erased').executeTakeFirst(),
      ).then((row) => row?.value === '2026-12-21'),
    'the end of the erasure',
  )
  await world.settled()
  expect(await kept(world)).toEqual([])
  expect(await figures(world, later)).toEqual(before)
  expect((await history(world, merged)).at(-1)).toBe('erased')
  expect((await history(world, declined)).at(-1)).toBe('erased')
  expect(await history(world, open)).not.toContain('erased')
  expect(await rowOf(world, code)).toMatchObject({
    title: '蔬菜滞销，电话139****1001',
    content: '请联系我，电话139****1002',
    petitioner: null,
    phone: null,
    address: null,
  })
  expect(await rowOf(world, open)).toMatchObject({
    ...other,
    content: '电话13700002002',
  })

  // Politely.
  const contact = await answerTo(world, taskForce, 'lead', `/联系方式 #${code}`)
  expect(textOf(contact)).toContain(`#${code}`)
  expect(textOf(contact)).not.toContain('出错')
  const read = await fetch(`${world.duban.url}/api/v1/items/${code}?private=1`, {
    headers: { authorization: 'Bearer a-token-of-the-city' },
  })
  expect(await read.json()).toMatchObject({ code, petitioner: null, phone: null, address: null })
  const shown = textOf(await answerTo(world, taskForce, 'lead', `/进度 #${code}`))
  expect(shown).toContain('按期清除个人信息')
  expect(await erasePersonalData(app, 30)).toBe(0)
  const told = await look(world, (db) =>
    db
      .selectFrom('events')
      .select('detail')
      .where('what', '=', 'erased')
      .where('item_code', 'is', null)
      .execute(),
  )
  expect(told).toEqual([{ detail: JSON.stringify({ count: 3 }) }])

  // What is taken up again is left alone, and can be finished like any other.
  await answerTo(world, taskForce, 'lead', `/重新交办 #${code} 农户又来电话`)
  world.clock.set(world.clock.now() + 40 * dayMs)
  expect(await erasePersonalData(app, 30)).toBe(0)
  expect(card.chat_id).toBe(agriculture.chat.chat_id)
})

type Eyes = Parameters<Parameters<typeof look>[1]>[0]

function files(db: Eyes) {
  return db.selectFrom('attachments').selectAll().execute()
}

function rowOf(world: World, code: number) {
  return look(world, (db) => db.selectFrom('items').selectAll().where('code', '=', code).executeTakeFirst())
}

/** Which of the planted values stand in the database's files, or in those beside it. */
async function kept(world: World): Promise<string[]> {
  const file = (world.env.DATABASE_URL ?? '').slice('file:'.length)
  const attachments = path.join(world.env.DATA_DIR ?? '', 'attachments')
  const names = [
    file,
    `${file}-wal`,
    ...(await readdir(attachments).catch(() => [])).map((name) => path.join(attachments, name)),
  ]
  const bytes = Buffer.concat(await Promise.all(names.map((name) => readFile(name))))
  return Object.values({ ...person, ...planted }).filter((value) => bytes.includes(value))
}

/** All that is counted. */
async function figures(world: World, at: number): Promise<unknown> {
  const { app } = world.duban
  const rows = await look(world, async (db) => ({
    attachments: await db.selectFrom('attachments').select(['assignment_id', 'at', 'error']).execute(),
    items: await db.selectFrom('items').select(['code', 'status', 'received_at', 'merged_into']).execute(),
    feedback: await db.selectFrom('feedback').select(['id', 'outcome', 'review']).execute(),
    callbacks: await db.selectFrom('callbacks').select(['id', 'satisfied']).execute(),
  }))
  return { totals: await allTotals(app, at), ...rows }
}
