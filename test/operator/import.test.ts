import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { writeTable } from '../../src/files/write-table.ts'
import { deskWithDirectory, itemTables, testDesk } from './desk.ts'

const csv = `编号,来源,标题,内容,类别,紧急程度,诉求人,联系电话,地址,受理时间,主办单位,协办单位,时限
H-1,12345,蔬菜滞销,青浦农户反映蔬菜滞销,三农,急,张三,13812345678,某路1号,2026-11-19 09:00,农业农村委,,
H-2,上海发布,口罩排队,药店排队时间长,,,,,,,商务委,,5wd
H-3,12345,菜价偏高,,,特急,,,,,市农委,,
H-4,人大代表,网课卡顿,,,,,,,,,,
`

const stored = [
  {
    external_id: 'H-1',
    source: 'hotline',
    title: '蔬菜滞销',
    urgency: 'urgent',
    phone: '13812345678',
    policy: null,
  },
  {
    external_id: 'H-2',
    source: 'public_account',
    title: '口罩排队',
    urgency: 'normal',
    phone: null,
    policy: '5wd',
  },
  {
    external_id: 'H-3',
    source: 'hotline',
    title: '菜价偏高',
    urgency: 'critical',
    phone: null,
    policy: null,
  },
  { external_id: 'H-4', source: 'deputy', title: '网课卡顿', urgency: 'normal', phone: null, policy: null },
]

describe('import takes', () => {
  const english = csv
    .replace(
      /^.*\n/,
      'external_id,source,title,content,category,urgency,petitioner,phone,address,received_at,lead,co,policy\n',
    )
    .replaceAll('上海发布', 'public_account')
    .replaceAll('特急', 'critical')
  const objects = english
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const [headers = [], ...cells] = objects

  test.each([
    ['a UTF-8 file', 'items.csv', csv],
    ['a UTF-8 file with BOM and English headers', 'items.csv', `\ufeff${english}`],
    ['a GB18030 file', 'items.csv', iconv.encode(csv, 'gb18030')],
    [
      'a JSON file',
      'items.json',
      JSON.stringify(cells.map((row) => Object.fromEntries(headers.map((h, i) => [h, row[i]])))),
    ],
  ])('%s', async (_, name, content) => {
    const desk = await deskWithDirectory()
    const { code, out, err } = await desk.run('import', await desk.file(name, content))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`${name}：新增 4 项，已在库 0 项。`)
    const { read } = await desk.db()
    const items = await read
      .selectFrom('items')
      .select(['external_id', 'source', 'title', 'urgency', 'phone', 'policy'])
      .orderBy('code')
      .execute()
    expect(items).toEqual(stored)
  })

  test('an Excel file', async () => {
    const desk = await deskWithDirectory()
    const columns = ['编号', '来源', '标题'].map((label) => ({ key: label, label }))
    const sheet = await writeTable('xlsx', columns, [{ 编号: 'X-1', 来源: '专家', 标题: '口罩垃圾' }])
    const { code, out } = await desk.run('import', await desk.file('items.xlsx', sheet))
    expect(code).toBe(0)
    expect(out).toContain('items.xlsx：新增 1 项')
  })
})

