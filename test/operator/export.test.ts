import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/files/read-table.ts'
import { acknowledge } from '../../src/services/assignment/acknowledge.ts'
import { leadAssignment } from '../../src/services/assignment/assignments.ts'
import { addEvidence } from '../../src/services/assignment/evidence.ts'
import { submitFeedback } from '../../src/services/assignment/feedback.ts'
import { review } from '../../src/services/assignment/review.ts'
import { close } from '../../src/services/closing/close.ts'
import { work } from '../../src/services/work.ts'
import { appBeside } from './app.ts'
import { type DeskOptions, deskWithDirectory, type TestDesk, testDesk } from './desk.ts'

const items = `编号,来源,标题,内容,类别,紧急程度,诉求人,联系电话,地址,受理时间,主办单位
H-1,12345,蔬菜滞销,"青浦农户反映蔬菜滞销，
请致电13812345678",三农,急,张三,13812345678,某路1号,2026-11-19 09:00,农业农村委
,专家,"=HYPERLINK(""x"")",,,,,,,,
`

/** One item that went all the way, one that was only collected. */
async function livedThrough(options: DeskOptions = {}): Promise<TestDesk> {
  const desk = await deskWithDirectory(options)
  const { code, err } = await desk.run('import', await desk.file('items.csv', items), '--dispatch')
  if (code !== 0) throw new Error(err)
  const { app, at, actor } = await appBeside(desk)
  const [sun, chen] = [await actor('ou_sun'), await actor('ou_chen')]
  const photo = { messageId: 'om_1', key: 'img_1', type: 'image' as const }
  const draft = {
    outcome: 'resolved',
    reason: null,
    promisedDate: null,
    handler: '老王',
    mayPublish: true,
  } as const

  at('2026-11-20T10:30:00')
  await work(app, (current) => acknowledge(current, sun, [1]))
  at('2026-11-20T11:00:00')
  await work(app, async (current) =>
    addEvidence(current, sun, await leadAssignment(current.db, 1), 'feishu', [photo]),
  )
  await work(app, (current) =>
    submitFeedback(current, sun, { code: 1, draft: { ...draft, measures: '已对接' }, mayReplace: false }),
  )
  at('2026-11-20T14:00:00')
  await work(app, (current) =>
    review(current, chen, { code: 1, decision: { result: 'redo', reason: '请写明数量' } }),
  )
  at('2026-11-20T15:00:00')
  await work(app, (current) =>
    submitFeedback(current, sun, {
      code: 1,
      draft: { ...draft, measures: '已售出3吨，联系13987654321' },
      mayReplace: false,
    }),
  )
  at('2026-11-20T15:10:00')
  await work(app, async (current) =>
    addEvidence(current, sun, await leadAssignment(current.db, 1), 'feishu', [photo, photo]),
  )
  at('2026-11-20T16:00:00')
  await work(app, (current) => review(current, chen, { code: 1, decision: { result: 'accept' } }))
  await work(app, (current) => close(current, chen, [1]))
  return desk
}

