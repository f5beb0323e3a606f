import { describe, expect, test } from 'vitest'
import { parseDirectoryRows } from '../../src/files/directory-rows.ts'
import { readContent } from './temp-file.ts'

const header = '单位,简称,平台,群,姓名,账号,角色'

async function parseCsv(...lines: string[]) {
  return parseDirectoryRows(await readContent('.csv', [header, ...lines].join('\n')))
}

test('rows of one department become one, whatever they repeat', async () => {
  const { departments, faults } = await parseCsv(
    '市农业农村委员会,农业农村委;市农委,飞书,oc_1,联络员甲,ou_1,联络员',
    '市农业农村委员会,市农委,飞书,oc_1,联络员乙,ou_2,Ｂ角',
    '市农业农村委员会,,feishu,,领导丙,ou_3,分管领导',
    '市农业农村委员会,,飞书,,联络员甲,ou_1,联络员',
    '市农业农村委员会,,企业微信,wr_1,联络员甲,wx_1,contact',
    '专班,,飞书,oc_9,专班丁,ou_9,专班',
    '专班,,飞书,,专班丁,ou_9,观察员',
    '市商务委,,,,,,',
  )
  expect(faults).toEqual([])
  expect(departments).toEqual([
    {
      line: 2,
      name: '市农业农村委员会',
      aliases: ['农业农村委', '市农委'],
      chats: [
        { platform: 'feishu', chat_id: 'oc_1' },
        { platform: 'wechat', chat_id: 'wr_1' },
      ],
      people: [
        { line: 2, name: '联络员甲', platform: 'feishu', account: 'ou_1', role: 'contact' },
        { line: 3, name: '联络员乙', platform: 'feishu', account: 'ou_2', role: 'backup' },
        { line: 4, name: '领导丙', platform: 'feishu', account: 'ou_3', role: 'leader' },
        { line: 6, name: '联络员甲', platform: 'wechat', account: 'wx_1', role: 'contact' },
      ],
    },
    {
      line: 7,
      name: '专班',
      aliases: [],
      chats: [{ platform: 'feishu', chat_id: 'oc_9' }],
      people: [
        { line: 7, name: '专班丁', platform: 'feishu', account: 'ou_9', role: 'lead' },
        { line: 8, name: '专班丁', platform: 'feishu', account: 'ou_9', role: 'observer' },
      ],
    },
    { line: 9, name: '市商务委', aliases: [], chats: [], people: [] },
  ])
})

test('one leader over two departments is no conflict', async () => {
  const { departments, faults } = await parseCsv(
    '甲委,,飞书,,领导,ou_1,分管领导',
    '乙委,,飞书,,领导,ou_1,分管领导',
  )
  expect(faults).toEqual([])
  expect(departments.map((d) => d.people.length)).toEqual([1, 1])
})

test('English headers and values, lists in JSON', async () => {
  const json = JSON.stringify([
    {
      department: 'Agriculture',
      aliases: ['Agri', 'Farms'],
      platform: 'feishu',
      chat_id: 'oc_1',
      person: 'A',
      person_id: 'ou_1',
      role: 'contact',
    },
  ])
  const { departments, faults } = parseDirectoryRows(await readContent('.json', json))
  expect(faults).toEqual([])
  expect(departments[0]?.aliases).toEqual(['Agri', 'Farms'])
})

describe('faults of one row', () => {
  test.each([
    [',,飞书,oc_1,,,', [{ line: 2, field: 'department', code: 'required' }]],
    ['甲委,,飞书,,联络员,,联络员', [{ line: 2, field: 'person_id', code: 'required' }]],
    ['甲委,,飞书,,,ou_1,联络员', [{ line: 2, field: 'person', code: 'required' }]],
    ['甲委,,飞书,,联络员,ou_1,', [{ line: 2, field: 'role', code: 'required' }]],
    ['甲委,,,,联络员,ou_1,联络员', [{ line: 2, field: 'platform', code: 'required' }]],
    ['甲委,,,oc_1,,,', [{ line: 2, field: 'platform', code: 'required' }]],
    ['甲委,,钉钉,oc_1,,,', [{ line: 2, field: 'platform', code: 'unknown-name', value: '钉钉' }]],
    ['甲委,,飞书,,联络员,ou_1,局长', [{ line: 2, field: 'role', code: 'unknown-name', value: '局长' }]],
    ['甲委,,飞书,,联络员,,处长', [{ line: 2, field: 'role', code: 'unknown-name', value: '处长' }]],
  ])('%s', async (line, faults) => {
    const parsed = await parseCsv(line, '乙委,,飞书,oc_2,,,')
    expect(parsed.faults).toEqual(faults)
    expect(parsed.departments.map(({ name }) => name)).toEqual(['乙委'])
  })
})

describe('rows at odds with each other', () => {
  test.each([
    [
      'two chats of one department',
      ['甲委,,飞书,oc_1,,,', '甲委,,飞书,oc_2,,,'],
      { line: 3, field: 'chat_id', code: 'chat-conflict', value: 'oc_2', otherLine: 2 },
    ],
    [
      'one chat of two departments',
      ['甲委,,飞书,oc_1,,,', '乙委,,飞书,oc_1,,,'],
      { line: 3, field: 'chat_id', code: 'chat-taken', value: 'oc_1', otherLine: 2 },
    ],
    [
      'one alias of two departments',
      ['甲委,农委,,,,,', '乙委,商委;农 委,,,,,'],
      { line: 3, field: 'aliases', code: 'name-taken', value: '农 委', otherLine: 2 },
    ],
    [
      "an alias that is another department's name, below",
      ['甲委,乙委,,,,,', '乙委,,,,,,'],
      { line: 2, field: 'aliases', code: 'name-taken', value: '乙委', otherLine: 3 },
    ],
    [
      'one name in two widths',
      ['Ａ委,,,,,,', 'A委,,,,,,'],
      { line: 3, field: 'department', code: 'name-taken', value: 'A委', otherLine: 2 },
    ],
    [
      'one account of two names',
      ['甲委,,飞书,,张,ou_1,联络员', '甲委,,飞书,,李,ou_1,联络员'],
      { line: 3, field: 'person_id', code: 'person-conflict', value: 'ou_1', otherLine: 2 },
    ],
  ])('%s', async (_, lines, fault) => {
    expect((await parseCsv(...lines)).faults).toEqual([fault])
  })

  test('the same chat id on another platform is another chat', async () => {
    expect((await parseCsv('甲委,,飞书,1,,,', '乙委,,微信,1,,,')).faults).toEqual([])
  })
})
