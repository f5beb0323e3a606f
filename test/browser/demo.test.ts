import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { readCommand } from '../../sandbox/demo/command.ts'
import { startDemo } from '../../sandbox/demo/start.ts'
import { becomes, messages, openPage } from '../sandbox/page-browser.ts'
import {
  become,
  cardTitled,
  chatNamed,
  fieldsOf,
  messageWith,
  moveClock,
  openChat,
  rowsOf,
  say,
} from '../support/browser.ts'
import { testFolder } from '../support/database.ts'
import { failedDemo, startDemoProcess } from '../support/demo-process.ts'

/** What `/进度` answers the lead now: the numbers by their labels, and the departments' rows. */
async function askForStatus(page: Page) {
  const status = cardTitled(page, '办理进度')
  const before = await messages(page).count()
  await say(page, '/进度')
  await becomes(() => messages(page).count(), before + 2)
  const fields = await fieldsOf(status)
  return {
    status,
    fields,
    numbers: (label: string) => Number(fields[label] ?? 0),
    rows: await rowsOf(status),
  }
}

async function timeOn(page: Page): Promise<number> {
  return Number(await page.getByTestId('clock').getAttribute('data-now'))
}

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('the demo lacks what this test looks for')
  return thing
}

test('the demo starts over when asked, has a past that adds up, and goes on where it was stopped', {
  timeout: 60_000,
}, async () => {
  const folder = await testFolder()
  const earlier = await startDemo({ folder, history: false, logLevel: 'fatal' })
  const agriculture = found(earlier.sandbox.chats().find(({ name }) => name === '市农业农村委员会'))
  earlier.sandbox.sendText(agriculture.chat_id, found(agriculture.members[0]), '上次演示留下的话')
  await earlier.stop()

  const first = await startDemoProcess('--fresh', '--port', '0', '--data', folder)
  const page = await openPage(first)
  await become(page, '孙联络')
  await chatNamed(page, agriculture.name).getByTestId('mention-mark').waitFor()
  await openChat(page, agriculture.name)
  await messageWith(page, '【交办】#14').waitFor()
  expect(await messages(page).filter({ hasText: '上次演示留下的话' }).count()).toBe(0)
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  await messageWith(page, '【催办通知抄送】2项事项已逾期').waitFor()
  await messageWith(page, '【待审核】#12').waitFor()
  await messageWith(page, '【单位退回】#22').waitFor()
  await messageWith(page, '【延期申请】#15').waitFor()
  await messageWith(page, '【新收特急件】#26').waitFor()

  const { numbers, rows, fields, status } = await askForStatus(page)
  expect(numbers('收集')).toBe(26)
  expect(numbers('待派单')).toBe(9)
  expect(numbers('已派单')).toBe(16)
  const parts = ['待签收', '办理中', '待审核', '挂账', '正在解决', '解决', '基本解决', '暂缓']
  expect(parts.filter((part) => numbers(part) === 0)).toEqual([])
  expect(parts.reduce((sum, part) => sum + numbers(part), 0)).toBe(16)
  expect(fields['3个工作日解决率']).toBe('5/11（45.5%）')
  expect(fields['7日解决率']).toMatch(/^\d+\/\d+（[\d.]+%）$/)
  const open = ['待签收', '办理中', '待审核', '挂账', '正在解决'].reduce(
    (sum, part) => sum + numbers(part),
    0,
  )
  expect(rows.reduce((sum, [, inHand]) => sum + Number(inHand), 0)).toBe(open)
  expect(rows.reduce((sum, [, , overdue]) => sum + Number(overdue), 0)).toBe(numbers('逾期'))
  expect(numbers('逾期')).toBeGreaterThanOrEqual(2)
  await becomes(() => status.getByTestId('card-chart').getAttribute('data-state'), 'drawn')

  await say(page, '/派单 #16 教委')
  await messageWith(page, '已将 #16 派至市教育委员会').waitFor()
  await moveClock(page, 'hour')
  const stoppedAt = await timeOn(page)
  const address = page.url()
  await page.close()
  expect(await first.interrupt()).toBe(0)

  const second = await startDemoProcess('--port', '0', '--data', folder)
  const again = await openPage(second, Object.fromEntries(new URL(address).searchParams))
  await messageWith(again, '已将 #16 派至市教育委员会').waitFor()
  expect(await timeOn(again)).toBeGreaterThanOrEqual(stoppedAt)
  expect((await askForStatus(again)).numbers('已派单')).toBe(17)
  expect(await second.interrupt()).toBe(0)
})

test('a port that is taken is named, and another one proposed', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void squatter.close())
  await once(squatter, 'listening')
  const { port } = squatter.address() as AddressInfo
  const { code, said } = await failedDemo('--port', String(port), '--data', await testFolder())
  expect(code).toBe(1)
  expect(said).toBe(`端口 ${port} 已被占用 / port ${port} is taken: npm run demo -- --port ${port + 1}`)
})

test('what cannot be meant on the command line is named', () => {
  const usage = 'npm run demo -- [--fresh] [--port 8999] [--data data/demo]'
  expect(readCommand(['--fresh', '--port', '0'], {})).toMatchObject({ fresh: true, port: 0 })
  expect(readCommand([], { DEMO_PORT: '9000', LOCALE: 'en' })).toMatchObject({ port: 9000, locale: 'en' })
  for (const port of ['abc', '70000', '-1', '']) {
    expect(() => readCommand([`--port=${port}`], {})).toThrow(
      new RangeError(`the port must be a number up to 65535, not "${port}"\n${usage}`),
    )
  }
  expect(() => readCommand(['--frehs'], {})).toThrow(/Unknown option .--frehs.*\n.*\[--fresh\]/s)
})
