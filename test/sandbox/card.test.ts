import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validateCard } from '../../sandbox/server/card/validate.ts'

const text = (content: string) => ({ tag: 'plain_text', content })
const callback = { type: 'callback', value: { command: 'ack', item: 12 } }
const submit = {
  tag: 'button',
  name: 'submit',
  text: text('提交'),
  form_action_type: 'submit',
  behaviors: [callback],
}
const option = (value: string) => ({ text: text(value), value })
const form = (...elements: object[]) => ({ tag: 'form', name: 'f', elements: [...elements, submit] })
const card = (...elements: unknown[]) => ({
  schema: '2.0',
  config: { update_multi: true },
  body: { elements },
})
const columns = (...elements: object[]) => ({
  tag: 'column_set',
  columns: [{ tag: 'column', width: 'weighted', weight: 1, elements }],
})
const table = (more: object = {}) => ({
  tag: 'table',
  columns: [{ name: 'a', data_type: 'text' }],
  rows: [{ a: 'x' }],
  ...more,
})
const chart = (spec: object, more: object = {}) => ({ tag: 'chart', chart_spec: spec, ...more })
const bar = { type: 'bar', xField: 'x', yField: 'y', data: { values: [{ x: 'a', y: 1 }] } }

/** The example of the platform's reference for each component, made whole. */
const good: Record<string, unknown> = {
  'nothing but a body': card(),
  'a header with everything': {
    schema: '2.0',
    config: {
      update_multi: true,
      width_mode: 'fill',
      enable_forward: false,
      summary: { content: '摘要', i18n_content: { en_us: 'summary' } },
      style: {
        text_size: { 'cus-0': { default: 'medium', pc: 'medium', mobile: 'large' } },
        color: { 'cus-1': { light_mode: 'rgba(5,157,178,0.52)', dark_mode: 'rgba(78,23,108,0.49)' } },
      },
    },
    card_link: { url: 'https://example.cn' },
    header: {
      title: { tag: 'lark_md', content: '**交办**', i18n_content: { zh_cn: '交办' } },
      subtitle: text('市商务委'),
      template: 'orange',
      icon: { tag: 'standard_icon', token: 'chat_outlined', color: 'orange' },
      text_tag_list: [{ tag: 'text_tag', text: text('特急'), color: 'red' }],
      padding: '12px 8px 12px 8px',
    },
    body: {
      direction: 'vertical',
      vertical_spacing: '12px',
      padding: '4px 0',
      elements: [
        { tag: 'markdown', content: 'x', text_size: 'cus-0' },
        { tag: 'div', text: { ...text('y'), text_color: 'cus-1', text_size: 'notation', lines: 2 } },
      ],
    },
  },
  'texts, a line and an image': card(
    { tag: 'markdown', content: '> 引用', text_align: 'left', element_id: 'md_1', margin: '4px 0 -4px 0' },
    { tag: 'div', text: { tag: 'lark_md', content: '**x**', text_color: 'grey-600' }, width: 'auto' },
    { tag: 'hr', margin: '8px 0px' },
    { tag: 'img', img_key: 'img_v3_x', alt: text('现场'), scale_type: 'crop_center', size: '100px 100px' },
    { tag: 'person', user_id: 'ou_x', size: 'small', style: 'capsule' },
  ),
  'columns in columns, a panel and a container': card(
    columns(columns({ tag: 'markdown', content: 'x' })),
    {
      tag: 'collapsible_panel',
      expanded: false,
      header: {
        title: { tag: 'markdown', content: '**办理过程**' },
        icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', color: '', size: '16px 16px' },
        icon_position: 'right',
        icon_expanded_angle: -180,
      },
      border: { color: 'grey', corner_radius: '5px' },
      elements: [{ tag: 'markdown', content: 'x' }, chart(bar)],
    },
    { tag: 'interactive_container', behaviors: [callback], has_border: true, elements: [{ tag: 'hr' }] },
  ),
  'buttons outside a form': card(
    {
      tag: 'button',
      text: text('签收'),
      type: 'primary_filled',
      size: 'small',
      width: '120px',
      behaviors: [callback],
    },
    {
      tag: 'button',
      text: text('打开'),
      behaviors: [{ type: 'open_url', default_url: 'https://example.cn' }, callback],
    },
    {
      tag: 'button',
      text: text('销号'),
      behaviors: [callback],
      confirm: { title: text('销号？'), text: text('不可撤销') },
    },
  ),
  'a form with every field': card(
    form(
      {
        tag: 'select_static',
        name: 's',
        required: true,
        options: [option('a'), option('b')],
        initial_option: 'a',
      },
      { tag: 'multi_select_static', name: 'm', options: [option('a')], selected_values: ['a'] },
      { tag: 'date_picker', name: 'd', initial_date: '2026-11-30', placeholder: text('日期') },
      { tag: 'picker_time', name: 't', initial_time: '09:00' },
      { tag: 'picker_datetime', name: 'dt', initial_datetime: '2026-11-30 09:00' },
      { tag: 'select_person', name: 'p', options: [{ value: 'ou_x' }] },
      { tag: 'checker', name: 'c', text: text('可以公开'), checked: false },
      columns({
        tag: 'input',
        name: 'i',
        input_type: 'multiline_text',
        max_length: 1000,
        rows: 4,
        label: text('措施'),
      }),
      { ...submit, name: 'reset', form_action_type: 'reset', behaviors: undefined },
    ),
  ),
  'a table of every type': card(
    table({
      page_size: 10,
      row_height: 'auto',
      header_style: { bold: true, background_style: 'grey', text_align: 'left', lines: 1 },
      columns: [
        { name: 'a', display_name: '单位', data_type: 'text', width: '120px', horizontal_align: 'right' },
        { name: 'b', data_type: 'lark_md', width: '25%' },
        { name: 'c', data_type: 'number', format: { precision: 1, symbol: '%', separator: true } },
        { name: 'd', data_type: 'options' },
        { name: 'e', data_type: 'persons' },
        { name: 'f', data_type: 'date', date_format: 'YYYY-MM-DD' },
        { name: 'g', data_type: 'markdown' },
      ],
      rows: [
        {
          a: 'x',
          b: '**x**',
          c: 91.4,
          d: [{ text: '逾期', color: 'red' }],
          e: ['ou_x'],
          f: 1_606_101_072_000,
          g: '#',
        },
        { a: 'y', d: '正常', e: 'ou_x' },
        {},
      ],
    }),
  ),
  charts: card(
    chart(bar, { aspect_ratio: '16:9', color_theme: 'brand', height: '300px' }),
    chart({ ...bar, xField: ['x', 'g'], seriesField: 'g', data: [{ values: [{ x: 'a', y: 1, g: 'b' }] }] }),
    chart({ type: 'pie', categoryField: 'k', valueField: 'v', data: { values: [{ k: 'a', v: '1' }] } }),
    chart({
      type: 'common',
      data: [{ values: [{ x: 'a', y: 1 }] }],
      series: [{ type: 'line', dataIndex: 0, xField: 'x', yField: 'y' }],
    }),
  ),
}

