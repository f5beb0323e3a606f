import { describe, expect, test } from 'vitest'
import type { Element } from '../../../bots/feishu/card/element.ts'
import { renderCard } from '../../../bots/feishu/card.ts'
import { validateCard } from '../../../sandbox/server/card/validate.ts'
import type { Block, Message } from '../../../src/messages/message.ts'
import { elementsOf, everything, tagged, within, wordsOf } from './cards.ts'

function elements(...blocks: Block[]): Element[] {
  return renderCard(message(blocks), 'zh-CN').body.elements
}

function message(blocks: Block[], more: Partial<Message> = {}): Message {
  return { title: '新交办 #12', tone: 'info', blocks, ...more }
}

const plain = (content: string, style = {}) => ({ tag: 'plain_text', content, ...style })

describe('a card', () => {
  test('is JSON 2.0, updatable, its title in the header and in the notification', () => {
    const card = renderCard(message([{ kind: 'text', text: '请签收。' }]), 'zh-CN')
    expect(card).toMatchObject({
      schema: '2.0',
      config: { update_multi: true, summary: { content: '新交办 #12' } },
      header: { title: plain('新交办 #12'), template: 'blue' },
      body: { elements: [{ tag: 'div', text: plain('请签收。') }] },
    })
  })

  test.each([
    ['info', 'blue'],
    ['success', 'green'],
    ['warning', 'orange'],
    ['danger', 'red'],
    ['muted', 'grey'],
  ] as const)('of tone %s has a %s header', (tone, template) => {
    expect(renderCard(message([{ kind: 'divider' }], { tone }), 'en').header?.template).toBe(template)
  })

  test('of a title alone still has a body', () => {
    const card = renderCard(message([]), 'zh-CN')
    expect(card.header).toBeUndefined()
    expect(card.body.elements).toEqual([{ tag: 'div', text: plain('新交办 #12') }])
  })

  test('with every kind of block is one that the platform takes', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      expect(validateCard(renderCard(everything('正在办理'), locale))).toEqual([])
    }
  })

  test('uses no name twice, even with the same form in it twice', () => {
    const { blocks } = everything('正在办理')
    const card = renderCard(message([...blocks, ...blocks]), 'zh-CN')
    const names = elementsOf(card).flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('measures')
    expect(names).toContain('measures__2')
  })
})

