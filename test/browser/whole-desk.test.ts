import type { Locator, Page } from 'playwright-core'
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

const agriculture = '市农业农村委员会'
const commerce = '市商务委员会'
const health = '市卫生健康委员会'

test('the whole desk, on the page alone: triage, two departments, return, dispatch anew, extension, redo, accept, callback, close', {
  timeout: 90_000,
}, async () => {
  const demo = await testDemo()
  const page = await openPage(demo.sandbox)

  // The lead judges the first item, and gives it to two departments.
  await at(page, '陈组长', '工作专班')
  await say(page, '/研判 #1')
  const triage = messages(page).filter({ hasText: '待研判共20项' })
  await triage.getByTestId('card-title').getByText('【研判】#1 蔬菜滞销').waitFor()
  await cardField(triage, 'department').selectOption({ label: health })
  await choose(triage, 'co', commerce)
  await cardField(triage, 'policy').selectOption({ label: '3个工作日' })
  await cardButton(triage, '派单').last().click()
  await toastSays(
    page,
    'success',
    `已将 #1 派至${health}（主办）、${commerce}（协办），时限11月25日（周三）17:30。`,
  )
  const walked = messages(page).filter({ hasText: '待研判共19项' })
  await walked.getByText(`已将 #1 派至${health}（主办）`).waitFor()

  // The co-department acknowledges; the lead department sees it, finds that it is not its own, and returns it.
  await at(page, '吴联络', commerce)
  await cardButton(messages(page).filter({ hasText: '蔬菜滞销' }), '签收').click()
  await toastSays(page, 'success', '已签收')
  await at(page, '冯联络', health)
  const wrongCard = messages(page).filter({ hasText: '蔬菜滞销' }).first()
  await wrongCard.getByText(`${commerce}办理中`).waitFor()
  await cardButton(wrongCard, '退回').click()
  await wrongCard.getByTestId('thread-link').click()
  const returnForm = cardTitledLike(page, '【退回】#1')
  await cardField(returnForm, 'reason').fill('蔬菜产销不属于我委职责')
  await cardField(returnForm, 'suggested').fill('农业农村委')
  await cardButton(returnForm, '提交退回').click()
  await toastSays(page, 'success', '已退回专班')
  await page.getByTestId('thread-close').click()
  await wrongCard.getByText('本事项已退回专班').waitFor()

  // One click gives it to whom they suggest; the co-department goes on.
  await at(page, '陈组长', '工作专班')
  const returned = cardTitledLike(page, '【单位退回】#1')
  expect(await fieldsOf(returned)).toMatchObject({
    退回理由: '蔬菜产销不属于我委职责',
    建议单位: agriculture,
  })
  await cardButton(returned, `改派${agriculture}`).click()
  await cardTitledLike(page, '【已改派】#1').waitFor()

  // The right department asks for more time, and gets it.
  await at(page, '孙联络', agriculture)
  const card = messages(page).filter({ hasText: '蔬菜滞销' }).first()
  await card.getByText(`${commerce}办理中`).waitFor()
  await cardButton(card, '申请延期').click()
  await card.getByTestId('thread-link').click()
  const extensionForm = cardTitledLike(page, '【申请延期】#1')
  await cardField(extensionForm, 'reason').fill('需与外省批发市场会商')
  await cardButton(extensionForm, '提交申请').click()
  await toastSays(page, 'success', '延期申请已提交，批准前时限不变')
  await page.getByTestId('thread-close').click()
  await at(page, '陈组长', '工作专班')
  await cardButton(cardTitledLike(page, '【延期申请】#1'), '批准至11月27日（周五）17:30').click()
  await cardTitledLike(page, '【已批准延期】#1').waitFor()
  await at(page, '孙联络', agriculture)
  await messageWith(page, '#1 延期申请已批准，办理时限延至11月27日（周五）17:30。', '@孙联络').waitFor()
  await card.getByText('11月27日（周五）17:30').first().waitFor()

  // It answers, is sent back once, answers again; the co-department answers too.
  await answer(card, '已联系批发市场')
  await toastSays(page, 'success', '反馈已提交，待专班审核')
  await at(page, '陈组长', '工作专班')
  const first = messages(page).filter({ hasText: '已联系批发市场' }).last()
  await cardField(first, 'reason').fill('请写明收购数量')
  await cardButton(first, '退回重办').click()
  await cardTitledLike(page, '【退回重办】#1').waitFor()
  await at(page, '孙联络', agriculture)
  await card.getByText('退回重办。请写明收购数量').waitFor()
  await answer(card, '已收购12吨，直销至中心城区')
  await at(page, '吴联络', commerce)
  await answer(messages(page).filter({ hasText: '蔬菜滞销' }).first(), '已协调三家商超设专柜')

  // Both are accepted: the item is done, the citizen is called, and it is struck off the list.
  await at(page, '陈组长', '工作专班')
  for (const words of ['已收购12吨', '三家商超']) {
    const review = messages(page).filter({ hasText: words }).filter({ hasText: '审核通过' }).last()
    await cardButton(review, '审核通过').click()
    await review.getByTestId('card-title').getByText('【审核通过】#1').waitFor()
  }
  const done = cardTitledLike(page, '【已办结】#1')
  await cardField(done, 'satisfied').selectOption({ label: '满意' })
  await cardField(done, 'note').fill('老伯说菜都卖掉了')
  await cardButton(done, '登记回访').click()
  await done.getByText('满意（陈组长').waitFor()
  await cardButton(done, '销号').click()
  await cardTitledLike(page, '【已销号】#1').waitFor()

  // Its history tells all of it, and the totals agree.
  await say(page, '/进度 #1')
  const history = cardTitled(page, '#1 蔬菜滞销，收购车辆和人员进不了村')
  for (const words of ['退回', '延期', '退回重办', '回访', '销号'])
    await history.getByText(words).first().waitFor()
  await say(page, '/进度')
  const status = cardTitled(page, '办理进度')
  await status.getByText('截至').waitFor()
  expect(await fieldsOf(status)).toMatchObject({
    收集: '20',
    待派单: '19',
    已派单: '1',
    解决: '1',
    逾期: '0',
  })
})

async function at(page: Page, person: string, chat: string): Promise<void> {
  await become(page, person)
  await openChat(page, chat)
}

async function answer(card: Locator, measures: string): Promise<void> {
  await cardField(card, 'outcome').selectOption({ label: '解决' })
  await cardField(card, 'measures').fill(measures)
  await cardButton(card, '提交反馈').click()
  await card.getByTestId('card-title').getByText('【已反馈】#1').waitFor()
}

/** Ticks one of several choices. */
async function choose(card: Locator, name: string, option: string): Promise<void> {
  await cardField(card, name).click()
  await card.getByRole('checkbox', { name: option }).check()
  await cardField(card, name).click()
}

/** The newest card whose title begins so, in the conversation or in an open thread. */
function cardTitledLike(page: Page, words: string): Locator {
  return page
    .getByTestId('message')
    .filter({ has: page.getByTestId('card-title').getByText(words) })
    .last()
}
