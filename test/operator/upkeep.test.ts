import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { deskWithDirectory, testDesk } from './desk.ts'

describe('status', () => {
  test('prints the totals and the departments, aligned', async () => {
    const desk = await deskWithDirectory()
    const csv = '来源,标题,主办单位\n专家,甲,农业农村委\n专家,乙,农业农村委\n专家,丙,教委\n专家,丁,\n'
    await desk.run('import', await desk.file('items.csv', csv), '--dispatch')
    const { code, out } = await desk.run('status')
    expect(code).toBe(0)
    expect(out).toContain('\n收集      4\n待派单    1\n已派单    3\n待签收    3\n')
    expect(out).toContain(
      [
        '单位              在办  逾期  解决  3工作日解决率',
        '----------------  ----  ----  ----  -------------',
        '市农业农村委员会     2     0     0              —',
        '市教育委员会         1     0     0              —',
      ].join('\n'),
    )
  })

  test('says in English that there is nothing yet', async () => {
    const desk = await testDesk({ locale: 'en' })
    await desk.run('migrate')
    expect((await desk.run('status')).out).toContain('There are no items yet.')
  })

  test.each(['status', 'export', 'backup'])('%s makes no database where there is none', async (command) => {
    const desk = await testDesk()
    const { code, err } = await desk.run(...(command === 'backup' ? [command, 'copy.db'] : [command]))
    expect(code).toBe(1)
    expect(err).toMatch(/^还没有数据库（.*duban\.db）。/)
    expect(existsSync(path.join(desk.folder, 'data'))).toBe(false)
  })
})

describe('migrate', () => {
  test('says what it did, then that there is nothing to do', async () => {
    const desk = await testDesk()
    expect((await desk.run('migrate')).out).toMatch(/^数据库已升级：\d{4}-\d\d-\d\d-\S+。\n$/)
    expect((await desk.run('migrate')).out).toBe('数据库已是最新，无需升级。\n')
  })

  test('leaves a newer version’s database alone, as every command does', async () => {
    const desk = await testDesk()
    const { write } = await desk.db()
    await write
      .insertInto('kysely_migration' as never)
      .values({ name: '2099-01-01-future', timestamp: 'x' } as never)
      .execute()
    for (const words of [
      ['migrate'],
      ['status'],
      ['import', await desk.file('i.csv', '来源,标题\n专家,x\n')],
    ]) {
      const { code, err } = await desk.run(...words)
      expect({ code, err }).toEqual({
        code: 1,
        err: '数据库由更新的版本写入（2099-01-01-future），请改用该版本。\n',
      })
    }
  })

  test('is asked for by those who only read', async () => {
    const desk = await testDesk()
    const empty = await openDatabase(`file:${desk.folder}/data/duban.db`)
    await empty.close()
    const { code, err } = await desk.run('status')
    expect(code).toBe(1)
    expect(err).toMatch(
      /^数据库尚未升级（2026-11-22-first.*）。请先停止机器人并备份，再运行 npm run duban -- migrate。\n$/,
    )
  })
})

describe('backup', () => {
  test('writes a whole copy beside those who write, and never over another file', async () => {
    const desk = await deskWithDirectory()
    const { code, out } = await desk.run('backup', 'copy.db')
    expect(code).toBe(0)
    expect(out).toMatch(/^已备份到 copy\.db（\d+ KB）。\n$/)
    const copy = await openDatabase<{ departments: { name: string } }>(`file:${desk.folder}/copy.db`)
    expect(await copy.read.selectFrom('departments').select('name').execute()).toHaveLength(4)
    await copy.close()
    expect(await desk.run('backup', 'copy.db')).toEqual({
      code: 1,
      out: '',
      err: 'copy.db 已存在，未作备份。请换一个文件名。\n',
    })
  })

  test('says where the folder is not there', async () => {
    const desk = await deskWithDirectory()
    const { code, err } = await desk.run('backup', 'nowhere/copy.db')
    expect(code).toBe(1)
    expect(err).toBe(`没有 ${desk.folder}/nowhere 这个目录。\n`)
  })
})
