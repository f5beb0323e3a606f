import { expect, test } from 'vitest'
import { renderCard } from '../../../bots/feishu/card.ts'
import { readCardAction } from '../../../bots/feishu/receive/card-action.ts'
import { validateCard } from '../../../sandbox/server/card/validate.ts'
import type { FormField, Message } from '../../../src/messages/message.ts'
import { within } from './cards.ts'

const options = [
  { value: '1', label: '市教育委员会' },
  { value: '2', label: '市商务委员会' },
  { value: '2', label: '市商务委员会（重复）' },
]

test('a field of several choices is the platform’s, with each value once and only known ones chosen', () => {
  const card = cardOf({
    kind: 'choices',
    name: 'co',
    label: '协办单位',
    required: false,
    options,
    initial: ['2', '9', '2'],
  })
  expect(validateCard(card)).toEqual([])
  const [form] = card.body.elements
  const select = within(form, 'elements').find(({ tag }) => tag === 'multi_select_static')
  expect(select).toMatchObject({ name: 'co', required: false, selected_values: ['2'] })
  expect(within(select, 'options').map(({ value }) => value)).toEqual(['1', '2'])
})

test('nothing chosen at first is left out, which the platform takes', () => {
  const card = cardOf({
    kind: 'choices',
    name: 'co',
    label: '协办单位',
    required: false,
    options,
    initial: ['9'],
  })
  expect(validateCard(card)).toEqual([])
  expect(JSON.stringify(card)).not.toContain('selected_values')
})

test('what is chosen arrives as a list', async () => {
  const event = {
    event_id: 'event-1',
    create_time: '1790000000000000',
    operator: { open_id: 'ou_1' },
    action: { value: { command: 'triage', args: { item: 12 } }, form_value: { co__2: ['1', '2'] } },
    context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
  }
  expect(await readCardAction(event, async () => 'group')).toMatchObject({
    command: 'triage',
    args: { item: 12, co: ['1', '2'] },
  })
})

function cardOf(field: FormField) {
  const submit = { label: '派单', style: 'primary', command: 'triage', args: { item: 12 } } as const
  const message: Message = {
    title: '研判',
    tone: 'info',
    blocks: [{ kind: 'form', form: { id: 'dispatch', fields: [field], submit } }],
  }
  return renderCard(message, 'zh-CN')
}
