import { expect, onTestFinished, test, vi } from 'vitest'
import { composeAddress } from '../../../bots/wechat/address.ts'
import { startGateway } from '../../../sandbox/wechat/gateway.ts'
import { createSandboxPuppet } from '../../../sandbox/wechat/puppet.ts'
import { line } from '../../../src/messages/message.ts'
import { testFolder } from '../../support/database.ts'
import { testSandbox } from '../../support/sandbox.ts'
import { botFor, deaf, modeOf, until } from './support.ts'

const service = 'wechaty-puppet-service'

/** The bot, through the real client of a gateway, with the sandbox's WeChat behind it. */
async function behindGateway(timing = {}) {
  const home = await testFolder()
  // The client keeps below it what it has seen.
  vi.stubEnv('HOME', home)
  onTestFinished(() => void vi.unstubAllEnvs())
  const sandbox = await testSandbox()
  const sun = sandbox.addPerson({ name: '孙联络' })
  const group = sandbox.addChat({ name: '市农业农村委员会', members: [sun.open_id], platform: 'wechat' })
  const puppet = createSandboxPuppet(sandbox)
  const gateway = await startGateway(puppet)
  onTestFinished(() => gateway.close())
  const test = await botFor(undefined, {
    config: {
      puppet: service,
      token: gateway.token,
      endpoint: gateway.endpoint,
      unencrypted: true,
    },
    timing: { startMs: 8_000, attemptMs: 4_000, ...timing },
  })
  await test.bot.start(deaf)
  await until(() => test.bot.health().ok)
  const room = puppet.ids.room(group.chat_id)
  const account = puppet.currentUserId
  const send = (key: string) =>
    test.bot.send({
      key,
      to: { chat: composeAddress({ puppet: service, account, kind: 'room', id: room }) },
      message: line('请于11月25日前反馈。'),
    })
  return { ...test, sandbox, group, gateway, puppet, home, send }
}

test('through a gateway the bot says what it is told to, in a folder of its own', async () => {
  const { send, sandbox, group, home } = await behindGateway()
  await send('one')
  expect(sandbox.messages(group.chat_id).at(-1)).toMatchObject({
    content: { text: '请于11月25日前反馈。' },
  })
  expect(await modeOf(home, '.wechaty')).toBe('700')
})

test('a gateway that dies is noticed, told once and, when it is back, told again', async () => {
  const { bot, gateway, reports, send } = await behindGateway()
  await gateway.stop()
  await until(() => !bot.health().ok)
  await expect(send('one')).rejects.toMatchObject({ name: 'Busy' })
  await until(() => reports.length > 0)
  await gateway.start()
  await until(() => bot.health().ok && reports.length > 1)
  expect(reports).toEqual(['gateway-lost', 'back'])
  await send('two')
})

test('a gateway that falls silent is noticed, though wechaty thinks that it is logged in, and given up', async () => {
  const { bot, gateway, puppet, givenUp } = await behindGateway({ longestLossMs: 0, attemptMs: 500 })
  const pings = vi.spyOn(puppet, 'ding').mockImplementation((data) => {
    puppet.emit('dong', { data: data ?? '' })
  })
  await until(() => pings.mock.calls.length > 10)
  gateway.freeze()
  await until(() => !bot.health().ok)
  // gRPC would use the dead connection for every new client of this process.
  await until(() => givenUp.length > 0)
})

test('a gateway that stays away is given up', async () => {
  const { bot, gateway, reports, givenUp } = await behindGateway({ longestLossMs: 50 })
  await gateway.kill()
  await until(() => givenUp.length > 0)
  expect(reports).toEqual(['gateway-lost'])
  expect(bot.health().detail).toMatch(/^WeChat can not be reached: /)
  expect(givenUp).toHaveLength(1)
})
