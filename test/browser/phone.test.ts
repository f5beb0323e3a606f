import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { becomes, cardButton, cardField, messages, openPage } from '../sandbox/page-browser.ts'
import {
  become,
  chatNamed,
  fieldsOf,
  messageWith,
  openChat,
  say,
  testDemo,
  toastSays,
} from '../support/browser.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** What stands out of the screen to the right, though nothing there can be scrolled to. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-testid]')]
      .filter((one) => one.checkVisibility() && !one.closest('.card-table-scroll'))
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => one.dataset.testid ?? ''),
  )
}

test('a contact acknowledges and answers on the phone', async () => {
  const demo = await testDemo()
  const desk = await openPage(demo.sandbox)
  await become(desk, '陈组长')
  await openChat(desk, '工作专班')
  await say(desk, '/派单 #14 农业农村委')
  await messageWith(desk, '已将 #14 派至').waitFor()

  const page = await openPage(demo.sandbox, {}, phone)
  await become(page, '孙联络')
  await becomes(
    () => chatNamed(page, '市农业农村委员会').getByTestId('unread').getAttribute('data-mentioned'),
    'true',
  )
  expect(await cutOff(page)).toEqual([])
  await chatNamed(page, '市农业农村委员会').tap()
  const card = messages(page).filter({ hasText: '希望增设蔬菜直销点' })
  await cardButton(card, '签收').tap()
  await toastSays(page, 'success', '已签收')
  await cardField(card, 'outcome').selectOption({ label: '解决' })
  await cardField(card, 'measures').fill('已在12个街道设直销点，每周三、周六供应')
  await cardField(card, 'handler').fill('李科员')
  expect(await cutOff(page)).toEqual([])
  await cardButton(card, '提交反馈').tap()
  await toastSays(page, 'success', '反馈已提交，待专班审核')
  await card.getByTestId('card-title').getByText('【已反馈】#14').waitFor()
  expect(await fieldsOf(card)).toMatchObject({ 办理结果: '解决', 经办人: '李科员' })
  expect(await cutOff(page)).toEqual([])

  await page.getByTestId('back').tap()
  await chatNamed(page, '市农业农村委员会').waitFor()
  expect(await page.getByTestId('conversation').isVisible()).toBe(false)
  await messageWith(desk, '【待审核】#14', '已在12个街道设直销点').waitFor()
})