describe('the same file again', () => {
  test('changes nothing', async () => {
    const desk = await deskWithDirectory()
    const file = await desk.file('items.csv', csv)
    await desk.run('import', file, '--dispatch')
    const before = await itemTables(desk)
    const again = await desk.run('import', file, '--dispatch')
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(again.out).toContain('新增 0 项，已在库 4 项。')
    expect(await itemTables(desk)).toEqual(before)
  })

  test('changes nothing where the rows have no external id, even if two say the same', async () => {
    const desk = await testDesk()
    const file = await desk.file(
      'items.csv',
      '来源,标题,内容\n其他,积水,路口积水\n其他,积水,路口积水\n其他,积水,桥下积水\n',
    )
    expect((await desk.run('import', file)).out).toContain('新增 3 项，已在库 0 项。')
    expect((await desk.run('import', file)).out).toContain('新增 0 项，已在库 3 项。')
    const longer = await desk.file('more.csv', '来源,标题,内容\n其他,积水,路口积水\n其他,积水,新的积水\n')
    expect((await desk.run('import', longer)).out).toContain('新增 1 项，已在库 1 项。')
  })

  test('with other words says that what is stored was kept', async () => {
    const desk = await deskWithDirectory()
    await desk.run('import', await desk.file('items.csv', csv))
    const { out } = await desk.run(
      'import',
      await desk.file('items.csv', csv.replace('蔬菜滞销', '蔬菜大量滞销')),
    )
    expect(out).toContain('已在库的事项中有 1 项与文件内容不同，保留库中内容：#1。')
  })

  test('with --dispatch sends out what names a lead department and is with none yet', async () => {
    const desk = await deskWithDirectory()
    const file = await desk.file('items.csv', csv)
    expect((await desk.run('import', file)).out).toContain('3 项写明了主办单位，本次没有派单。')
    const woken = desk.woken()
    const { out } = await desk.run('import', file, '--dispatch')
    expect(out).toContain('已派单 3 项：')
    expect(out).toContain('已在库的事项中有 1 项尚未派单。')
    expect(desk.woken()).toBe(woken + 1)
    const before = await itemTables(desk)
    await desk.run('import', file, '--dispatch')
    expect(await itemTables(desk)).toEqual(before)
  })

  test('is accepted after a time limit in it has passed', async () => {
    const desk = await deskWithDirectory({ now: Date.parse('2026-11-20T10:00:00+08:00') })
    const file = await desk.file(
      'items.csv',
      '编号,来源,标题,主办单位,时限\nT-1,专家,限时,商务委,2026-11-20 12:00\n',
    )
    expect(await desk.run('import', file, '--dispatch')).toMatchObject({ code: 0 })
    const later = await deskWithDirectory({
      now: Date.parse('2026-11-21T10:00:00+08:00'),
      env: { DATABASE_URL: `file:${desk.folder}/data/duban.db` },
    })
    const again = await later.run('import', `${desk.folder}/${file}`, '--dispatch')
    expect(again.out).toContain('新增 0 项，已在库 1 项。')
  })
})

describe('bad rows', () => {
  const bad = `编号,来源,标题,联系电话,主办单位,协办单位,紧急程度,受理时间,时限
B-1,热线,好标题,13812345678,农业农村委,,,,
B-2,12345,,,农业农村局,,,,
B-3,12345,标题,,市农业农村委员汇,商务局,,2026-13-40,5天
B-4,12345,好的,,,,,,
B-4,12345,重复,,,,,,
B-6,12345,过期,,教委,,,,2020-01-01
`

  test('are told by line, header, reason and value, and nothing is written', async () => {
    const desk = await deskWithDirectory()
    const before = await itemTables(desk)
    const { code, out, err } = await desk.run('import', await desk.file('bad.csv', bad), '--dispatch')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err.trimEnd().split('\n')).toEqual([
      'bad.csv：9 处有误，未写入任何内容。',
      '  第 2 行　来源：“热线”无法识别，可填：12345、上海发布、人大代表、政协委员、专家、网络舆情、企业走访、企业云走访、其他',
      '  第 3 行　标题：必填',
      '  第 3 行　主办单位：没有找到单位“农业农村局”。是否指“市农业农村委员会”？',
      '  第 4 行　受理时间：“2026-13-40”不是有效的日期或时间',
      '  第 4 行　时限：“5天”无法识别，可写 3wd（3个工作日）、5wd、2h 或日期',
      '  第 4 行　主办单位：没有找到单位“市农业农村委员汇”。是否指“市农业农村委员会”？',
      '  第 4 行　协办单位：没有找到单位“商务局”。是否指“市商务委员会”？',
      '  第 6 行　编号：“B-4”与第 5 行重复',
      '  第 7 行　时限：2020年1月1日（周三）17:30已过，请重新指定',
      '请更正后再试；或加 --skip-bad，跳过有误的行。',
    ])
    expect(await itemTables(desk)).toEqual(before)
  })

  test('are left out with --skip-bad, and named', async () => {
    const desk = await deskWithDirectory()
    const { code, out } = await desk.run(
      'import',
      await desk.file('bad.csv', bad),
      '--dispatch',
      '--skip-bad',
    )
    expect(code).toBe(0)
    expect(out).toContain('bad.csv：新增 1 项，已在库 0 项。')
    expect(out).toContain('跳过 5 行，共 9 处有误：\n  第 2 行　来源')
    const { read } = await desk.db()
    expect(await read.selectFrom('items').select('external_id').execute()).toEqual([{ external_id: 'B-4' }])
  })

  test('alone are refused with --skip-bad too', async () => {
    const desk = await deskWithDirectory()
    const { code, err } = await desk.run(
      'import',
      await desk.file('bad.csv', '来源,标题\n热线,好\n'),
      '--skip-bad',
    )
    expect(code).toBe(1)
    expect(err).toContain('没有一行可以写入。')
  })

  test('are told at most fifty times, and how many more there are', async () => {
    const desk = await deskWithDirectory()
    const rows = Array.from({ length: 80 }, () => '12345,').join('\n')
    const { err } = await desk.run('import', await desk.file('bad.csv', `来源,标题\n${rows}\n`))
    expect(err.match(/必填/g)).toHaveLength(50)
    expect(err).toContain('  另有 30 处未列出。')
  })

  test('never show what may be personal', async () => {
    const desk = await deskWithDirectory()
    const long = '9'.repeat(120)
    const content = `来源,标题,联系电话,内容\n12345,甲,${long},x\n热线13812345678,乙,,y\n12345,丙,,z,13987654321\n`
    const { err } = await desk.run('import', await desk.file('bad.csv', content))
    expect(err).toContain('第 2 行　联系电话：超过 100 个字')
    expect(err).toContain('“热线138****5678”无法识别')
    expect(err).not.toMatch(/9999|13812345678|13987654321/)
  })

  test('of a JSON file are told by their number', async () => {
    const desk = await deskWithDirectory({ locale: 'en' })
    const content = JSON.stringify([
      { source: 'hotline', title: 'a' },
      { source: 'phone', title: 'b' },
    ])
    const { err } = await desk.run('import', await desk.file('bad.json', content))
    expect(err).toContain('bad.json: 1 fault. Nothing was written.')
    expect(err).toContain('object 2, source: "phone" is not known, choose hotline, public_account')
  })

  test('cannot steer the terminal', async () => {
    const desk = await deskWithDirectory()
    const { err } = await desk.run(
      'import',
      await desk.file('bad.csv', '来源,标题\n\u001b[31m热线\u001b[0m,x\n'),
    )
    expect(err).toContain('热线')
    expect(err).not.toContain('\u001b')
  })
})

