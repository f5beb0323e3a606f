import { onTestFinished } from 'vitest'
import { type Message, WechatyBuilder } from 'wechaty'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import type { Sandbox } from '../../../sandbox/server/index.ts'
import { createSandboxPuppet, type SandboxPuppetOptions } from '../../../sandbox/wechat/puppet.ts'

/** The real wechaty with no bot of ours on it: it only keeps what it hears. */
export async function listeningBot(puppet: PuppetInterface) {
  const bot = WechatyBuilder.build({ puppet })
  const heard: Message[] = []
  const happened: string[] = []
  const errors: string[] = []
  bot.on('message', (message) => void heard.push(message))
  bot.on('error', (error) => void errors.push(error.message))
  bot.on('login', (user) => void happened.push(`login ${user.id}`))
  bot.on('logout', (user) => void happened.push(`logout ${user.id}`))
  bot.on('scan', (code, status) => void happened.push(`scan ${status} ${code}`))
  bot.on('room-join', (room, people) => void happened.push(`join ${room.id} ${people.map((p) => p.name())}`))
  bot.on(
    'room-leave',
    (room, people) => void happened.push(`leave ${room.id} ${people.map((p) => p.name())}`),
  )
  bot.on('room-topic', (_, topic, before) => void happened.push(`topic ${before} ${topic}`))
  onTestFinished(() => bot.stop())
  await bot.start()
  /** What others said. */
  const fromOthers = () => heard.filter((message) => !message.self())
  return { bot, heard, fromOthers, happened, errors }
}

/** A room of a lead and a contact, the contact's private chat, and the bot logged in. */
export async function wechatGroup(sandbox: Sandbox, options: SandboxPuppetOptions = {}) {
  const lead = sandbox.addPerson({ open_id: 'ou_lead', name: '张组长' })
  const contact = sandbox.addPerson({ open_id: 'ou_contact', name: '李联络' })
  const group = sandbox.addChat({
    chat_id: 'oc_group',
    name: '市商务委',
    members: [lead.open_id, contact.open_id],
    platform: 'wechat',
  })
  const own = sandbox.openP2p(contact.open_id, { platform: 'wechat' })
  const puppet = createSandboxPuppet(sandbox, options)
  const listening = await listeningBot(puppet)
  if (options.session !== null) await sandbox.waitFor(() => listening.happened.length > 0, 'the login')
  return { lead, contact, group, own, puppet, ...listening }
}
