import { expect, onTestFinished, test } from 'vitest'
import { startDuban } from '../../src/main.ts'
import { quick, testPuppet, until } from '../bots/wechat/support.ts'
import { testWorld } from '../support/duban.ts'

test('the task force is told on Feishu that WeChat is logged out and back, and readyz says so', async () => {
  const world = await testWorld()
  await world.stop()
  const { puppet, login } = testPuppet()
  const duban = await startDuban(
    { ...world.env, WECHATY_PUPPET: 'wechaty-puppet-mock', WECHATY_LOGIN_TOKEN: 'a-token-for-the-page' },
    { clock: world.clock, wechat: { puppet, timing: { ...quick, startMs: 20 } } },
  )
  onTestFinished(() => duban.stop())
  const ready = async () => {
    const answer = await fetch(`${duban.url}/readyz`)
    const { checks } = (await answer.json()) as { checks: Record<string, unknown> }
    return checks.wechat
  }

  await until(() => puppet.state.active() === true)
  login()
  await expect.poll(ready).toEqual({ ok: true })
  await puppet.logout('在其他设备登录')
  await expect.poll(ready).toEqual({
    ok: false,
    detail: 'WeChat is logged out: scan the code at /wechat/login',
  })
  await world.seen(world.taskForce, '微信', '已退出登录')
  const page = await fetch(`${duban.url}/wechat/login?token=a-token-for-the-page`)
  expect(await page.text()).toContain('原因：在其他设备登录')
  login()
  await world.seen(world.taskForce, '微信', '恢复')
})