describe('--dispatch', () => {
  test('sends each department one card, and wakes the bot', async () => {
    const desk = await deskWithDirectory()
    const { code, out } = await desk.run('import', await desk.file('items.csv', csv), '--dispatch')
    expect(code).toBe(0)
    expect(out).toContain('已派单 3 项：')
    expect(out).toMatch(/市农业农村委员会 +2 {2}11月25日（周三）17:30 {2}已绑定/)
    expect(out).toMatch(/市商务委员会 +1 {2}11月27日（周五）17:30 {2}已绑定/)
    const { read } = await desk.db()
    const cards = await read
      .selectFrom('deliveries')
      .select(['chat_id', 'op'])
      .where('kind', '=', 'dispatch')
      .where('op', '=', 'send')
      .orderBy('id')
      .execute()
    expect(cards).toEqual([
      { chat_id: 'oc_agri', op: 'send' },
      { chat_id: 'oc_trade', op: 'send' },
    ])
    const dispatched = await read
      .selectFrom('events')
      .select('person_id')
      .where('what', '=', 'dispatched')
      .execute()
    expect(dispatched).toEqual([{ person_id: null }, { person_id: null }, { person_id: null }])
    const statuses = await read.selectFrom('items').select(['code', 'status']).orderBy('code').execute()
    expect(statuses.map(({ status }) => status)).toEqual(['open', 'open', 'open', 'triage'])
    expect(desk.woken()).toBe(1)
  })

  test('dispatches a long list in as many messages as the platform takes that will show it', async () => {
    const desk = await deskWithDirectory()
    const directory = '单位,平台,群\n市教育委员会,微信,padlocal/wxid_bot/room/edu\n'
    expect(await desk.run('directory', await desk.file('groups.csv', directory))).toMatchObject({ code: 0 })
    const rows = Array.from({ length: 25 }, (_, i) => `专家,事项${i},教委`).join('\n')
    await desk.run('import', await desk.file('items.csv', `来源,标题,主办单位\n${rows}\n`), '--dispatch')
    const { read } = await desk.db()
    const lists = await read
      .selectFrom('deliveries')
      .innerJoin('delivery_assignments', 'delivery_id', 'deliveries.id')
      .select((e) => ['deliveries.id', e.fn.countAll<number>().as('about')])
      .where('kind', '=', 'dispatch')
      .groupBy('deliveries.id')
      .orderBy('deliveries.id')
      .execute()
    expect(lists.map(({ about }) => about)).toEqual([10, 10, 5])
  })

  test('says where a department has no group, and that Redis is away', async () => {
    const desk = await deskWithDirectory({ outside: { wakeBot: async () => false } })
    const content = '来源,标题,主办单位\n专家,网课,教委\n'
    const { code, out } = await desk.run('import', await desk.file('items.csv', content), '--dispatch')
    expect(code).toBe(0)
    expect(out).toMatch(/市教育委员会 +1 .*未绑定/)
    expect(out).toContain('未绑定群的单位')
    expect(out).toContain('Redis 未连接')
  })

  test('of more than can go out at once is refused before anything is written', async () => {
    const desk = await deskWithDirectory()
    const rows = Array.from({ length: 10_001 }, (_, i) => `专家,事项${i},教委`).join('\n')
    const ran = await desk.run(
      'import',
      await desk.file('many.csv', `来源,标题,主办单位\n${rows}\n`),
      '--dispatch',
    )
    expect(ran).toEqual({
      code: 1,
      out: '',
      err: '有 10,001 项要随导入派单，一次最多 10,000 项。请分成几个文件。\n',
    })
    expect(await itemTables(desk)).toMatchObject({ items: [], assignments: [] })
  })

  test('co-departments get their share, on one list each', async () => {
    const desk = await deskWithDirectory()
    const content = '来源,标题,主办单位,协办单位\n专家,网课,教委,商务委；市农委\n专家,别的,教委,教委\n'
    const { out } = await desk.run('import', await desk.file('items.csv', content), '--dispatch')
    expect(out).toContain('已派单 2 项：')
    const { read } = await desk.db()
    const shares = await read
      .selectFrom('assignments')
      .innerJoin('departments', 'departments.id', 'assignments.department_id')
      .select(['item_code', 'part', 'name'])
      .orderBy('assignments.id')
      .execute()
    expect(shares.map(({ item_code, part, name }) => `#${item_code} ${part} ${name}`).sort()).toEqual([
      '#1 co 市农业农村委员会',
      '#1 co 市商务委员会',
      '#1 lead 市教育委员会',
      '#2 lead 市教育委员会',
    ])
  })
})

