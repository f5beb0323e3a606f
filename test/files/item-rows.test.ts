import { describe, expect, test } from 'vitest'
import { sources, urgencies } from '../../src/domain/item.ts'
import { readItemFields } from '../../src/files/item-fields.ts'
import { parseItemRows } from '../../src/files/item-rows.ts'
import { nameFinder, sourceNames, urgencyNames } from '../../src/files/names.ts'
import { readContent } from './temp-file.ts'

const context = { timezone: 'Asia/Shanghai', sources: sourceNames }

async function parseCsv(...lines: string[]) {
  return parseItemRows(await readContent('.csv', lines.join('\n')), context)
}

test('every field, by Chinese headers', async () => {
  const parsed = await parseCsv(
    '编号,来源,标题,内容,类别,紧急程度,诉求人,联系电话,地址,受理时间,主办单位,协办单位,时限,备注',
    'H-1,12345热线,蔬菜 滞销,"第一行',
    '第二行",农业,特急,某女士,021-12345678,某路1号,2026年2月13日 9:30,市农业农村委,市商务委；市国资委、市商务委|区政府,５个工作日,x',
  )
  expect(parsed.faults).toEqual([])
  expect(parsed.ignored).toEqual(['备注'])
  expect(parsed.rows).toEqual([
    {
      line: 2,
      external_id: 'H-1',
      source: 'hotline',
      title: '蔬菜 滞销',
      content: '第一行\n第二行',
      category: '农业',
      urgency: 'critical',
      petitioner: '某女士',
      phone: '021-12345678',
      address: '某路1号',
      received_at: Date.parse('2026-02-13T09:30:00+08:00'),
      lead: '市农业农村委',
      co: ['市商务委', '市国资委', '区政府'],
      policy: '5wd',
    },
  ])
})

test('what is left out', async () => {
  expect((await parseCsv('source,title', 'deputy,标题')).rows).toEqual([
    {
      line: 2,
      external_id: null,
      source: 'deputy',
      title: '标题',
      content: '',
      category: null,
      urgency: 'normal',
      petitioner: null,
      phone: null,
      address: null,
      received_at: null,
      lead: null,
      co: [],
      policy: null,
    },
  ])
})

describe('names of values', () => {
  const findSource = nameFinder(sourceNames)
  const findUrgency = nameFinder(urgencyNames)
  test.each([
    ['12345', 'hotline'],
    ['１２３４５热线', 'hotline'],
    ['市民热线', 'hotline'],
    ['上海发布', 'public_account'],
    ['人大代表', 'deputy'],
    ['政协委员', 'cppcc'],
    ['专家', 'expert'],
    ['网络舆情', 'online'],
    ['企业走访', 'enterprise_visit'],
    ['企业云走访', 'enterprise_online'],
    ['其他', 'other'],
    ['Enterprise_Visit', 'enterprise_visit'],
    ['热线？', null],
  ])('source %s', (text, source) => expect(findSource(text)).toBe(source))

  test.each([
    ['一般', 'normal'],
    ['急', 'urgent'],
    ['紧急', 'urgent'],
    ['特急', 'critical'],
    ['URGENT', 'urgent'],
    ['不急', null],
  ])('urgency %s', (text, urgency) => expect(findUrgency(text)).toBe(urgency))

  test('keys name themselves', () => {
    expect(sources.map(findSource)).toEqual(sources)
    expect(urgencies.map(findUrgency)).toEqual(urgencies)
  })
})

