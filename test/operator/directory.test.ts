import { describe, expect, test } from 'vitest'
import { deskWithDirectory, directoryCsv, testDesk } from './desk.ts'

async function counts(desk: Awaited<ReturnType<typeof testDesk>>) {
  const { read } = await desk.db()
  const of = async (
    table: 'departments' | 'department_names' | 'department_chats' | 'people' | 'memberships',
  ) => (await read.selectFrom(table).selectAll().execute()).length
  return {
    departments: await of('departments'),
    names: await of('department_names'),
    chats: await of('department_chats'),
    people: await of('people'),
    memberships: await of('memberships'),
  }
}

describe('directory', () => {
  test('loads departments, aliases, groups and people, and says what is new', async () => {
    const desk = await testDesk()
    const ran = await desk.run('directory', await desk.file('directory.csv', directoryCsv))
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out.trimEnd().split('\n')).toEqual([
      'directory.csv：4 个单位，4 人。',
      '变化：',
      '  新增单位 4 个：工作专班、市农业农村委员会、市商务委员会、市教育委员会',
      '  新增人员 4 人',
      '  新增角色 4 个',
    ])
    expect(await counts(desk)).toEqual({ departments: 4, names: 9, chats: 3, people: 4, memberships: 4 })
  })

  test('again says that nothing changed', async () => {
    const desk = await deskWithDirectory()
    const before = await counts(desk)
    const { out } = await desk.run('directory', 'directory.csv')
    expect(out).toContain('与现有通讯录一致，没有变化。')
    expect(await counts(desk)).toEqual(before)
  })

  test('says what another file changes', async () => {
    const desk = await deskWithDirectory()
    const other = '单位,简称,平台,群,姓名,账号,角色\n市商务委员会,商委,飞书,oc_new,吴新名,ou_wu,分管领导\n'
    const { out } = await desk.run('directory', await desk.file('other.csv', other))
    expect(out.trimEnd().split('\n').slice(1)).toEqual([
      '变化：',
      '  新增角色 1 个',
      '  更改姓名 1 人',
      '  简称有变：市商务委员会',
      '  群有变：市商务委员会',
    ])
  })

  test('says so in English', async () => {
    const desk = await testDesk({ locale: 'en' })
    const csv =
      'department,aliases,platform,chat_id,person,person_id,role\nAgriculture,,feishu,oc_1,Sun,ou_1,contact\n'
    const { out } = await desk.run('directory', await desk.file('directory.csv', csv))
    expect(out).toBe(
      'directory.csv: 1 department, 1 person.\nChanged:\n  1 new department: Agriculture\n  1 new person\n  1 new role\n',
    )
  })

  test('with bad rows writes nothing, and with --skip-bad the others', async () => {
    const desk = await testDesk()
    const csv = `${directoryCsv}市民政局,,飞书,oc_agri,尤联络,ou_you,组长\n`
    const file = await desk.file('directory.csv', csv)
    const refused = await desk.run('directory', file)
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('第 7 行　角色：“组长”无法识别，可填：专班、联络员、B角、分管领导、观察员')
    expect(await counts(desk)).toMatchObject({ departments: 0, people: 0 })
    const skipped = await desk.run('directory', file, '--skip-bad')
    expect(skipped.code).toBe(0)
    expect(skipped.out).toContain('跳过 1 行，共 1 处有误：')
    expect(await counts(desk)).toMatchObject({ departments: 4, people: 4 })
  })

  test('refuses an alias that is another department’s, changing nothing', async () => {
    const desk = await deskWithDirectory()
    const before = await counts(desk)
    const csv = '单位,简称\n市民政局,民政局\n市卫生健康委员会,教委\n'
    const { code, err } = await desk.run('directory', await desk.file('other.csv', csv))
    expect(code).toBe(1)
    expect(err).toBe('简称“教委”已属于市教育委员会，不能再用于市卫生健康委员会。\n')
    expect(await counts(desk)).toEqual(before)
  })
})
