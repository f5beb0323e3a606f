import { expect, test } from 'vitest'
import { masked } from '../../src/messages/masked.ts'
import type { Action, Message } from '../../src/messages/message.ts'

const phone = '13911112222'
const action: Action = {
  label: `并入 ${phone}`,
  style: 'default',
  command: 'merge',
  args: { item: 12 },
  confirm: `并入“路灯 ${phone}”？`,
}

test('whatever a message shows is masked, in buttons and in forms that come filled in too; what they send stays', () => {
  const message: Message = {
    title: `#12 路灯 ${phone}`,
    tone: 'info',
    blocks: [
      { kind: 'text', text: phone },
      { kind: 'quote', text: phone },
      { kind: 'note', text: phone },
      { kind: 'fields', fields: [{ label: '办理情况', value: phone }] },
      { kind: 'entries', entries: [{ text: phone, note: phone, actions: [action] }] },
      { kind: 'table', columns: [{ key: 'a', label: '甲' }], rows: [{ a: phone }] },
      { kind: 'actions', actions: [action] },
      {
        kind: 'form',
        form: {
          id: 'publish-12',
          fields: [
            { kind: 'text', name: 'text', label: '公开内容', required: true, maxLength: 500, initial: phone },
            { kind: 'text', name: 'note', label: '说明', required: false, maxLength: 500 },
            { kind: 'date', name: 'date', label: '日期', required: false, initial: '2026-11-30' },
            {
              kind: 'choice',
              name: 'into',
              label: '并入',
              required: true,
              options: [{ value: '12', label: phone }],
              initial: '12',
            },
          ],
          submit: action,
        },
      },
    ],
  }
  const shown = JSON.stringify(masked(message))
  expect(shown).not.toContain(phone)
  expect(shown.match(/139\*{4}2222/g)).toHaveLength(16)
  expect(shown).toContain('"args":{"item":12}')
  expect(shown).toContain('"initial":"2026-11-30"')
  expect(shown).toContain('"options":[{"value":"12"')
})