describe('faults', () => {
  const long = '长'.repeat(201)
  test.each([
    ['source', { source: '' }, { code: 'required' }],
    ['source', { source: '电报' }, { code: 'unknown-name', value: '电报' }],
    ['title', { title: ' 　' }, { code: 'required' }],
    ['title', { title: '\u0007\u202e' }, { code: 'required' }],
    ['title', { title: long }, { code: 'too-long', max: 200, value: `${'长'.repeat(59)}…` }],
    ['content', { content: '长'.repeat(5001) }, { code: 'too-long', max: 5000 }],
    ['phone', { phone: '1'.repeat(101) }, { code: 'too-long', max: 100 }],
    ['urgency', { urgency: '十万火急' }, { code: 'unknown-name', value: '十万火急' }],
    ['received_at', { received_at: '2026-02-30' }, { code: 'not-a-time', value: '2026-02-30' }],
    ['received_at', { received_at: '昨天' }, { code: 'not-a-time', value: '昨天' }],
    ['policy', { policy: '5天' }, { code: 'not-a-policy', value: '5天' }],
    ['co', { co: ['甲', 5, {}] }, { code: 'not-text' }],
    ['lead', { lead: { name: '甲' } }, { code: 'not-text' }],
    ['title', { title: true }, { code: 'not-text' }],
    ['external_id', { external_id: Number.NaN }, { code: 'not-text' }],
  ])('%s: %o', (field, change, fault) => {
    const { item, faults } = readItemFields({ source: 'hotline', title: '标题', ...change }, context)
    expect(item).toBeNull()
    expect(faults).toEqual([{ field, ...fault }])
  })

  test('all of a row at once, with its line; the other rows are good', async () => {
    const { rows, faults } = await parseCsv(
      '来源,标题,紧急程度,时限',
      '专家,好,急,2h',
      '无名,,不急,很快',
      '专家,好,,3wd,多',
      '专家,也好,,',
    )
    expect(rows.map((row) => row.line)).toEqual([2, 5])
    expect(faults).toEqual([
      { line: 3, field: 'source', code: 'unknown-name', value: '无名' },
      { line: 3, field: 'title', code: 'required' },
      { line: 3, field: 'urgency', code: 'unknown-name', value: '不急' },
      { line: 3, field: 'policy', code: 'not-a-policy', value: '很快' },
      { line: 4, field: '', code: 'cells-extra', value: '多' },
    ])
  })

  test('a flaw of a cell is told once, and only where the column matters', async () => {
    const json = JSON.stringify([
      { source: 'hotline', title: { zh: '标题' }, history: [{ at: 1 }] },
      { source: 'hotline', title: '标题', history: [{ at: 1 }] },
    ])
    const { rows, faults } = parseItemRows(await readContent('.json', json), context)
    expect(rows.map((row) => row.line)).toEqual([2])
    expect(faults).toEqual([{ line: 1, field: 'title', code: 'cell-nested', value: '{"zh":"标题"}' }])
  })
})

describe('twins', () => {
  test('the same number from the same source is a fault of the later row', async () => {
    const { rows, faults } = await parseCsv(
      '编号,来源,标题',
      '1,12345,甲',
      '1,专家,乙',
      ',12345,丙',
      ',12345,丁',
      '1,hotline,戊',
    )
    expect(rows.map((row) => row.title)).toEqual(['甲', '乙', '丙', '丁'])
    expect(faults).toEqual([{ line: 6, field: 'external_id', code: 'duplicate', value: '1', otherLine: 2 }])
  })
})

describe('cleaning', () => {
  test.each([
    ['title', '上\n下\t左', '上 下 左'],
    ['title', 'a\u202egnp.exe', 'agnp.exe'],
    ['title', '长'.repeat(200), '长'.repeat(200)],
    ['title', '𠮷'.repeat(200), '𠮷'.repeat(200)],
    ['content', ' 上\r\n\r\n下\u0000 ', '上\n\n下'],
    ['external_id', 12345, '12345'],
    ['policy', '2小时', '2h'],
    ['policy', '2026-12-01', '2026-12-01'],
    ['policy', '2026-12-01 17:30', '2026-12-01T17:30:00+08:00'],
    ['co', '甲;乙', ['甲', '乙']],
    ['co', ['甲', '乙', '甲', null], ['甲', '乙']],
    ['co', '主;乙', ['乙']],
  ])('%s %o', (field, input, value) => {
    const { item } = readItemFields({ source: 'other', title: '标题', lead: '主', [field]: input }, context)
    expect(item?.[field as keyof typeof item]).toEqual(value)
  })
})

test('sources of the configuration', () => {
  const own = { ...sourceNames, other: ['信访'] }
  expect(readItemFields({ source: '信访', title: 't' }, { ...context, sources: own }).item?.source).toBe(
    'other',
  )
})