describe('export as JSON', () => {
  test('is what the contract says', async () => {
    const desk = await livedThrough()
    const { code, out, err } = await desk.run('export', '--format', 'json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [first, second, ...more] = JSON.parse(out)
    expect(more).toEqual([])
    expect(first).toEqual({
      code: 1,
      source: 'hotline',
      external_id: 'H-1',
      title: '蔬菜滞销',
      content: '青浦农户反映蔬菜滞销，\n请致电138****5678',
      category: '三农',
      urgency: 'urgent',
      received_at: '2026-11-19T09:00:00+08:00',
      status: 'closed',
      reports: 1,
      assignments: [
        {
          department: '市农业农村委员会',
          part: 'lead',
          round: 1,
          status: 'accepted',
          dispatched_at: '2026-11-20T10:00:00+08:00',
          acknowledged_at: '2026-11-20T10:30:00+08:00',
          due_at: '2026-11-25T17:30:00+08:00',
          provisional: false,
          overdue: false,
          outcome: 'resolved',
          promised_date: null,
          extension: null,
          feedback: [
            {
              at: '2026-11-20T11:00:00+08:00',
              by: '孙联络',
              outcome: 'resolved',
              measures: '已对接',
              review: 'redo',
              attachments: 1,
            },
            {
              at: '2026-11-20T15:00:00+08:00',
              by: '孙联络',
              outcome: 'resolved',
              measures: '已售出3吨，联系139****4321',
              review: 'accepted',
              attachments: 2,
            },
          ],
        },
      ],
      events: [
        { at: '2026-11-20T10:00:00+08:00', by: null, what: 'collected', detail: null },
        {
          at: '2026-11-20T10:00:00+08:00',
          by: null,
          what: 'dispatched',
          detail: '市农业农村委员会　11月25日（周三）17:30前',
        },
        { at: '2026-11-20T10:30:00+08:00', by: '孙联络', what: 'acknowledged', detail: '市农业农村委员会' },
        { at: '2026-11-20T11:00:00+08:00', by: '孙联络', what: 'evidence', detail: '市农业农村委员会' },
        { at: '2026-11-20T11:00:00+08:00', by: '孙联络', what: 'feedback', detail: '市农业农村委员会　解决' },
        {
          at: '2026-11-20T14:00:00+08:00',
          by: '陈组长',
          what: 'redo',
          detail: '市农业农村委员会　请写明数量',
        },
        { at: '2026-11-20T15:00:00+08:00', by: '孙联络', what: 'feedback', detail: '市农业农村委员会　解决' },
        { at: '2026-11-20T15:10:00+08:00', by: '孙联络', what: 'evidence', detail: '市农业农村委员会' },
        { at: '2026-11-20T16:00:00+08:00', by: '陈组长', what: 'accepted', detail: '市农业农村委员会　解决' },
        { at: '2026-11-20T16:00:00+08:00', by: null, what: 'done', detail: null },
        { at: '2026-11-20T16:00:00+08:00', by: '陈组长', what: 'closed', detail: null },
      ],
    })
    expect(second).toMatchObject({
      code: 2,
      external_id: null,
      category: null,
      status: 'triage',
      assignments: [],
    })
  })

  test('holds personal details only when asked for', async () => {
    const desk = await livedThrough()
    const open = await desk.run('export', '--format', 'json')
    expect(open.out).not.toMatch(/张三|13812345678|13987654321|某路|petitioner/)
    const [first] = JSON.parse((await desk.run('export', '--format', 'json', '--private')).out)
    expect(first).toMatchObject({ petitioner: '张三', phone: '13812345678', address: '某路1号' })
    expect(first.content).toContain('13812345678')
  })

  test('of nothing is an empty array', async () => {
    const desk = await testDesk()
    await desk.run('migrate')
    expect(JSON.parse((await desk.run('export', '--format', 'json')).out)).toEqual([])
  })

  test('of more than a chunk is whole and in order', async () => {
    const desk = await testDesk()
    const rows = Array.from({ length: 1201 }, (_, i) => `专家,事项${i}`).join('\n')
    await desk.run('import', await desk.file('items.csv', `来源,标题\n${rows}\n`))
    const all: { title: string }[] = JSON.parse((await desk.run('export', '--format', 'json')).out)
    expect(all.map(({ title }) => title)).toEqual(Array.from({ length: 1201 }, (_, i) => `事项${i}`))
    const csv = (await desk.run('export')).out.trimEnd().split('\r\n')
    expect(csv).toHaveLength(1202)
    expect(csv[1201]).toMatch(/^#1201,,专家,事项1200,/)
  })
})

describe('export as a table', () => {
  test.each(['csv', 'xlsx'])('%s has the columns of a task list', async (format) => {
    const desk = await livedThrough()
    const ran = await desk.run('export', '--out', `list.${format}`)
    expect(ran).toEqual({ code: 0, out: `已导出 2 项到 list.${format}。\n`, err: '' })
    const { headers, rows } = await readTable(path.join(desk.folder, `list.${format}`))
    expect(headers.join()).toBe(
      '督办编号,编号,来源,标题,内容,类别,紧急程度,受理时间,反映人次,事项状态,主办单位,协办单位,联络员,办理状态,交办时间,签收时间,办理时限,延期至,是否逾期,办理情况,结果,佐证,未完成原因/下一步,审核人,可否公开,公开网址,回访结果,成果转化,销号时间',
    )
    expect(rows[0]?.cells).toEqual({
      督办编号: '#1',
      编号: 'H-1',
      来源: '12345热线',
      标题: '蔬菜滞销',
      内容: '青浦农户反映蔬菜滞销，\n请致电138****5678',
      类别: '三农',
      紧急程度: '急',
      受理时间: '2026-11-19 09:00',
      反映人次: '1',
      事项状态: '已销号',
      主办单位: '市农业农村委员会',
      协办单位: '',
      联络员: '孙联络',
      办理状态: '解决',
      交办时间: '2026-11-20 10:00',
      签收时间: '2026-11-20 10:30',
      办理时限: '2026-11-25 17:30',
      延期至: '',
      是否逾期: '否',
      办理情况: '已售出3吨，联系139****4321',
      结果: '解决',
      佐证: '3',
      '未完成原因/下一步': '',
      审核人: '陈组长',
      可否公开: '是',
      公开网址: '',
      回访结果: '',
      成果转化: '',
      销号时间: '2026-11-20 16:00',
    })
  })

  test('keeps a spreadsheet from running what a citizen wrote', async () => {
    const desk = await livedThrough()
    const { out } = await desk.run('export')
    expect(out.startsWith('\ufeff督办编号,')).toBe(true)
    expect(out).toContain(`,专家,"'=HYPERLINK(""x"")",`)
  })

  test('has English headers in English, and private columns when asked for', async () => {
    const desk = await livedThrough({ locale: 'en' })
    const { out } = await desk.run('export', '--private')
    expect(out.split('\r\n')[0]).toContain(
      ',Urgency,Petitioner,Phone,Address,Received at,Reports,Status,Lead,',
    )
    expect(out).toContain(',张三,13812345678,某路1号,')
  })

  test('comes back as known', async () => {
    const desk = await livedThrough()
    await desk.run('export', '--private', '--out', 'list.csv')
    const { code, out } = await desk.run('import', 'list.csv')
    expect(code).toBe(0)
    expect(out).toContain('新增 0 项，已在库 2 项。')
  })
})

describe('--out', () => {
  test('refuses a file that is there, unless forced', async () => {
    const desk = await livedThrough()
    await desk.file('list.json', 'mine')
    const refused = await desk.run('export', '--out', 'list.json')
    expect(refused).toEqual({ code: 1, out: '', err: 'list.json 已存在。如需覆盖，请加 --force。\n' })
    expect(readFileSync(path.join(desk.folder, 'list.json'), 'utf8')).toBe('mine')
    expect(await desk.run('export', '--out', 'list.json', '--force')).toMatchObject({ code: 0 })
    expect(JSON.parse(readFileSync(path.join(desk.folder, 'list.json'), 'utf8'))).toHaveLength(2)
  })

  test('is for its owner only', async () => {
    const desk = await livedThrough()
    await desk.run('export', '--out', 'list.csv')
    expect(statSync(path.join(desk.folder, 'list.csv')).mode & 0o777).toBe(0o600)
  })

  test.each([
    [['--format', 'xlsx'], 'xlsx 不能输出到屏幕，请用 --out 写明文件名。'],
    [['--format', 'pdf'], '不支持“pdf”格式，可用 csv、xlsx 或 json。'],
    [['--out', 'list.doc'], '不支持“doc”格式，可用 csv、xlsx 或 json。'],
    [['--format', 'json', '--out', 'list.csv'], 'list.csv 的扩展名与格式 json 不符。'],
  ])('%j is refused', async (words, complaint) => {
    const desk = await livedThrough()
    expect(await desk.run('export', ...words)).toEqual({ code: 1, out: '', err: `${complaint}\n` })
  })

  test('into a folder that is not there says so', async () => {
    const desk = await livedThrough()
    const { code, err } = await desk.run('export', '--out', 'nowhere/list.csv')
    expect(code).toBe(1)
    expect(err).toMatch(/^未能完成：ENOENT/)
  })
})
