import { describe, expect, test } from 'vitest'
import { calledCommand, codeAndRest, tokensOf } from '../../src/commands/words.ts'

describe('a command', () => {
  test.each([
    ['/status 12', { name: 'status', words: '12' }],
    ['／进度　＃１２', { name: '进度', words: '＃１２' }],
    ['/进度：#12', { name: '进度', words: '#12' }],
    ['/进度#12', { name: '进度', words: '#12' }],
    [' / ｓｔａｔｕｓ', { name: 'status', words: '' }],
    [
      '\u200b/审核 #1 退回 请补充（全部）。\n谢谢！ ',
      { name: '审核', words: '#1 退回 请补充（全部）。\n谢谢！' },
    ],
  ])('%j is read, and what follows stays as written', (text, called) => {
    expect(calledCommand(text)).toEqual(called)
  })

  test.each(['/usr/bin', 'status', '/', '//'])('%j is none', (text) => {
    expect(calledCommand(text)).toBeNull()
  })
})

test('tokens are plain, free text is not touched', () => {
  expect(tokensOf('＃１２，＃１３　５ｗｄ')).toEqual(['#12', '#13', '5wd'])
  expect(codeAndRest('＃１２　已解决（两批）；\n共１２吨')).toEqual({
    item: 12,
    rest: '已解决（两批）；\n共１２吨',
  })
})
