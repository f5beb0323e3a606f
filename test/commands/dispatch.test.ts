import { describe, expect, test } from 'vitest'
import type { Call } from '../../src/commands/command.ts'
import { dispatch } from '../../src/commands/dispatch.ts'
import { UserError } from '../../src/errors.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { zhCN } from '../../src/messages/wording/zh-cn.ts'
import { moment, shanghai } from '../domain/offices.ts'

describe('what the words of /dispatch say', () => {
  test.each([
    ['#16 Health Commission 3wd', { items: [16], department: ['Health', 'Commission'], policy: '3wd' }],
    ['Health #16 Commission', { items: [16], department: ['Health', 'Commission'] }],
    ['16 17 农业农村委 3个工作日 急', { items: [16, 17], policy: '3个工作日', urgency: 'urgent' }],
    ['#16 教委 5 working days', { department: ['教委'], policy: '5 working days' }],
    ['#16 教委 2 小时', { department: ['教委'], policy: '2 小时' }],
    ['#16 教委 2026-11-30 12:00 特急', { policy: '2026-11-30 12:00', urgency: 'critical' }],
    ['#16 2026年11月30日 教委', { department: ['教委'], policy: '2026年11月30日' }],
    ['#16 教委 11月30日 急', { department: ['教委'], policy: '2026-11-30', urgency: 'urgent' }],
    ['#16 教委 11月30日前', { department: ['教委'], policy: '2026-11-30' }],
    ['#16 11月30日12:00 教委', { department: ['教委'], policy: '2026-11-30 12:00' }],
    ['#16 教委 11月30日 12:00', { department: ['教委'], policy: '2026-11-30 12:00' }],
    ['#16 教委 11-30', { policy: '2026-11-30' }],
    ['#16 教委 1月15日', { policy: '2027-01-15' }],
    ['#16 教委 下周三', { department: ['教委'], policy: '2026-11-25' }],
    ['#16 教委 明天 17:00', { policy: '2026-11-21 17:00' }],
    ['#16 Health Commission 30 Nov', { department: ['Health', 'Commission'], policy: '2026-11-30' }],
    ['#16 Sun Island Office', { department: ['Sun', 'Island', 'Office'] }],
  ])('%s', (words, order) => {
    expect(parsed(words)).toMatchObject(order)
  })

  test.each([
    ['#16 教委 3天', '3天'],
    ['#16 教委 3日内', '3日内'],
    ['#16 三天 教委', '三天'],
    ['#16 教委 3 days', '3 days'],
    ['#16 教委 3d', '3d'],
    ['#16 教委 300wd', '300wd'],
    ['#16 教委 1000小时', '1000小时'],
    ['#16 教委 30日', '30日'],
  ])('%s is told how a time limit is written', (words, limit) => {
    expect(complaint(() => parsed(words))).toBe(zhCN.errors.badPolicy(limit))
  })

  test.each([
    ['#16 教委 11月31日', '11月31日'],
    ['#16 教委 2026-13-45', '2026-13-45'],
  ])('%s names a day that no calendar has', (words, day) => {
    expect(complaint(() => parsed(words))).toBe(zhCN.requests.noDateSuch(day))
  })
})

function parsed(words: string) {
  const now = moment('2026-11-20 10:00')
  const app = { voice: createVoice('zh-CN', 'Asia/Shanghai', { now: () => now }), office: () => shanghai }
  return dispatch.parse(words, { app, now } as unknown as Call)
}

function complaint(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof UserError) return error.say(zhCN)
    throw error
  }
  throw new Error('it complained of nothing')
}
