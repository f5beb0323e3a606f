import path from 'node:path'
import { expect, test } from 'vitest'
import { readTable } from '../../src/files/read-table.ts'
import { acknowledge } from '../../src/services/assignment/acknowledge.ts'
import { submitFeedback } from '../../src/services/assignment/feedback.ts'
import { review } from '../../src/services/assignment/review.ts'
import { registerPerson } from '../../src/services/directory/people.ts'
import { showDetails } from '../../src/services/directory/private-details.ts'
import { arrangeStandIn } from '../../src/services/directory/stand-in.ts'
import { work } from '../../src/services/work.ts'
import { appBeside } from './app.ts'
import { type DeskOptions, deskWithDirectory, type TestDesk, testDesk } from './desk.ts'

const items = `编号,来源,标题,诉求人,联系电话,主办单位
H-1,12345,蔬菜滞销,张三,13812345678,农业农村委
`

test('the trail says when, who, what, of which item and department, as a table', async () => {
  const desk = await livedThrough()
  for (const format of ['csv', 'xlsx']) {
    const ran = await desk.run('export', '--audit', '--out', `trail.${format}`)
    expect(ran).toEqual({ code: 0, out: `已导出 9 条操作记录到 trail.${format}。\n`, err: '' })
    const { headers, rows } = await readTable(path.join(desk.folder, `trail.${format}`))
    expect(headers.join()).toBe('时间,操作人,操作,事项编号,单位,详情')
    expect(rows.map(({ cells }) => Object.values(cells).join('｜'))).toEqual([
      '2026-11-20 10:00:00｜系统｜通讯录｜｜｜4个单位　4人',
      '2026-11-20 10:00:00｜系统｜收集｜#1｜｜',
      '2026-11-20 10:00:00｜系统｜派单｜#1｜市农业农村委员会｜11月25日（周三）17:30前',
      '2026-11-20 10:30:00｜孙联络｜签收｜#1｜市农业农村委员会｜',
      '2026-11-20 10:30:00｜孙联络｜查看联系方式｜#1｜｜',
      '2026-11-20 10:30:00｜孙联络｜反馈｜#1｜市农业农村委员会｜解决',
      '2026-11-20 14:00:00｜陈组长｜退回重办｜#1｜市农业农村委员会｜请致电139****4321核实',
      '2026-11-20 14:00:00｜陈组长｜人员调整｜｜市农业农村委员会｜钱副手　B角',
      '2026-11-20 14:00:00｜陈组长｜代理｜｜市农业农村委员会｜钱副手代理孙联络，至11月27日（周五）',
    ])
  }
  const { out } = await desk.run('export', '--audit', '--private')
  expect(out).toContain('请致电13987654321核实')
  expect(out).not.toContain('张三')
})

test('as JSON it has names for programs; in English the headers are English; of nothing it is empty', async () => {
  const desk = await livedThrough({ locale: 'en' })
  const all = JSON.parse((await desk.run('export', '--audit', '--format', 'json')).out)
  expect(all.at(-1)).toEqual({
    at: '2026-11-20T14:00:00+08:00',
    by: '陈组长',
    what: 'stand-in',
    item: null,
    department: '市农业农村委员会',
    detail: '钱副手 for 孙联络, until Fri 27 Nov',
  })
  const { out } = await desk.run('export', '--audit')
  expect(out.replace('\ufeff', '').split('\r\n')[0]).toBe('When,Who,What,Item,Department,Detail')
  const empty = await testDesk()
  await empty.run('migrate')
  expect(JSON.parse((await empty.run('export', '--audit', '--format', 'json')).out)).toEqual([])
})

test('more than a chunk is whole and in order', async () => {
  const desk = await deskWithDirectory()
  const rows = Array.from({ length: 2500 }, (_, index) => `专家,事项${index}`).join('\n')
  await desk.run('import', await desk.file('items.csv', `来源,标题\n${rows}\n`))
  const trail: { item: number | null }[] = JSON.parse(
    (await desk.run('export', '--audit', '--format', 'json')).out,
  )
  expect(trail.flatMap(({ item }) => item ?? [])).toEqual(
    Array.from({ length: 2500 }, (_, index) => index + 1),
  )
})

async function livedThrough(options: DeskOptions = {}): Promise<TestDesk> {
  const desk = await deskWithDirectory(options)
  const { code, err } = await desk.run('import', await desk.file('items.csv', items), '--dispatch')
  if (code !== 0) throw new Error(err)
  const { app, at, actor } = await appBeside(desk)
  const [sun, chen] = [await actor('ou_sun'), await actor('ou_chen')]
  const backup = { platform: 'feishu', account: 'ou_qian', name: '钱副手' } as const
  at('2026-11-20T10:30:00')
  await work(app, (current) => acknowledge(current, sun, [1]))
  await work(app, (current) => showDetails(current, sun, 1, { platform: 'feishu', account: 'ou_sun' }))
  const draft = { reason: null, promisedDate: null, handler: null, mayPublish: true }
  await work(app, (current) =>
    submitFeedback(current, sun, {
      code: 1,
      draft: { ...draft, outcome: 'resolved', measures: '已对接' },
      mayReplace: false,
    }),
  )
  at('2026-11-20T14:00:00')
  await work(app, (current) =>
    review(current, chen, {
      code: 1,
      decision: { result: 'redo', reason: '请致电13987654321核实' },
    }),
  )
  const [department] = sun.memberships.map((membership) => membership.department)
  if (!department) throw new Error('the contact has no department')
  await work(app, (current) => registerPerson(current, chen, backup, [{ role: 'backup', department }]))
  await work(app, (current) =>
    arrangeStandIn(current, chen, {
      standIn: backup,
      insteadOf: { platform: 'feishu', account: 'ou_sun', name: sun.name },
      until: '2026-11-27',
    }),
  )
  return desk
}
