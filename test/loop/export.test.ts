import { readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import { readTable } from '../../src/files/read-table.ts'
import { makeExport } from '../../src/services/reports/export-file.ts'
import { testFolder } from '../support/database.ts'
import { personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { told } from '../support/told.ts'
import { look, until } from '../support/truth.ts'

test('/export: told at once in the group, the list as a file to the asker alone, numbers masked, recorded', async () => {
  const world = await withItems()
  const { agriculture, taskForce } = world
  const answer = await answerTo(world, taskForce, 'lead', '/导出')
  expect(textOf(answer)).toContain('正在导出，完成后私信发送。')
  const [file] = await files(world, 'lead', 1)
  expect(nameOf(file)).toBe('督办事项-2026-11-20.xlsx')
  const { headers, rows } = await tableOf(world, file)
  expect(headers).toContain('标题')
  expect(headers).not.toContain('联系电话')
  expect(rows.map(({ cells }) => [cells.标题, cells.主办单位])).toEqual([
    ['蔬菜滞销', agriculture.name],
    ['口罩脱销', ''],
  ])
  expect(JSON.stringify(rows)).toContain('138****8000')
  expect(JSON.stringify(rows)).not.toContain('13800138000')
  expect(await exported(world)).toEqual([{ by: '陈组长', count: 2 }])
  for (const office of [taskForce, agriculture]) {
    expect(world.posts(office).filter(({ msg_type }) => msg_type === 'file')).toEqual([])
  }
  await answerTo(world, taskForce, 'second', '/export')
  expect(nameOf((await files(world, 'second', 1))[0])).toBe('督办事项-2026-11-20.xlsx')
  expect(await kept(world)).toHaveLength(2)
  await goTo(world, '2026-11-21 08:59')
  expect(await kept(world)).toHaveLength(2)
  await goTo(world, '2026-11-21 10:00')
  await until(async () => (await kept(world)).length === 0, 'the old files to be gone')
})

test('the list says what the whole desk knows: extension, callback, publication, uptake, how many said so', async () => {
  const world = await testWorld({ ticking: true, unlimited: true, now: shanghai('2026-11-20 09:30') })
  const { agriculture, taskForce } = world
  const [code, same] = await world.items({ title: '蔬菜滞销' }, { title: '青菜卖不出去' })
  const lead = (words: string) => answerTo(world, taskForce, 'lead', words)
  await lead(`/合并 #${same} #${code}`)
  await lead(`/派单 #${code} 农业农村委`)
  await answerTo(world, agriculture, 'contact', `/延期 #${code} 货源紧张`)
  await lead(`/延期 #${code} 批准`)
  await answerTo(world, agriculture, 'contact', `/延期 #${code} 货源仍紧张`)
  await lead(`/延期 #${code} 不同意 请抓紧`)
  await answerTo(world, agriculture, 'contact', `/反馈 #${code} 已解决，已组织农超对接`)
  await lead(`/审核 #${code} 通过`)
  await lead(`/回访 #${code} 满意 诉求人电话13800138000`)
  await lead(`/公开 #${code} https://example.org/13800138000`)
  await lead(`/转化 #${code} 议题 市政府常务会议`)
  await lead('/导出')
  const [file] = await files(world, 'lead', 1)
  const { rows } = await tableOf(world, file)
  expect(rows[0]?.cells).toMatchObject({
    反映人次: '2',
    办理时限: '2026-11-27 17:30',
    延期至: '2026-11-27 17:30',
    公开网址: 'https://example.org/13800138000',
    回访结果: '满意　诉求人电话138****8000',
    成果转化: '列入领导会议议题　市政府常务会议',
  })
  expect(rows[1]?.cells).toMatchObject({ 反映人次: '1', 事项状态: '已合并', 回访结果: '' })
})

test('one wish at a time; what a crash left undone is done after the start', async () => {
  const world = await withItems()
  const { taskForce } = world
  // Its job is lost.
  expect(await told(world, taskForce, 'lead', '/导出', 'private')).toContain('正在导出')
  expect(await told(world, taskForce, 'lead', '/导出', 'private')).toContain(
    '您在11月20日（周五）09:00要求的导出正在进行',
  )
  await world.restart()
  await files(world, 'lead', 1)
  expect(await exported(world)).toEqual([{ by: '陈组长', count: 2 }])
  await answerTo(world, taskForce, 'lead', '/导出')
  await files(world, 'lead', 2)
})

test('a failing platform is tried again; a message that it took without our knowing is shown once', async () => {
  const world = await withItems()
  const { sandbox, taskForce } = world
  await told(world, taskForce, 'lead', '/导出', 'private')
  sandbox.setFaults({ cutNext: 2 })
  await makeExport(world.duban.app, await idOf(world, '陈组长'))
  await files(world, 'lead', 1)
  const isSent = async () => (await sentExports(world)).every((status) => status === 'sent')
  await until(isSent, 'the first sending')
  await world.duban.app.db.write
    .updateTable('deliveries')
    .set({ status: 'pending', message_id: null, next_attempt_at: 0 })
    .where('kind', '=', 'export')
    .execute()
  await world.moveTo(world.clock.now())
  await until(isSent, 'the second sending')
  expect(await files(world, 'lead', 1)).toHaveLength(1)
})

test('what the platform does not take, and a file that is gone, are told to the asker', async () => {
  const world = await withItems()
  const { sandbox, taskForce } = world
  const lead = await idOf(world, '陈组长')
  await told(world, taskForce, 'lead', '/导出', 'private')
  sandbox.setFaults({ failNext: { count: 1, status: 400, code: 99991672 } })
  await makeExport(world.duban.app, lead)
  await saidTo(world, 'lead', '督办事项-2026-11-20.xlsx未能发送：应用没有上传文件的权限')

  await told(world, taskForce, 'lead', '/导出', 'private')
  const { app } = world.duban
  const queue = { schedule: async () => {} }
  await makeExport({ ...app, queue }, lead)
  await rm(exportsOf(world), { recursive: true })
  await world.moveTo(world.clock.now())
  await saidTo(world, 'lead', '督办事项-2026-11-20.xlsx未能发送：文件已过期')
  expect(await files(world, 'lead', 0)).toEqual([])
})

test('an export that fails each time is given up, and told', async () => {
  const world = await withItems()
  const { app } = world.duban
  const lead = await idOf(world, '陈组长')
  await told(world, world.taskForce, 'lead', '/导出', 'private')
  // No folder can be made where a file stands.
  const broken = {
    ...app,
    dataDir: path.join(world.env.DATABASE_URL?.slice('file:'.length) ?? '', 'below-a-file'),
  }
  const again = []
  for (let tries = 1; tries <= 4; tries += 1) again.push(await makeExport(broken, lead))
  expect(again.map((result) => result !== undefined)).toEqual([true, true, true, false])
  await saidTo(world, 'lead', '导出未能完成')
  expect(await makeExport(app, lead)).toBeUndefined()
  expect(await exported(world)).toEqual([])
})

async function withItems(): Promise<World> {
  const world = await testWorld({ ticking: true, unlimited: true })
  const [one] = await world.items(
    { title: '蔬菜滞销', content: '请致电13800138000。', phone: '13800138000', petitioner: '李某某' },
    { title: '口罩脱销' },
  )
  await dispatch(world, `#${one} 农业农村委`, world.agriculture)
  return world
}

/** The files that somebody has in private, once there are so many. */
async function files(world: World, who: string, count: number): Promise<SandboxMessage[]> {
  const own = () => privateMessages(world, who).filter(({ msg_type }) => msg_type === 'file')
  await until(() => own().length >= count, `${count} files`)
  return own()
}

async function saidTo(world: World, who: string, words: string): Promise<void> {
  await until(() => privateMessages(world, who).some((message) => textOf(message).includes(words)), words)
}

function privateMessages({ sandbox, taskForce }: World, who: string): SandboxMessage[] {
  const { open_id } = personOf(taskForce, who)
  const chat = sandbox.chats().find(({ kind, members }) => kind === 'p2p' && members.includes(open_id))
  return chat ? sandbox.messages(chat.chat_id) : []
}

interface FileContent {
  file_key: string
  file_name: string
}

function contentOf(message: SandboxMessage | undefined): FileContent {
  if (!message) throw new Error('there is no file')
  return message.content as unknown as FileContent
}

function nameOf(message: SandboxMessage | undefined): string {
  return contentOf(message).file_name
}

/** Downloads it as the page does. */
async function tableOf({ sandbox }: World, message: SandboxMessage | undefined) {
  const { file_key } = contentOf(message)
  const answer = await fetch(`${sandbox.origin}/sandbox/api/files/${file_key}`)
  const target = path.join(await testFolder(), 'list.xlsx')
  await writeFile(target, Buffer.from(await answer.arrayBuffer()))
  return readTable(target)
}

function exported(world: World) {
  return look(world, async (db) => {
    const rows = await db
      .selectFrom('events')
      .innerJoin('people', 'people.id', 'events.person_id')
      .select(['people.name as by', 'events.detail'])
      .where('events.what', '=', 'exported')
      .execute()
    return rows.map(({ by, detail }) => ({ by, count: (JSON.parse(detail) as { count: number }).count }))
  })
}

function sentExports(world: World): Promise<string[]> {
  return look(world, async (db) => {
    const rows = await db.selectFrom('deliveries').select('status').where('kind', '=', 'export').execute()
    return rows.map(({ status }) => status)
  })
}

async function idOf(world: World, name: string): Promise<number> {
  return look(world, async (db) => {
    const row = await db.selectFrom('people').select('id').where('name', '=', name).executeTakeFirstOrThrow()
    return row.id
  })
}

function exportsOf({ env }: World): string {
  return path.join(env.DATA_DIR ?? '', 'exports')
}

function kept(world: World): Promise<string[]> {
  return readdir(exportsOf(world))
}
