import { expect, test } from 'vitest'
import { makeClaimCode } from '../../src/services/directory/claim.ts'
import { work } from '../../src/services/work.ts'
import { aTextCity } from '../support/text-city.ts'

const dayMs = 24 * 60 * 60_000

test('nobody guesses a code: after five tries even the right one is refused to that account, until the next day', async () => {
  const city = await aTextCity()
  const isClaimed = async () => {
    const events = await city.app.db.read.selectFrom('events').select('what').execute()
    return events.some(({ what }) => what === 'claimed')
  }
  const claim = (code: string) => city.say('王路人', `/认领 ${code}`, { in: 'private' })
  const code = await work(city.app, makeClaimCode)

  for (let guess = 0; guess < 5; guess += 1) await claim(`guess-${guess}`)
  await claim(code)
  expect(await isClaimed()).toBe(false)
  expect(city.told('王路人')[0]?.words).toContain('认领码不正确')

  await city.pass(dayMs - 60_000)
  await claim(code)
  expect(await isClaimed()).toBe(true)
  expect(city.told('王路人').at(-1)?.words).toContain('您已认领专班权限')
  expect(city.bugs).toEqual([])
})

test('who has used up the tries does so for nobody else, and is told', async () => {
  const city = await aTextCity()
  const code = await work(city.app, makeClaimCode)
  for (let guess = 0; guess < 6; guess += 1)
    await city.say('孙联络', `/认领 guess-${guess}`, { in: 'private' })
  expect(city.told('孙联络').at(-1)?.words).toContain('今日认领次数已用完')
  await city.say('王路人', `/认领 ${code}`, { in: 'private' })
  expect(city.told('王路人').at(-1)?.words).toContain('您已认领专班权限')
})
