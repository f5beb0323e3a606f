import { expect, test } from 'vitest'
import { membershipsOf, upsertPerson } from '../../src/db/people.ts'
import { UserError } from '../../src/errors.ts'
import { zhCN } from '../../src/messages/wording/zh-cn.ts'
import { claimTaskForce } from '../../src/services/directory/claim.ts'
import { work } from '../../src/services/work.ts'
import { appBeside } from './app.ts'
import { deskWithDirectory, type TestDesk, testDesk } from './desk.ts'

test('a code lets one more lead in though there are leads, once', async () => {
  const desk = await deskWithDirectory()
  const { app } = await appBeside(desk)
  const claim = (code: string, account: string) =>
    work(app, (current) => claimTaskForce(current, code, { platform: 'wechat', account, name: account }))
  expect(await refusal(claim('anything', 'wx_1'))).toContain('请管理员生成认领码')
  const code = await codeFrom(desk)
  expect(await refusal(claim(`${code}0`, 'wx_1'))).toContain('认领码不正确')
  await claim(` ${code} `, 'wx_1')
  expect(await refusal(claim(code, 'wx_2'))).toContain('已被认领')
  const leads = await app.db.read
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person_id')
    .innerJoin('departments', 'departments.id', 'memberships.department_id')
    .select(['people.name', 'departments.name as department'])
    .where('role', '=', 'lead')
    .orderBy('people.id')
    .execute()
  expect(leads).toEqual([
    { name: '陈组长', department: '工作专班' },
    { name: 'wx_1', department: '工作专班' },
  ])
  const events = await app.db.read
    .selectFrom('events')
    .select(['what', 'person_id'])
    .where('what', 'in', ['claim-code', 'claimed'])
    .orderBy('id')
    .execute()
  expect(events.map(({ what }) => what)).toEqual(['claim-code', 'claimed'])
})

test('the newest code counts, for a day; none of them is kept', async () => {
  const desk = await deskWithDirectory()
  const { app, at } = await appBeside(desk)
  const claim = (code: string) =>
    work(app, (current) =>
      claimTaskForce(current, code, { platform: 'wechat', account: 'wx_1', name: '周组员' }),
    )
  const first = await codeFrom(desk)
  const second = await codeFrom(desk)
  expect(await refusal(claim(first))).toContain('认领码不正确')
  at('2026-11-21T10:00:00')
  expect(await refusal(claim(second))).toContain('认领码已过期')
  at('2026-11-21T09:59:59')
  await claim(second)
  const kept = JSON.stringify([
    await app.db.read.selectFrom('settings').selectAll().execute(),
    await app.db.read.selectFrom('events').selectAll().execute(),
  ])
  for (const code of [first, second]) expect(kept).not.toContain(code)
})

test('a lead’s namesake with the code is that lead, with another account', async () => {
  const desk = await deskWithDirectory()
  const { app, actor } = await appBeside(desk)
  const code = await codeFrom(desk)
  const person = { platform: 'wechat', account: 'wx_chen', name: '陈组长' } as const
  expect(await work(app, (current) => claimTaskForce(current, code, person))).toBe('elsewhere')
  const accounts = await app.db.read
    .selectFrom('person_accounts')
    .select('account')
    .where('person_id', '=', (await actor('ou_chen')).id)
    .orderBy('account')
    .execute()
  expect(accounts.map(({ account }) => account)).toEqual(['ou_chen', 'wx_chen'])
})

test('an account that is somebody else’s stays theirs, and gets the role', async () => {
  const desk = await deskWithDirectory()
  const { app, actor } = await appBeside(desk)
  const code = await codeFrom(desk)
  const chen = await actor('ou_chen')
  const [lead] = chen.memberships
  const account = { platform: 'wechat', account: 'wx_other', name: '陈组长' } as const
  const id = await work(app, ({ db, now }) => upsertPerson(db, account, now))
  expect(id).not.toBe(chen.id)
  expect(await work(app, (current) => claimTaskForce(current, code, account))).toBeNull()
  expect(await membershipsOf(app.db.read, id)).toMatchObject([{ role: 'lead', department: lead?.department }])
})

test('it makes no database where there is none', async () => {
  const { code, err } = await (await testDesk()).run('claim-code')
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/^还没有数据库/) })
})

/** What the command printed. */
async function codeFrom(desk: TestDesk): Promise<string> {
  const { code, out, err } = await desk.run('claim-code')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const [, printed = ''] = /认领码：([0-9a-f]{10})\n/.exec(out) ?? []
  expect(printed).not.toBe('')
  return printed
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof UserError) return error.say(zhCN)
  throw new Error('it was not refused', { cause: error })
}
