import { expect, test } from 'vitest'
import { aTextCity } from '../support/text-city.ts'

const dayMs = 24 * 60 * 60_000

test.each(['wechat', 'feishu'] as const)(
  'whom nobody knows is answered three times a day in private on %s, then not any more',
  async (platform) => {
    const city = await aTextCity([platform])
    for (let said = 0; said < 10; said += 1) await city.say('王路人', '你好', { in: 'private' })
    await city.say('王路人', '/帮助', { in: 'private' })
    expect(city.told('王路人')).toHaveLength(3)
    await city.pass(dayMs)
    await city.say('王路人', '你好', { in: 'private' })
    expect(city.told('王路人')).toHaveLength(4)
    expect(city.bugs).toEqual([])
  },
)

test('nor can a group that nobody knows have the bot talk all day; others are answered as ever', async () => {
  const city = await aTextCity()
  for (let said = 0; said < 10; said += 1) await city.say('王路人', '/进度', { in: '陌生群' })
  expect(city.posts('陌生群')).toHaveLength(3)
  for (let said = 0; said < 5; said += 1) await city.say('陈组长', '/进度', { in: 'private' })
  expect(city.told('陈组长')).toHaveLength(5)
  await city.say('王路人', '/进度', { in: '市商务委员会' })
  expect(city.posts('市商务委员会')).toHaveLength(1)
})

test('who is known by what was just said is told so, however much was said before', async () => {
  const city = await aTextCity()
  for (let said = 0; said < 5; said += 1) await city.say('王路人', '你好', { in: 'private' })
  const account = { account: 'padlocal/wxid_bot/contact/%E7%8E%8B%E8%B7%AF%E4%BA%BA', name: '王路人' }
  await city.say('陈组长', '/人员 @王路人 联络员 市商务委', { mentions: [account] })
  const before = city.told('王路人').length
  await city.say('王路人', '/待办', { in: 'private' })
  expect(city.told('王路人')).toHaveLength(before + 1)
})
