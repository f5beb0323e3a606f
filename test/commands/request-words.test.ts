import { describe, expect, test } from 'vitest'
import { dateAndRest, dateNamed, decisionIn, grantedIn, limitIn } from '../../src/commands/request-words.ts'
import { UserError } from '../../src/errors.ts'
import { createVoice } from '../../src/messages/voice.ts'
import type { App } from '../../src/services/app.ts'
import { moment, shanghai } from '../domain/offices.ts'

const now = moment('2026-11-20 10:00')
const voice = createVoice('zh-CN', 'Asia/Shanghai', { now: () => now })
const day = { app: { voice, office: () => shanghai } as Pick<App, 'voice' | 'office'> as App, now }

describe('what a lead decides', () => {
  test.each([
    ['批准', { decision: 'approve', rest: '' }],
    ['同意，5个工作日', { decision: 'approve', rest: '5个工作日' }],
    ['approve 5wd', { decision: 'approve', rest: '5wd' }],
    ['不同意 请先调货', { decision: 'refuse', rest: '请先调货' }],
    ['Reject, too early', { decision: 'refuse', rest: 'too early' }],
    ['恢复 商务委', { decision: 'resume', rest: '商务委' }],
    ['同意吗', null],
    ['货源紧张', null],
  ])('%s', (words, decided) => {
    expect(decisionIn(words)).toEqual(decided)
  })
})

describe('the date at either end', () => {
  test.each([
    ['货源紧张 12月10日', { date: '2026-12-10', rest: '货源紧张' }],
    ['货源紧张，运力不足 2026-12-10', { date: '2026-12-10', rest: '货源紧张，运力不足' }],
    ['12月10日，待资金下达', { date: '2026-12-10', rest: '待资金下达' }],
    ['下周五前 待资金下达', { date: '2026-11-27', rest: '待资金下达' }],
    ['Dec 10 waits for funding', { date: '2026-12-10', rest: 'waits for funding' }],
    ['the trucks are late next Friday', { date: '2026-11-27', rest: 'the trucks are late' }],
    ['12月10日', { date: '2026-12-10', rest: '' }],
    ['11月18日台风影响收割', null],
    ['货源紧张', null],
  ])('%s', (words, found) => {
    expect(dateAndRest(words, day)).toEqual(found)
  })

  test('one that no calendar has is no date', () => {
    expect(() => dateAndRest('货源紧张 11月31日', day)).toThrow(UserError)
  })
})

test.each([
  ['货源紧张，申请延至12月10日', '2026-12-10'],
  ['货源紧张，12月10日前完成', '2026-12-10'],
  ['11月18日台风影响收割', null],
])('the limit in %s', (words, date) => {
  expect(limitIn(words, day)).toBe(date)
})

test.each([
  ['2026-12-10', '2026-12-10'],
  ['12月10日前', '2026-12-10'],
  ['延至12月10日', '2026-12-10'],
  ['11-30', '2026-11-30'],
  ['by Dec 10', '2026-12-10'],
  ['一阵子', null],
])('%s as a date', (text, date) => {
  expect(dateNamed(text, day)).toBe(date)
})

describe('what is granted', () => {
  test.each([null, '5wd', '5个工作日', '５个工作日'])('%s: the usual days', (words) => {
    expect(grantedIn(words, day)).toBeUndefined()
  })

  test.each([
    ['12月10日', '2026-12-10 00:00'],
    ['2026-12-10 12:00', '2026-12-10 12:00'],
  ])('%s', (words, at) => {
    expect(grantedIn(words, day)).toEqual({ kind: 'until', at: moment(at) })
  })

  test.each(['7wd', '2小时', '尽快'])('%s is nothing to grant', (words) => {
    expect(() => grantedIn(words, day)).toThrow(UserError)
  })
})