describe('a file as a whole', () => {
  test.each([
    ['nowhere.csv', null, '找不到文件 nowhere.csv。'],
    ['items.doc', 'x', 'items.doc 不是 .csv、.xlsx 或 .json 文件。'],
    ['items.csv', '', '文件中没有数据。'],
    ['items.csv', '编号,内容\n1,2\n', '缺少必需的列：“来源”、“标题”。请核对首行标题。'],
    ['items.xlsx', 'no zip', '文件内容不是 .xlsx 格式，请核对扩展名。'],
    ['items.json', '[{', 'JSON 语法有误，在第 1 行附近。'],
  ])('%s is refused: %s', async (name, content, complaint) => {
    const desk = await deskWithDirectory()
    if (content !== null) await desk.file(name, content)
    expect(await desk.run('import', name)).toEqual({ code: 1, out: '', err: `${complaint}\n` })
  })

  test('that names departments before there are any says so once', async () => {
    const desk = await testDesk()
    const { code, err } = await desk.run('import', await desk.file('items.csv', csv))
    expect(code).toBe(1)
    expect(err).toBe('通讯录中还没有单位，请先运行 npm run duban -- directory <文件>。\n')
  })

  test('says which columns mean nothing', async () => {
    const desk = await testDesk({ locale: 'en' })
    const { out } = await desk.run(
      'import',
      await desk.file('items.csv', 'source,title,colour\nexpert,x,red\n'),
    )
    expect(out).toContain('items.csv: 1 new, 0 already known.')
    expect(out).toContain('These columns mean nothing here and were ignored: colour.')
  })
})

test('ten thousand rows, and the same again', async () => {
  const desk = await deskWithDirectory()
  const rows = Array.from(
    { length: 10_000 },
    (_, i) =>
      `W-${i},12345,反映事项${i},${'反映小区道路积水，希望尽快处理。'.repeat(5)},13812345678,农业农村委`,
  )
  const file = await desk.file('many.csv', `编号,来源,标题,内容,联系电话,主办单位\n${rows.join('\n')}\n`)
  const times: number[] = []
  for (const expected of ['新增 10,000 项，已在库 0 项。', '新增 0 项，已在库 10,000 项。']) {
    const start = performance.now()
    expect((await desk.run('import', file)).out).toContain(expected)
    times.push(performance.now() - start)
  }
  process.stdout.write(
    `import of 10,000 rows: ${times.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', again ')}\n`,
  )
}, 120_000)