describe('a good card has no fault', () => {
  for (const [name, content] of Object.entries(good)) {
    test(name, () => {
      expect(validateCard(JSON.parse(JSON.stringify(content)))).toEqual([])
    })
  }
})

/** [what is wrong, the card, the inner code, what the detail says] */
const bad: [string, unknown, number, RegExp][] = [
  ['no object', 'x', 200621, /not an object/],
  ['a list', [], 200621, /not an object/],
  ['no schema', { body: { elements: [] } }, 200621, /required, property: schema/],
  ['schema 1.0', { schema: '1.0', body: { elements: [] } }, 200621, /"1.0" is none of 2.0/],
  [
    'elements at the top, as in 1.0',
    { schema: '2.0', elements: [] },
    200621,
    /unknown property, property: elements/,
  ],
  ['an own card', { ...card(), config: { update_multi: false } }, 200621, /update_multi can only be true/],
  ['an unknown setting', { ...card(), config: { wide_screen_mode: true } }, 200621, /unknown property/],
  ['a header without title', { ...card(), header: { template: 'red' } }, 200621, /required, property: title/],
  [
    'an unknown color of the header',
    { ...card(), header: { title: text('x'), template: 'pink' } },
    200621,
    /pink/,
  ],
  [
    'four tags in the header',
    {
      ...card(),
      header: { title: text('x'), text_tag_list: Array(4).fill({ tag: 'text_tag', text: text('t') }) },
    },
    200621,
    /at most 3/,
  ],
  [
    'a link for one platform only',
    { ...card(), card_link: { pc_url: 'https://x.cn' } },
    200621,
    /all platforms/,
  ],
  ['no tag', card({ content: 'x' }), 200861, /unsupported tag/],
  ['an unknown tag', card({ tag: 'marquee' }), 200861, /unsupported tag marquee/],
  ['a name of Object’s', card({ tag: 'constructor' }), 200861, /unsupported tag/],
  ['a note of 1.0', card({ tag: 'note', elements: [] }), 200861, /unsupported tag/],
  ['an action module of 1.0', card({ tag: 'action', actions: [] }), 200861, /unsupported tag/],
  ['an unknown property', card({ tag: 'markdown', content: 'x', color: 'red' }), 200621, /property: color/],
  [
    'a div with the fields of 1.0',
    card({ tag: 'div', text: text('x'), fields: [] }),
    200621,
    /property: fields/,
  ],
  ['a missing property', card({ tag: 'markdown' }), 200621, /required, property: content/],
  ['a wrong text size', card({ tag: 'markdown', content: 'x', text_size: 'huge' }), 200621, /no text size/],
  ['a wrong color', card({ tag: 'div', text: { ...text('x'), text_color: '#ff0000' } }), 200621, /no color/],
  ['a margin of three', card({ tag: 'hr', margin: '1px 2px 3px' }), 200621, /one, two or four/],
  ['a margin too wide', card({ tag: 'hr', margin: '100px' }), 200621, /\[-99,99\]px/],
  ['an element_id of digits', card({ tag: 'hr', element_id: '1a' }), 200621, /a letter first/],
  [
    'the same element_id twice',
    card({ tag: 'hr', element_id: 'a' }, { tag: 'hr', element_id: 'a' }),
    200621,
    /unique/,
  ],
  ['a column outside columns', card({ tag: 'column', elements: [] }), 200861, /unsupported tag/],
  [
    'columns of something else',
    card({ tag: 'column_set', columns: [{ tag: 'div' }] }),
    200621,
    /must be column/,
  ],
  ['a weight of 6', card({ tag: 'column_set', columns: [{ tag: 'column', weight: 6 }] }), 200621, /\[1,5\]/],
  [
    'six containers deep',
    card([0, 1, 2, 3, 4, 5].reduce<object>((inner) => columns(inner), { tag: 'hr' })),
    200621,
    /deeper than 5/,
  ],

  [
    'a button with the value of 1.0',
    card({ tag: 'button', text: text('x'), value: {} }),
    200621,
    /property: value/,
  ],
  [
    'a callback of text',
    card({ tag: 'button', behaviors: [{ type: 'callback', value: 'x' }] }),
    200621,
    /an object/,
  ],
  [
    'a callback without value',
    card({ tag: 'button', behaviors: [{ type: 'callback' }] }),
    200621,
    /property: value/,
  ],
  [
    'an unknown behavior',
    card({ tag: 'button', behaviors: [{ type: 'share' }] }),
    200621,
    /open_url, callback/,
  ],
  [
    'an open_url without address',
    card({ tag: 'button', behaviors: [{ type: 'open_url' }] }),
    200621,
    /address/,
  ],
  [
    'a script as address',
    card({ tag: 'button', behaviors: [{ type: 'open_url', default_url: 'javascript:1' }] }),
    200621,
    /address/,
  ],
  [
    'a confirm without text',
    card({ tag: 'button', confirm: { title: text('x') } }),
    200621,
    /property: text/,
  ],
  ['a submit button outside a form', card({ ...submit }), 200621, /only for buttons in a form/],

  ['a form without name', card({ ...form(), name: undefined }), 200621, /required, property: name/],
  [
    'a form without submit',
    card({ tag: 'form', name: 'f', elements: [{ tag: 'hr' }] }),
    200621,
    /submit button/,
  ],
  ['a form in columns', card(columns(form())), 200861, /unsupported tag form at this place/],
  ['a form in a form', card(form({ ...form(), name: 'g' })), 200861, /unsupported tag form at this place/],
  [
    'a form in a panel',
    card({ tag: 'collapsible_panel', header: {}, elements: [form()] }),
    200861,
    /unsupported tag form/,
  ],
  ['a table in a form', card(form(table())), 200861, /unsupported tag table at this place/],
  ['a chart in a form', card(form(chart(bar))), 200861, /unsupported tag chart at this place/],
  ['a field without name in a form', card(form({ tag: 'input' })), 200621, /must have a name/],
  [
    'a field without name, columns between',
    card(form(columns({ tag: 'input' }))),
    200621,
    /must have a name/,
  ],
  [
    'two fields of a name',
    card(form({ tag: 'input', name: 'a' }, { tag: 'input', name: 'a' })),
    200621,
    /unique/,
  ],
  ['a field with the form’s name', card(form({ tag: 'input', name: 'f' })), 200621, /unique/],
  ['two forms with a button of a name', card(form(), { ...form(), name: 'g' }), 200621, /unique/],
  [
    'a button that neither submits nor resets',
    card(form({ tag: 'button', name: 'b' })),
    200621,
    /form_action_type/,
  ],
  [
    'the same option twice',
    card(form({ tag: 'select_static', name: 's', options: [option('a'), option('a')] })),
    200621,
    /option values must be unique/,
  ],
  [
    'an initial option of none',
    card(form({ tag: 'select_static', name: 's', options: [], initial_option: 'a' })),
    200621,
    /no option has/,
  ],
  [
    'a number as option',
    card({ tag: 'select_static', options: [{ text: text('1'), value: 1 }] }),
    200621,
    /a string/,
  ],
  ['an input of 1001', card({ tag: 'input', max_length: 1001 }), 200621, /\[1,1000\]/],
  ['an input of an unknown type', card({ tag: 'input', input_type: 'email' }), 200621, /none of text/],
  [
    'a placeholder of 101',
    card({ tag: 'input', placeholder: text('x'.repeat(101)) }),
    200621,
    /100 characters/,
  ],
  ['a date of another form', card({ tag: 'date_picker', initial_date: '30/11/2026' }), 200621, /yyyy-MM-dd/],
  ['required as text', card({ tag: 'input', required: 'true' }), 200621, /boolean/],

  ['six tables', card(...Array(6).fill(table())), 11310, /table/],
  ['a table in columns', card(columns(table())), 200861, /unsupported tag table at this place/],
  ['a table without columns', card(table({ columns: [], rows: [] })), 200621, /at least 1/],
  [
    '51 columns',
    card(
      table({
        columns: Array.from({ length: 51 }, (_, n) => ({ name: `c${n}`, data_type: 'text' })),
        rows: [],
      }),
    ),
    200621,
    /at most 50/,
  ],
  [
    'two columns of a name',
    card(table({ columns: Array(2).fill({ name: 'a', data_type: 'text' }) })),
    200621,
    /unique/,
  ],
  ['a page of 11 rows', card(table({ page_size: 11 })), 200621, /\[1,10\]/],
  ['a cell of no column', card(table({ rows: [{ b: 'x' }] })), 200915, /no column b/],
  ['a number in a text cell', card(table({ rows: [{ a: 1 }] })), 200914, /a is no text: 1/],
  ['a row that is none', card(table({ rows: ['x'] })), 200914, /a row must be an object/],
  [
    'an unknown type of column',
    card(table({ columns: [{ name: 'a', data_type: 'plain' }] })),
    200621,
    /"plain" is none/,
  ],
  [
    'five tables in a markdown',
    card({ tag: 'markdown', content: '|a|b|\n|-|-|\n|1|2|\n\n'.repeat(5) }),
    11310,
    /5 tables/,
  ],

  ['a chart of nothing', card(chart('x' as never)), 200550, /must be an object/],
  ['an unknown chart', card(chart({ ...bar, type: 'sankey' })), 200550, /unsupported chart type "sankey"/],
  ['a chart without data', card(chart({ ...bar, data: undefined })), 200550, /list of values/],
  ['a bar chart without xField', card(chart({ ...bar, xField: undefined })), 200550, /xField is required/],
  ['a bar chart whose data lack it', card(chart({ ...bar, xField: 'z' })), 200550, /no z, the xField/],
  ['a pie with a bar’s fields', card(chart({ ...bar, type: 'pie' })), 200550, /categoryField is required/],
  [
    'a combination without series',
    card(chart({ type: 'common', data: bar.data })),
    200550,
    /series is required/,
  ],
  ['an aspect ratio of 3:2', card(chart(bar, { aspect_ratio: '3:2' })), 200621, /"3:2" is none/],

  ['201 elements', card(...Array(201).fill({ tag: 'hr' })), 11310, /201 of 200/],
  [
    '101 texts in 101 elements',
    card(...Array(101).fill({ tag: 'div', text: text('x') })),
    11310,
    /202 of 200/,
  ],
  ['nesting without end', JSON.parse(`${'{"body":'.repeat(200)}1${'}'.repeat(200)}`), 200621, /without end/],
]

