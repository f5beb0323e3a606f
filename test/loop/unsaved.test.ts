import { writeFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { personOf, testWorld, type World } from '../support/duban.ts'
import { dispatch } from '../support/talk.ts'
import { look, truth, until } from '../support/truth.ts'

const apology = '系统暂时无法保存数据'

/** On the one connection that writes. A disk without room: the file may not grow by a page. */
const troubles = [
  {
    name: 'a full disk',
    code: 'SQLITE_FULL',
    begin: 'pragma max_page_count = 1',
    end: 'pragma max_page_count = 1073741823',
  },
  {
    name: 'a disk that may not be written',
    code: 'SQLITE_READONLY',
    begin: 'pragma query_only = on',
    end: 'pragma query_only = off',
  },
]

test.each(troubles)(
  '$name: people are told, /readyz and the log say why, and it goes on by itself',
  async (trouble) => {
    const world = await testWorld({ ticking: true, unlimited: true })
    const { agriculture, taskForce, sandbox } = world
    const [code, other] = await world.items({ title: '蔬菜滞销' }, { title: '种子断供' })
    const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
    const before = await truth(world)
    const logged = world.log.length

    await pragma(world, trouble.begin)
    const contact = personOf(agriculture, 'contact')
    for (let times = 0; times < 3; times += 1) {
      const { toast } = await world.press(card, contact, '签收')
      expect(toast).toMatchObject({ type: 'error', content: expect.stringContaining(apology) })
    }
    const said = world.say(taskForce, 'lead', `/派单 #${other} 商务委`)
    const answers = () => world.posts(taskForce).filter(({ parent_id }) => parent_id === said.message_id)
    await sandbox.waitFor(() => answers().length > 0, 'the apology')
    expect(textOf(answers()[0] as typeof card)).toContain(apology)
    await until(async () => {
      await world.press(card, contact, '签收')
      return (await readiness(world)).status === 503
    }, 'that it is not ready')
    expect(JSON.stringify(await readiness(world))).toContain(trouble.code)
    expect(await truth(world)).toBe(before)

    await pragma(world, trouble.end)
    await until(async () => (await readiness(world)).status === 200, 'that it is ready again')
    await sandbox.waitFor(() => answers().length > 1, 'the answer')
    await world.settled()
    expect(textOf(answers()[1] as typeof card)).not.toContain(apology)
    expect(answers()).toHaveLength(2)
    expect((await world.press(card, contact, '签收')).toast?.type).toBe('success')
    const complaints = world.log.slice(logged).filter((line) => line.includes('"level":"error"'))
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toContain(trouble.code)
  },
)

test('evidence that can’t be kept stays with the platform until it can', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, sandbox } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const { app } = world.duban
  const { dataDir } = app
  const file = `${dataDir}-is-a-file`
  await writeFile(file, '')
  app.dataDir = `${file}/data`
  sandbox.sendFile(
    agriculture.chat.chat_id,
    personOf(agriculture, 'contact').open_id,
    { name: '照片.txt', type: 'file', data: Buffer.from('收条') },
    { reply_to: card.message_id },
  )
  await until(() => world.log.some((line) => line.includes('ENOTDIR')), 'the fault')
  const attachment = () =>
    look(world, (db) => db.selectFrom('attachments').selectAll().executeTakeFirstOrThrow())
  for (let hour = 0; hour < 10; hour += 1) await world.moveTo(world.clock.now() + 3_600_000)
  expect(await attachment()).toMatchObject({ path: null, error: null, attempts: 0 })

  app.dataDir = dataDir
  await until(async () => {
    await world.moveTo(world.clock.now() + 15_000)
    return (await attachment()).path !== null
  }, 'the evidence')
})

async function pragma({ duban }: World, text: string): Promise<void> {
  await sql.raw(text).execute(duban.app.db.write)
}

async function readiness({ duban }: World): Promise<{ status: number; checks: unknown }> {
  const response = await fetch(`${duban.url}/readyz`)
  return { status: response.status, ...((await response.json()) as { checks: unknown }) }
}
