import path from 'node:path'
import { parseDirectoryRows } from '../../src/files/directory-rows.ts'
import { parseItemRows } from '../../src/files/item-rows.ts'
import { sourceNames } from '../../src/files/names.ts'
import { readTable } from '../../src/files/read-table.ts'
import type { Duban } from '../../src/main.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { work } from '../../src/services/work.ts'
import type { Sandbox } from '../server/index.ts'

/** The people, the groups and the items of the two example files. */
export async function furnish({ app }: Duban, sandbox: Sandbox): Promise<void> {
  const { departments, faults } = parseDirectoryRows(await readTable(example('directory.csv')))
  const items = parseItemRows(await readTable(example('items.csv')), {
    timezone: app.voice.timezone,
    sources: sourceNames,
  })
  if (faults.length + items.faults.length > 0) throw new Error('the example files have faults')

  const { t } = app.voice
  for (const { name, chats, people } of departments) {
    for (const { account, name: person, role } of people) {
      sandbox.addPerson({ open_id: account, name: person, title: `${name} · ${t.roles[role]}` })
      sandbox.openP2p(account)
    }
    for (const { chat_id } of chats) {
      sandbox.addChat({ chat_id, name, members: people.map(({ account }) => account) })
    }
  }
  await work(app, (current) => upsertDirectory(current, departments))
  await work(app, (current) => collect(current, items.rows))
}

function example(file: string): string {
  return path.join(import.meta.dirname, file)
}