describe('a bad card has its fault', () => {
  for (const [name, content, code, detail] of bad) {
    test(name, () => {
      const faults = validateCard(JSON.parse(JSON.stringify(content)))
      const found = faults.find((fault) => fault.code === code && detail.test(fault.detail))
      expect({ faults, found: found !== undefined }).toMatchObject({ found: true })
    })
  }
})

test('200 elements are not too many', () => {
  expect(validateCard(card(...Array(200).fill({ tag: 'hr' })))).toEqual([])
})

test('five containers are not too deep', () => {
  const deep = [0, 1, 2, 3, 4].reduce<object>((inner) => columns(inner), { tag: 'hr' })
  expect(validateCard(card(deep))).toEqual([])
})

test('images must have been uploaded, and people must exist', () => {
  const known = {
    imageExists: (key: string) => key === 'img_v3_x',
    personExists: (id: string) => id === 'ou_x',
  }
  const faultsOf = (...elements: object[]) => validateCard(card(...elements), known)
  const image = (img_key: string) => ({ tag: 'img', img_key, alt: text('') })
  const mention = (ids: string) => ({ tag: 'markdown', content: `<at ${ids}></at> 请签收` })
  expect(
    faultsOf(image('img_v3_x'), mention('id=ou_x'), mention("id='all'"), mention('ids=ou_x,ou_x')),
  ).toEqual([])
  expect(faultsOf(image('img_v3_y'))).toMatchObject([{ code: 200570 }])
  for (const element of [
    mention('id=ou_y'),
    mention('ids=ou_x,ou_y'),
    { tag: 'markdown', content: "<person id='ou_y' style='capsule'></person>" },
    { tag: 'div', text: { tag: 'lark_md', content: '<at id="ou_y"></at>' } },
    { tag: 'person', user_id: 'ou_y' },
  ]) {
    expect(faultsOf(element)).toMatchObject([{ code: 100290 }])
  }
})

