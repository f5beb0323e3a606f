import { expect, test } from 'vitest'
import { statusMessage } from '../../src/messages/status.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { departmentRow, now, someTotals } from './examples.ts'

const voice = createVoice('zh-CN', 'Asia/Shanghai', { now: () => now })

test('the table fits a phone: who returned what stands below it', () => {
  const calm = departmentRow('甲局', { rate_3wd: { n: 0, m: 0 } })
  const returning = { ...departmentRow('乙局'), returns: { n: 1, m: 4 } }
  const { blocks } = statusMessage(someTotals(), [calm, returning], voice, now)
  const table = blocks.find((block) => block.kind === 'table')
  expect(table?.columns.map(({ key }) => key)).toEqual(['department', 'open', 'overdue', 'solved', 'rate'])
  expect(table?.rows[0]).toMatchObject({ department: '甲局', rate: '—' })
  expect(blocks).toContainEqual({ kind: 'note', text: '退回率：乙局1/4（25%）。' })

  const none = statusMessage(someTotals(), [calm], voice, now)
  expect(JSON.stringify(none)).not.toContain('退回率')
})
