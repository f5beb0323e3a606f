import { describe, expect, test } from 'vitest'
import { type AuditEntry, eventNames } from '../../src/domain/event.ts'
import { eventDetail, whoActed } from '../../src/messages/event-words.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { moment } from '../domain/offices.ts'

const clock = { now: () => moment('2026-11-24 10:00') }
const zh = createVoice('zh-CN', 'Asia/Shanghai', clock)
const en = createVoice('en', 'Asia/Shanghai', clock)
const due = moment('2026-11-25 17:30')

const cases: [AuditEntry['what'], AuditEntry['detail'], string, string][] = [
  ['dispatched', { due, part: 'co' }, '协办　11月25日（周三）17:30前', 'co-department · by Wed 25 Nov 17:30'],
  ['merged', { into: 12 }, '并入 #12', 'into #12'],
  ['merged', { from: 13 }, '#13 并入', 'from #13'],
  ['declined', { reason: '不属本市事权' }, '不属本市事权', '不属本市事权'],
  [
    'returned',
    { reason: '职责不符', suggested: '市商务委员会' },
    '建议由市商务委员会承办　职责不符',
    'suggested: 市商务委员会 · 职责不符',
  ],
  [
    'extension-asked',
    { reason: '检测未完成', until: '2026-11-30' },
    '申请至11月30日（周一）　检测未完成',
    'until Mon 30 Nov · 检测未完成',
  ],
  ['extended', { to: due, from: 1 }, '11月25日（周三）17:30前', 'by Wed 25 Nov 17:30'],
  ['extension-refused', { reason: '时间充足' }, '时间充足', '时间充足'],
  [
    'suspended',
    { until: '2026-12-01', reason: '待立项' },
    '12月1日（周二）复核　待立项',
    'review on Tue 1 Dec · 待立项',
  ],
  ['suspension-moved', { until: '2026-12-01' }, '12月1日（周二）复核', 'review on Tue 1 Dec'],
  ['resumed', { to: due }, '11月25日（周三）17:30前', 'by Wed 25 Nov 17:30'],
  ['called-back', { satisfied: false, note: '仍未清运' }, '不满意　仍未清运', 'unsatisfied · 仍未清运'],
  ['called-back', { satisfied: true, note: null }, '满意', 'satisfied'],
  ['published', { url: 'https://example.org/1' }, 'https://example.org/1', 'https://example.org/1'],
  ['uptake', { kind: 'policy', note: '印发通知' }, '转化为政策　印发通知', ''],
  ['reopened', { reason: '问题反复', round: 2 }, '问题反复', '问题反复'],
  ['undone', { what: 'dispatched' }, '派单', 'dispatched'],
  [
    'stand-in',
    { person: '钱副手', insteadOf: '孙联络', until: '2026-11-27' },
    '钱副手代理孙联络，至11月27日（周五）',
    '钱副手 for 孙联络, until Fri 27 Nov',
  ],
  [
    'stand-in',
    { person: '钱副手', insteadOf: '孙联络', ended: true },
    '钱副手代理孙联络，已结束',
    '钱副手 for 孙联络, ended',
  ],
  [
    'left',
    { person: '孙联络', roles: ['backup', 'contact'] },
    '孙联络　联络员、B角',
    '孙联络 · contact, backup',
  ],
  ['unbound', { reason: '群已解散' }, '群已解散', '群已解散'],
]

describe('what an event says beside its name', () => {
  test.each(cases)('%s %j', (what, detail, chinese, english) => {
    const entry = { at: 0, what, by: '陈组长', department: null, detail }
    expect(eventDetail(entry, zh)).toBe(chinese)
    if (english !== '') expect(eventDetail(entry, en).toLowerCase()).toBe(english.toLowerCase())
  })

  test.each(eventNames)('%s without, or with strange, details says no nonsense', (what) => {
    for (const strange of [
      {},
      { reason: 1, until: 'soon', to: 'x', due: null, part: 3, satisfied: 'no', roles: {} },
    ]) {
      const words = eventDetail({ at: 0, what, by: null, department: null, detail: strange }, zh)
      expect(words).not.toMatch(/undefined|null|NaN|object|Invalid/)
    }
  })
})

test('what a department did is under its name; what was done to it says to whom', () => {
  const entry = { at: 0, by: '孙联络', department: '市农业农村委员会', detail: {} }
  expect(whoActed({ ...entry, what: 'returned' }, zh)).toEqual(['市农业农村委员会 孙联络'])
  expect(whoActed({ ...entry, what: 'extended', by: '陈组长' }, zh)).toEqual(['陈组长', '至市农业农村委员会'])
  expect(whoActed({ ...entry, what: 'closed', department: null }, zh)).toEqual(['孙联络'])
})