test('a fault says where', () => {
  const [fault] = validateCard(card({ tag: 'hr' }, columns({ tag: 'markdown', content: 1 } as object)))
  expect(fault?.path).toBe(
    'ROOT -> body -> elements -> [1](tag: column_set) -> columns -> [0](tag: column) -> elements -> [0](tag: markdown) -> content',
  )
})

test('any JSON is judged, none throws', () => {
  const tag = fc.constantFrom(
    ...'markdown div hr img table chart form column_set column button input select_static date_picker'.split(
      ' ',
    ),
    ...'collapsible_panel interactive_container checker overflow person_list img_combination nothing'.split(
      ' ',
    ),
  )
  const element = fc
    .tuple(
      tag,
      fc.dictionary(
        fc.constantFrom(
          'text',
          'columns',
          'elements',
          'rows',
          'options',
          'name',
          'behaviors',
          'content',
          'chart_spec',
          'header',
          'margin',
        ),
        fc.jsonValue(),
      ),
    )
    .map(([name, fields]) => ({ ...fields, tag: name }))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.array(element).map((elements) => card(...elements)),
      ),
      (content) => {
        for (const { code, message, detail, path } of validateCard(content)) {
          expect(code).toBeGreaterThan(0)
          expect(message).not.toBe('')
          expect(detail).not.toBe('')
          expect(path).toMatch(/^ROOT/)
        }
      },
    ),
    { numRuns: 500 },
  )
})
