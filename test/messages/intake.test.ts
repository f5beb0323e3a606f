import { describe, expect, test } from 'vitest'
import { type NewItem, newItemsMessage, urgentItemsMessage } from '../../src/messages/intake.ts'
import { nudgeCopy } from '../../src/messages/nudge.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { anAssignment, now } from './examples.ts'

const zh = createVoice('zh-CN', 'Asia/Shanghai', { now: () => now })
const en = createVoice('en', 'Asia/Shanghai', { now: () => now })

const item = (code: number, more: Partial<NewItem> = {}): NewItem => ({
  code,
  title: `事项${code}`,
  content: '',
  source: 'hotline',
  urgency: 'urgent',
  received_at: Date.parse('2026-11-20T09:00:00+08:00'),
  ...more,
})

describe('what is urgent', () => {
  test('alone is told in its own words, masked before it is cut', () => {
    const content = `${'长'.repeat(291)}13800138000${'长'.repeat(50)}`
    const { title, blocks } = urgentItemsMessage([item(3, { content })], zh)
    expect(title).toBe('【新收急件】#3 事项3')
    expect(blocks.at(-1)).toEqual({
      kind: 'actions',
      actions: [{ label: '研判', style: 'primary', command: 'triage', args: { item: 3 } }],
    })
    const quote = blocks.find(({ kind }) => kind === 'quote')
    expect(JSON.stringify(quote)).toContain('138****8')
    expect(JSON.stringify(quote)).not.toMatch(/\d{4}/)
  })

  test('is a list of the most urgent first, of which ten are named', () => {
    const many = Array.from({ length: 11 }, (_, index) => item(index + 1))
    const { title, tone, blocks } = urgentItemsMessage([...many, item(12, { urgency: 'critical' })], zh)
    expect([title, tone]).toEqual(['【新收急件】12项事项待研判', 'danger'])
    const [entries] = blocks.flatMap((block) => (block.kind === 'entries' ? [block.entries] : []))
    expect(entries?.map(({ text }) => text)).toEqual(
      ['#12 事项12', ...many.map(({ code, title: own }) => `#${code} ${own}`)].slice(0, 10),
    )
    expect(entries?.[0]?.note).toBe('12345热线　特急　11月20日（周五）09:00受理')
    expect(blocks.find(({ kind }) => kind === 'note')).toEqual({ kind: 'note', text: '另有2项未列出。' })
  })
})

test('a list of what can wait says how many there are', () => {
  const { title, blocks } = newItemsMessage([item(1, { urgency: 'normal' })], 31, zh)
  expect(title).toBe('【新收事项】31项待研判')
  expect(blocks.at(-2)).toEqual({ kind: 'note', text: '另有30项未列出。' })
  expect(newItemsMessage([item(1)], 1, en).title).toBe('[New] 1 item to triage')
})

test('the copy of nudges that are not all of overdue items says which are', () => {
  const half = { assignment: anAssignment(), stage: 'half-time' as const, late: false }
  const over = { assignment: anAssignment({ id: 2 }), stage: 'overdue-notice' as const, late: true }
  expect(nudgeCopy([half], zh).title).toBe('【催办抄送】1项事项')
  expect(nudgeCopy([half, over], zh).title).toBe('【催办抄送】2项事项，其中1项已逾期')
  expect(nudgeCopy([over], zh).title).toBe('【催办通知抄送】1项事项已逾期')
  expect(JSON.stringify(nudgeCopy([half], zh))).toContain('时限已过半')
  expect(nudgeCopy([half, over], en).title).toBe('[Copy of nudges] 2 items, 1 overdue')
})
