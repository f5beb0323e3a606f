import { describe, expect, test } from 'vitest'
import { deskWithDirectory, testDesk } from './desk.ts'

const calendar2027 = `日期,类型,名称
2027-01-01,放假,元旦
2027-02-05,放假,春节
2027-02-14,上班,
2027-05-01,放假,劳动节
2027-10-01,放假,国庆节
`

describe('calendar', () => {
  test('loads a year, and moves what was due by guess', async () => {
    const desk = await deskWithDirectory({ now: Date.parse('2026-12-30T10:00:00+08:00') })
    await desk.run(
      'import',
      await desk.file('items.csv', '来源,标题,主办单位\n专家,跨年,商务委\n'),
      '--dispatch',
    )
    const { read } = await desk.db()
    const due = () =>
      read.selectFrom('assignments').select(['due_at', 'provisional']).executeTakeFirstOrThrow()
    expect(await due()).toEqual({ due_at: Date.parse('2027-01-04T17:30:00+08:00'), provisional: 1 })

    const { code, out } = await desk.run('calendar', await desk.file('2027.csv', calendar2027))
    expect(code).toBe(0)
    expect(out.trimEnd().split('\n')).toEqual([
      '2027.csv：已载入 2027 年安排，放假 4 天，调休上班 1 天。',
      '已更正办理时限 1 项。',
      '工作日历现在可用至 2027 年底。',
    ])
    expect(await due()).toEqual({ due_at: Date.parse('2027-01-05T17:30:00+08:00'), provisional: 0 })
    expect(desk.woken()).toBe(2)
  })

  test('again replaces the year by the same', async () => {
    const desk = await testDesk()
    const file = await desk.file('2027.csv', calendar2027)
    await desk.run('calendar', file)
    const { out } = await desk.run('calendar', file)
    expect(out).toContain('2027 年原有安排已替换。\n没有需要更正的办理时限。')
    const { read } = await desk.db()
    expect(await read.selectFrom('calendar_days').selectAll().execute()).toHaveLength(5)
  })

  test.each([
    ['2027-02-05,放假,春节', '2027-02-30,放假,春节', '第 3 行　日期：“2027-02-30”不是有效的日期'],
    ['2027-02-14,上班', '2027-02-15,上班', '第 4 行　类型：“2027-02-15”本来就是工作日，无需列为调休上班'],
    ['2027-05-01,放假', '2027-05-02,放假', '2027 年的安排不完整：2027-05-01 应为放假。请载入全年安排。'],
  ])('refuses %s → %s', async (good, bad, complaint) => {
    const desk = await testDesk()
    await desk.run('migrate')
    const { code, err } = await desk.run(
      'calendar',
      await desk.file('2027.csv', calendar2027.replace(good, bad)),
    )
    expect(code).toBe(1)
    expect(err).toContain(complaint)
    const { read } = await desk.db()
    expect(await read.selectFrom('calendar_days').selectAll().execute()).toEqual([])
  })

  test('never leaves rows out', async () => {
    const desk = await testDesk()
    const { code, err } = await desk.run('calendar', await desk.file('2027.csv', calendar2027), '--skip-bad')
    expect(code).toBe(1)
    expect(err).toContain('没有“--skip-bad”这个选项。')
  })
})
