import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { becomes, closeBrowserAtEnd, messages, openPage } from '../sandbox/page-browser.ts'
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

closeBrowserAtEnd()

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

async function openAsLead(demo: { url: string }): Promise<Page> {
  const page = await openPage(demo)
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  await messages(page).first().waitFor()
  return page
}

test('the demo has a past that adds up, goes on where it was stopped, and starts over when asked', {
  timeout: 60_000,
}, async () => {
  const folder = await testFolder()
  const first = await startDemoProcess('--port', '0', '--data', folder)
  const page = await openPage(first)
  await become(page, '孙联络')
  await chatNamed(page, '市农业农村委员会').getByTestId('mention-mark').waitFor()
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  await messageWith(page, '【催办通知抄告】2项事项已逾期').waitFor()
  await messageWith(page, '【待审核】#12').waitFor()

  const { numbers, rows, fields, status } = await askForStatus(page)
  expect(numbers('收集')).toBe(20)
  expect(numbers('待派单')).toBe(3)
  expect(numbers('已派单')).toBe(17)
  const parts = ['待签收', '办理中', '待审核', '正在解决', '解决', '基本解决', '暂缓']
  expect(parts.filter((part) => numbers(part) === 0)).toEqual([])
  expect(parts.reduce((sum, part) => sum + numbers(part), 0)).toBe(17)
  expect(fields['3个工作日解决率']).toBe('7/12（58.3%）')
  expect(fields['7日解决率']).toMatch(/^\d+\/\d+（[\d.]+%）$/)
  expect(rows.reduce((sum, [, dispatched]) => sum + Number(dispatched), 0)).toBe(17)
  expect(rows.reduce((sum, [, , , overdue]) => sum + Number(overdue), 0)).toBe(numbers('逾期'))
  expect(numbers('逾期')).toBeGreaterThanOrEqual(2)
  await becomes(() => status.getByTestId('card-chart').getAttribute('data-state'), 'drawn')

  await say(page, '/派单 #16 教委')
  await messageWith(page, '已派单 #16 → 市教育委员会').waitFor()
  await moveClock(page, 'hour')
  const stoppedAt = Number(await page.getByTestId('clock').getAttribute('data-now'))
  await page.close()
  expect(await first.interrupt()).toBe(0)

  const second = await startDemoProcess('--port', '0', '--data', folder)
  const again = await openAsLead(second)
  await messageWith(again, '已派单 #16 → 市教育委员会').waitFor()
  expect(Number(await again.getByTestId('clock').getAttribute('data-now'))).toBeGreaterThanOrEqual(stoppedAt)
  expect((await askForStatus(again)).numbers('已派单')).toBe(18)
  await again.close()
  expect(await second.interrupt()).toBe(0)

  const third = await startDemoProcess('--port', '0', '--data', folder, '--fresh')
  const anew = await openAsLead(third)
  expect(await messages(anew).filter({ hasText: '已派单 #16' }).count()).toBe(0)
  expect(Number(await anew.getByTestId('clock').getAttribute('data-now'))).toBeLessThan(stoppedAt)
  expect((await askForStatus(anew)).numbers('已派单')).toBe(17)
})

test('a port that is no port or is taken, and an option that there is not, are named', async () => {
  const folder = await testFolder()
  const { createServer } = await import('node:net')
  const squatter = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => squatter.once('listening', resolve))
  const taken = String((squatter.address() as { port: number }).port)
  const [noPort, takenPort, noOption] = await Promise.all([
    failedDemo('--port', 'abc', '--data', folder),
    failedDemo('--port', taken, '--data', folder),
    failedDemo('--frehs'),
  ])
  squatter.close()
  expect(noPort).toMatchObject({
    code: 1,
    said: expect.stringContaining('--port must be a number up to 65535'),
  })
  expect(takenPort).toMatchObject({ code: 1, said: expect.stringContaining(`端口 ${taken} 已被占用`) })
  expect(noOption).toMatchObject({ code: 1, said: expect.stringContaining("Unknown option '--frehs'") })
})
