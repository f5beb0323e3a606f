import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeAddress, parseAddress } from '../../../bots/wechat/address.ts'

describe('an address', () => {
  it('says puppet, account, kind and id', () => {
    const address = {
      puppet: '@juzi/wechaty-puppet-service',
      account: '1688850000000000',
      kind: 'room',
      id: 'R:10696051/6@chatroom',
    } as const
    expect(composeAddress(address)).toBe(
      '%40juzi%2Fwechaty-puppet-service/1688850000000000/room/R%3A10696051%2F6%40chatroom',
    )
    expect(parseAddress(composeAddress(address))).toEqual(address)
  })

  it('is read as it was composed, whatever the ids', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1 })
    const addresses = fc.record({
      puppet: id,
      account: id,
      kind: fc.constantFrom('room' as const, 'contact' as const),
      id,
    })
    fc.assert(
      fc.property(addresses, (address) => {
        expect(parseAddress(composeAddress(address))).toEqual(address)
      }),
    )
  })

  it.each([
    '',
    'oc_8f3a',
    'wechaty-puppet-mock/wxid_bot/room',
    'wechaty-puppet-mock/wxid_bot/room/1/2',
    'wechaty-puppet-mock/wxid_bot/group/1',
    'wechaty-puppet-mock//room/1',
    'wechaty-puppet-mock/wxid_bot/room/',
    'wechaty-puppet-mock/wxid_bot/room/%E0%A4%A',
    'wechaty-puppet-mock/wxid_bot/room/1@chatroom',
  ])('is not %j', (text) => {
    expect(parseAddress(text)).toBeNull()
  })
})
