import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { PuppetService } from 'wechaty-puppet-service'
import type { Sandbox } from '../../../sandbox/server/index.ts'
import { type Gateway, startGateway } from '../../../sandbox/wechat/gateway.ts'
import { createSandboxPuppet } from '../../../sandbox/wechat/puppet.ts'
import { testSandbox } from '../../support/sandbox.ts'
import { listeningBot } from './bot.ts'

async function behindGateway(sandbox: Sandbox) {
  // The client keeps what it has seen below the home folder.
  const home = await mkdtemp(join(tmpdir(), 'gateway-'))
  vi.stubEnv('HOME', home)
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await rm(home, { recursive: true, force: true })
  })
  const contact = sandbox.addPerson({ open_id: 'ou_contact', name: '李联络' })
  const members = [contact.open_id]
  const group = sandbox.addChat({ chat_id: 'oc_group', name: '市商务委', members, platform: 'wechat' })
  const puppet = createSandboxPuppet(sandbox)
  const gateway = await startGateway(puppet)
  onTestFinished(() => gateway.close())
  return { contact, group, puppet, gateway, ...(await connected(sandbox, gateway)) }
}

async function connected(sandbox: Sandbox, { endpoint, token }: Gateway) {
  const service = new PuppetService({ endpoint, token, tls: { disable: true } })
  const listening = await listeningBot(service)
  await sandbox.waitFor(() => listening.happened.length > 0, 'the login')
  return { service, ...listening }
}

test('through a gateway words, mentions and ids arrive as they are', async () => {
  const sandbox = await testSandbox()
  const { contact, group, bot, fromOthers, heard } = await behindGateway(sandbox)
  const self = sandbox.state().bot
  const said = sandbox.sendText(group.chat_id, contact.open_id, `@${self.name} 收到`, {
    mentions: [self.open_id],
  })
  const message = await sandbox.waitFor(() => fromOthers()[0], 'the words')
  expect(message.id).toBe(said.message_id.slice('om_'.length))
  expect(await message.mentionSelf()).toBe(true)
  const person = await bot.Contact.find({ id: 'wxid_contact' })
  await message.room()?.say('请办理', ...(person ? [person] : []))
  await sandbox.waitFor(() => heard.length === 2, 'the bot’s own words')
  expect(sandbox.messages(group.chat_id).at(-1)).toMatchObject({
    content: { text: '@李联络 请办理' },
    mentions: [{ open_id: contact.open_id }],
  })
})

test('a gateway that is killed refuses what is sent, and serves the next bot at the same place', async () => {
  const sandbox = await testSandbox()
  const { contact, group, gateway, service, bot } = await behindGateway(sandbox)
  const { endpoint } = gateway
  await gateway.kill()
  await expect(service.messageSendText('group@chatroom', '请办理')).rejects.toThrow(/UNAVAILABLE/)
  expect(sandbox.messages(group.chat_id)).toEqual([])
  await gateway.start()
  expect(gateway.endpoint).toBe(endpoint)
  await bot.stop()
  const next = await connected(sandbox, gateway)
  sandbox.sendText(group.chat_id, contact.open_id, '还在吗')
  const message = await sandbox.waitFor(() => next.fromOthers()[0], 'the words')
  await message.room()?.say('在')
  expect(sandbox.messages(group.chat_id).at(-1)?.content).toEqual({ text: '在' })
})

test('a gateway that is frozen swallows what is sent until its connections break', async () => {
  const sandbox = await testSandbox()
  const { group, gateway, service, puppet } = await behindGateway(sandbox)
  gateway.freeze()
  const sent = service.messageSendText('group@chatroom', '请办理')
  const failed = expect(sent).rejects.toThrow(/UNAVAILABLE/)
  await gateway.kill()
  await failed
  expect(puppet.sendLog.all()).toEqual([])
  expect(sandbox.messages(group.chat_id)).toEqual([])
})
