import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { Refused } from '../../src/ports.ts'
import { personOf, testWorld } from '../support/duban.ts'
import { photo } from '../support/photo.ts'
import { dispatch } from '../support/talk.ts'
import { until } from '../support/truth.ts'

test('evidence that can’t be fetched is asked for again and no longer counted', async () => {
  const world = await testWorld({ unlimited: true })
  const { agriculture, sandbox, taskForce } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  world.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
  const card = await world.seen(agriculture, '蔬菜滞销')
  const messenger = world.duban.app.messengers.get('feishu')
  if (!messenger) throw new Error('there is no Feishu')
  messenger.download = async () => {
    throw new Refused('content-too-long', 'over 30 MB')
  }

  sandbox.sendFile(
    agriculture.chat.chat_id,
    personOf(agriculture, 'contact').open_id,
    { name: '现场照片.zip', type: 'file', data: Buffer.from('zip') },
    { reply_to: card.message_id },
  )
  const asked = await world.seen(agriculture, `#${code} 的佐证材料“现场照片.zip”未能保存`)
  expect(asked.mentions).toMatchObject([{ open_id: personOf(agriculture, 'contact').open_id }])

  // A photo has no name of its own.
  sandbox.sendFile(agriculture.chat.chat_id, personOf(agriculture, 'contact').open_id, photo, {
    reply_to: card.message_id,
  })
  await world.seen(agriculture, `#${code} 的佐证材料未能保存`)

  world.say(agriculture, 'contact', `#${code} 已解决，已组织农超对接`)
  const review = await world.seen(taskForce, '待审核')
  expect(textOf(review)).not.toContain('佐证材料')
})

test('whatever evidence is called, it is kept under a name of ours, and told by one that can be read', async () => {
  const world = await testWorld({ unlimited: true })
  const { agriculture, sandbox } = world
  const [code] = await world.items({ title: '蔬菜滞销' })
  const card = await dispatch(world, `#${code} 农业农村委`, agriculture)
  const names = {
    '../../../etc/cron.d/x': 'x',
    '/etc/passwd': 'passwd',
    'C:\\Windows\\system32\\a.dll': 'a.dll',
    '..': 'file',
    '.ssh/.bashrc': 'bashrc',
    '现场\u202egpj.exe': '现场gpj.exe',
    '照片\u0000\n\u001b[31m.jpg': '照片[31m.jpg',
    'CON.txt': 'CON.txt',
    [`${'长'.repeat(300)}.pdf`]: `${'长'.repeat(76)}.pdf`,
    "$(reboot);'--.sh": "$(reboot);'--.sh",
  }
  for (const name of Object.keys(names)) {
    sandbox.sendFile(
      agriculture.chat.chat_id,
      personOf(agriculture, 'contact').open_id,
      { name, type: 'file', data: Buffer.from(name) },
      { reply_to: card.message_id },
    )
    await world.seen(agriculture, `佐证材料，现共${Object.keys(names).indexOf(name) + 1}件`)
  }
  const { db, dataDir } = world.duban.app
  const all = () => db.read.selectFrom('attachments').selectAll().orderBy('id').execute()
  await until(async () => (await all()).every((one) => one.path !== null), 'the files')
  const kept = await all()
  expect(kept.map(({ file_name }) => file_name)).toEqual(Object.values(names))
  for (const { id, path: relative } of kept) {
    expect(relative).toMatch(new RegExp(`^attachments/${id}(?:\\.[a-z0-9]{1,8})?$`))
    expect((await stat(path.join(dataDir, relative ?? ''))).isFile()).toBe(true)
  }
  expect((await readdir(path.join(dataDir, 'attachments'))).sort()).toEqual(
    kept.map((one) => path.basename(one.path ?? '')).sort(),
  )
})
