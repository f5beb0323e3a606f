import { expect, test } from 'vitest'
import { privateDetailsMessage } from '../../src/messages/private-details.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { now } from './examples.ts'

const voice = createVoice('zh-CN', 'Asia/Shanghai', { now: () => now })
const own = { code: 12, title: '蔬菜滞销', petitioner: '来电市民', phone: '13900139000', address: null }

test('one citizen’s details bear the item in the title alone', () => {
  const message = privateDetailsMessage(12, [own], voice)
  expect(message.title).toBe('【联系方式】#12 蔬菜滞销')
  expect(message.blocks.map(({ kind }) => kind)).toEqual(['fields', 'note'])
})

test('those of merged items each stand below their own item', () => {
  const merged = { ...own, code: 15, title: '蔬菜卖不掉' }
  const message = privateDetailsMessage(12, [own, merged], voice)
  expect(message.title).toBe('【联系方式】#12')
  expect(message.blocks.filter(({ kind }) => kind === 'text')).toMatchObject([
    { text: '#12 蔬菜滞销' },
    { text: '#15 蔬菜卖不掉' },
  ])
  // The item itself may have none on file.
  expect(privateDetailsMessage(12, [merged], voice).blocks[0]).toMatchObject({ text: '#15 蔬菜卖不掉' })
})
