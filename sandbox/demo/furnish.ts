import path from 'node:path'
import { composeAddress } from '../../bots/wechat/address.ts'
import { parseDirectoryRows } from '../../src/files/directory-rows.ts'
import { parseItemRows } from '../../src/files/item-rows.ts'
import { sourceNames } from '../../src/files/names.ts'
import { readTable } from '../../src/files/read-table.ts'
import type { Duban } from '../../src/main.ts'
import { type DirectoryEntry, upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { work } from '../../src/services/work.ts'
import type { Sandbox } from '../server/index.ts'
import type { SandboxPuppet } from '../wechat/puppet.ts'

/** Where the demo's groups and people on WeChat come from. */
export const puppetName = 'wechaty-puppet-mock'

/** The people, the groups and the items of the two example files. */
export async function furnish({ app }: Duban, sandbox: Sandbox, puppet: SandboxPuppet): Promise<void> {
  const { departments, faults } = parseDirectoryRows(await readTable(example('directory.csv')))
  const items = parseItemRows(await readTable(example('items.csv')), {
    timezone: app.voice.timezone,
    sources: sourceNames,
  })
  if (faults.length + items.faults.length > 0) throw new Error('the example files have faults')

  const { t } = app.voice
  for (const { name, aliases, chats, people } of departments) {
    for (const { account, name: person, role, platform } of people) {
      sandbox.addPerson({ open_id: account, name: person, title: `${name} · ${t.roles[role]}` })
      sandbox.openP2p(account, { platform })
    }
    for (const { chat_id, platform } of chats) {
      const members = people.filter((person) => person.platform === platform).map(({ account }) => account)
      const topic = platform === 'wechat' ? `${aliases.at(-1) ?? name}微信群` : name
      sandbox.addChat({ chat_id, name: topic, members, platform })
    }
  }
  await work(app, (current) => upsertDirectory(current, asBound(departments, puppet)))
  await work(app, (current) => collect(current, items.rows))
}

/** As the bot finds them: a group or a person on WeChat is known under the login through which it is seen. */
function asBound(departments: DirectoryEntry[], puppet: SandboxPuppet): DirectoryEntry[] {
  const address = (kind: 'room' | 'contact', id: string) =>
    composeAddress({ puppet: puppetName, account: puppet.currentUserId, kind, id })
  return departments.map(({ chats, people, ...entry }) => ({
    ...entry,
    chats: chats.map((chat) =>
      chat.platform === 'wechat'
        ? { ...chat, chat_id: address('room', puppet.ids.room(chat.chat_id)) }
        : chat,
    ),
    people: people.map((person) =>
      person.platform === 'wechat'
        ? { ...person, account: address('contact', puppet.ids.contact(person.account)) }
        : person,
    ),
  }))
}

function example(file: string): string {
  return path.join(import.meta.dirname, file)
}