describe('a block', () => {
  test('text, strong or not; blank text is left out', () => {
    expect(
      elements(
        { kind: 'text', text: '甲' },
        { kind: 'text', text: '乙', strong: true },
        { kind: 'text', text: ' ' },
      ),
    ).toEqual([
      { tag: 'div', text: plain('甲') },
      { tag: 'div', text: plain('乙', { text_size: 'heading' }) },
    ])
  })

  test('quote stands on grey', () => {
    const [quote] = elements({ kind: 'quote', text: '菜卖不出去' })
    expect(quote).toMatchObject({ tag: 'column_set', columns: [{ background_style: 'grey' }] })
    expect(tagged(renderCard(message([{ kind: 'quote', text: '菜卖不出去' }]), 'en'), 'div')).toEqual([
      { tag: 'div', text: plain('菜卖不出去') },
    ])
  })

  test('fields stand two in a row when short, alone when long', () => {
    const rows = elements({
      kind: 'fields',
      fields: [
        { label: '主办', value: '市农业农村委员会' },
        { label: '时限', value: '11月25日（周三）', tone: 'danger' },
        { label: '来源', value: '12345' },
        { label: '标题', value: '关于滞销蔬菜对接社区团购和商超采购渠道的建议' },
        { label: '联络员', value: '' },
      ],
    })
    expect(rows.map((row) => within(row, 'columns').length)).toEqual([2, 1, 1, 1])
    const [cell, due] = within(rows[0], 'columns')
    expect(cell?.elements).toEqual([
      { tag: 'div', text: plain('主办', { text_size: 'notation', text_color: 'grey' }) },
      { tag: 'div', text: plain('市农业农村委员会') },
    ])
    expect(within(due, 'elements')[1]).toEqual({
      tag: 'div',
      text: plain('11月25日（周三）', { text_color: 'red' }),
    })
    expect(
      wordsOf(renderCard(message([{ kind: 'fields', fields: [{ label: '联络员', value: ' ' }] }]), 'en')),
    ).toContain('—')
  })

  test('figures stand by three', () => {
    const figures = ['交办', '待签收', '办理中', '待审核', '解决', '基本解决', '逾期']
    const rows = elements({ kind: 'fields', fields: figures.map((label) => ({ label, value: '12' })) })
    expect(rows.map((row) => within(row, 'columns').length)).toEqual([3, 3, 3])
    expect(within(rows[2], 'columns').map((cell) => within(cell, 'elements').length)).toEqual([2, 0, 0])
  })

  test('entries are lines with their note and their buttons', () => {
    const ack = { label: '签收', style: 'primary', command: 'ack', args: { item: 12 } } as const
    const [bare, withButton, words, buttons] = elements({
      kind: 'entries',
      entries: [
        { text: '#12 菜 *滞销*' },
        { text: '#13 口罩', note: '逾期 2 天', tone: 'danger', actions: [ack] },
        {
          text: '#14 网课',
          actions: [ack, { ...ack, label: '填写反馈', style: 'default', command: 'form' }],
        },
      ],
    })
    expect(bare).toEqual({ tag: 'markdown', content: '&#35;12 菜 &#42;滞销&#42;' })
    expect(withButton).toMatchObject({
      tag: 'column_set',
      columns: [
        {
          elements: [
            {
              tag: 'markdown',
              content: "<font color='red'>&#35;13 口罩</font>\n<font color='grey'>逾期 2 天</font>",
            },
          ],
        },
        {
          width: 'auto',
          elements: [
            {
              tag: 'button',
              text: plain('签收'),
              type: 'primary_filled',
              size: 'small',
              behaviors: [{ type: 'callback', value: { command: 'ack', args: { item: 12 } } }],
            },
          ],
        },
      ],
    })
    expect(words).toEqual({ tag: 'markdown', content: '&#35;14 网课' })
    expect(buttons).toMatchObject({ tag: 'column_set', flex_mode: 'flow' })
    expect(buttons?.columns).toHaveLength(2)
  })

  test('table pages by ten and keys its cells safely', () => {
    const [table] = elements({
      kind: 'table',
      columns: [
        { key: '__proto__', label: '单位' },
        { key: 'late', label: '逾期', align: 'right' },
      ],
      rows: Array.from({ length: 12 }, (_, index) => ({ late: String(index) })),
    })
    expect(table).toMatchObject({
      tag: 'table',
      page_size: 10,
      columns: [
        { name: 'c0', display_name: '单位', data_type: 'text', horizontal_align: 'left' },
        { name: 'c1', display_name: '逾期', data_type: 'text', horizontal_align: 'right' },
      ],
    })
    expect(within(table, 'rows')[11]).toEqual({ c0: '', c1: '11' })
  })

  test('bar chart lies down, stacked where it has groups; pie is a ring; an empty one is left out', () => {
    const values = [
      { label: '市商务委', value: 3, group: '已解决' },
      { label: '市商务委', value: 1, group: '办理中' },
    ]
    const [bar, pie] = elements(
      { kind: 'chart', chart: { type: 'bar', title: '各单位', values } },
      { kind: 'chart', chart: { type: 'pie', title: '结果', values: [{ label: '已解决', value: 3 }] } },
      { kind: 'chart', chart: { type: 'pie', title: '无', values: [] } },
    )
    expect(bar).toMatchObject({
      tag: 'chart',
      chart_spec: {
        type: 'bar',
        direction: 'horizontal',
        title: { text: '各单位' },
        data: { values },
        xField: 'value',
        yField: 'label',
        seriesField: 'group',
        stack: true,
      },
    })
    expect(pie).toMatchObject({
      tag: 'chart',
      chart_spec: { type: 'pie', categoryField: 'label', valueField: 'value' },
    })
    expect(elements({ kind: 'chart', chart: { type: 'bar', title: '无', values: [] } })).toHaveLength(1)
  })

  test('actions are a row of buttons that ask first where they must', () => {
    const [row] = elements({
      kind: 'actions',
      actions: [
        { label: '签收', style: 'primary', command: 'ack', args: { item: 12 } },
        { label: '退回', style: 'danger', command: 'return', args: { item: 12 }, confirm: '确定退回？' },
      ],
    })
    const [, second] = within(row, 'columns')
    expect(row).toMatchObject({ tag: 'column_set', flex_mode: 'flow' })
    expect(within(second, 'elements')[0]).toMatchObject({
      type: 'danger',
      confirm: { title: plain('退回'), text: plain('确定退回？') },
      behaviors: [{ type: 'callback', value: { command: 'return', args: { item: 12 } } }],
    })
  })

  test('form labels its fields, says which are required, and submits', () => {
    const [form] = elements({
      kind: 'form',
      form: {
        id: 'feedback',
        fields: [
          {
            kind: 'choice',
            name: 'outcome',
            label: '办理结果',
            required: true,
            options: [
              { value: 'resolved', label: '解决' },
              { value: 'in_progress', label: '正在解决' },
              { value: 'resolved', label: '解决（重复）' },
            ],
            initial: 'in_progress',
          },
          {
            kind: 'text',
            name: 'measures',
            label: '办理措施',
            required: true,
            multiline: true,
            maxLength: 5000,
          },
          { kind: 'date', name: 'promised', label: '承诺日期', required: false, initial: '2026-11-30' },
        ],
        submit: { label: '提交反馈', style: 'primary', command: 'feedback', args: { item: 12 } },
      },
    })
    expect(form).toMatchObject({ tag: 'form', name: 'feedback' })
    expect(form?.elements).toMatchObject([
      { tag: 'div', text: plain('办理结果 *') },
      {
        tag: 'select_static',
        name: 'outcome',
        required: true,
        initial_index: 2,
        placeholder: plain('请选择'),
      },
      { tag: 'div', text: plain('办理措施 *') },
      { tag: 'input', name: 'measures', required: true, input_type: 'multiline_text', max_length: 1000 },
      { tag: 'div', text: plain('承诺日期') },
      { tag: 'date_picker', name: 'promised', required: false, initial_date: '2026-11-30' },
      {
        tag: 'button',
        name: 'feedback_submit',
        form_action_type: 'submit',
        behaviors: [{ type: 'callback', value: { command: 'feedback', args: { item: 12 } } }],
      },
    ])
    const [, select] = within(form, 'elements')
    expect(within(select, 'options').map((option) => option.value)).toEqual(['resolved', 'in_progress'])
  })

  test('note is small print, divider a rule', () => {
    expect(elements({ kind: 'note', text: '暂定' }, { kind: 'divider' })).toEqual([
      { tag: 'div', text: plain('暂定', { text_size: 'notation', text_color: 'grey' }) },
      { tag: 'hr' },
    ])
  })
})

describe('mentions', () => {
  test('alert each person once', () => {
    const mentions = [
      { account: 'ou_1', name: '甲' },
      { account: 'ou_2', name: '乙' },
      { account: 'ou_1', name: '甲' },
    ]
    const [first] = renderCard(message([{ kind: 'divider' }], { mentions }), 'zh-CN').body.elements
    expect(first).toEqual({ tag: 'markdown', content: '<at id=ou_1></at> <at id=ou_2></at>' })
  })

  test.each(['all', 'ou_1></at><at id=all', 'ou_1,all', ''])(
    '%j is nobody’s account and is only named',
    (account) => {
      const card = renderCard(
        message([{ kind: 'divider' }], { mentions: [{ account, name: '甲' }] }),
        'zh-CN',
      )
      expect(tagged(card, 'markdown')).toEqual([])
      expect(wordsOf(card)).toContain('@甲')
    },
  )
})
