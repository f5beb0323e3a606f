import { expect, test } from 'vitest'
import { cardButton, cardField, messages, openPage } from '../sandbox/page-browser.ts'
import {
  become,
  cardTitled,
  fieldsOf,
  messageWith,
  openChat,
  say,
  testDemo,
  toastSays,
} from '../support/browser.ts'

test('one item of a list is answered in its thread; the list and the other item stand', async () => {
  const demo = await testDemo()
  const page = await openPage(demo.sandbox)
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  await say(page, '/派单 #3 #8 民政局')
  await messageWith(page, '派至市民政局').waitFor()

  await become(page, '尤联络')
  await openChat(page, '市民政局')
  const list = cardTitled(page, '【交办清单】市民政局　共2项')
  await cardButton(list, '全部签收').click()
  await toastSays(page, 'success', '已签收')
  await list.getByTestId('card-button').getByText('签收').first().waitFor({ state: 'detached' })
  expect(await list.getByTestId('card-form').count()).toBe(0)

  const withButtons = list
    .locator('[data-tag=column_set]')
    .filter({ has: page.locator('[data-testid=card-button][data-label=反馈]') })
  expect(await withButtons.count()).toBe(2)
  await cardButton(withButtons.filter({ hasText: '#8 建议编制社区防控操作手册' }), '反馈').click()
  await toastSays(page, 'success', '反馈表已发在本消息的话题中')
  await list.getByTestId('thread-link').click()
  const form = messages(page, 'thread').filter({ hasText: '#8 建议编制社区防控操作手册' }).last()
  await form.getByTestId('card-title').getByText('【反馈】#8').waitFor()
  await cardField(form, 'outcome').selectOption({ label: '基本解决' })
  await cardField(form, 'measures').fill('手册已编印下发，表格由11张减为3张')
  await cardField(form, 'mayPublish').selectOption({ label: '不宜公开' })
  await cardButton(form, '提交反馈').click()
  await toastSays(page, 'success', '反馈已提交，待专班审核')

  await form.getByTestId('card-title').getByText('【已反馈】#8').waitFor()
  expect(await fieldsOf(form)).toMatchObject({ 办理结果: '基本解决', 是否公开: '不宜公开', 反馈人: '尤联络' })
  await list.getByText('待审核').waitFor()
  expect(await withButtons.allTextContents()).toEqual([expect.stringContaining('#3 建议口罩改为线上预约')])

  await become(page, '陈组长')
  await openChat(page, '工作专班')
  await messageWith(page, '【待审核】#8', '手册已编印下发').waitFor()
  expect(await messages(page).filter({ hasText: '【待审核】#3' }).count()).toBe(0)
})
