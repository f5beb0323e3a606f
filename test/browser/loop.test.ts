import { expect, test } from 'vitest'
import {
  becomes,
  cardButton,
  cardField,
  composer,
  fieldError,
  messages,
  openPage,
} from '../sandbox/page-browser.ts'
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
  testDemo,
  toastSays,
} from '../support/browser.ts'

test('the whole loop, on the page alone: dispatch, answer, redo, accept, nudges and the totals', {
  timeout: 60_000,
}, async () => {
  const demo = await testDemo()
  const page = await openPage(demo.sandbox)
  const clicks: unknown[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/action')) clicks.push(request.postDataJSON())
  })

  // The lead dispatches two items.
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  await say(page, '/派单 #1 农业农村委')
  await messageWith(page, '已将 #1 派至市农业农村委员会', '11月25日（周三）17:30').waitFor()
  await say(page, '/派单 #7 卫健委 3wd')
  await messageWith(page, '已将 #7 派至市卫生健康委员会').waitFor()

  // The contact sees it marked, and acknowledges.
  await become(page, '孙联络')
  const unread = chatNamed(page, '市农业农村委员会').getByTestId('unread')
  await becomes(() => unread.getAttribute('data-mentioned'), 'true')
  await chatNamed(page, '市农业农村委员会').getByTestId('mention-mark').waitFor()
  await openChat(page, '市农业农村委员会')
  await becomes(() => unread.count(), 0)
  const card = messages(page).filter({ hasText: '蔬菜滞销' })
  expect(await card.textContent()).toContain('@孙联络')
  expect(await card.textContent()).not.toContain('13800138000')
  await cardButton(card, '签收').click()
  await toastSays(page, 'success', '已签收')
  await card.getByText('孙联络 已于11月20日（周五）09:3').waitFor()
  expect(await cardButton(card, '签收').count()).toBe(0)

  // Another fills the same card, and what he submits takes its time on the way.
  const slow = await openPage(demo.sandbox)
  await become(slow, '钱副科')
  await openChat(slow, '市农业农村委员会')
  const sameCard = messages(slow).filter({ hasText: '蔬菜滞销' })
  await cardField(sameCard, 'outcome').selectOption({ label: '解决' })
  await cardField(sameCard, 'measures').fill('都卖完了')
  const road = Promise.withResolvers<void>()
  await slow.route('**/action', (route) => road.promise.then(() => route.continue()))
  await cardButton(sameCard, '提交反馈').click()

  // The form names what is missing, here and in the bot, and keeps what was written.
  clicks.length = 0
  await cardField(card, 'measures').fill('正在对接批发采购商')
  await cardButton(card, '提交反馈').click()
  await fieldError(card, 'outcome').getByText('请选择「办理结果」').waitFor()
  expect(clicks).toEqual([])
  await cardField(card, 'outcome').selectOption({ label: '正在解决' })
  await cardButton(card, '提交反馈').click()
  await toastSays(page, 'error', '结果为“正在解决”的，请填写预计办结日期，例如“下周三前办结”。')
  expect(await cardField(card, 'measures').inputValue()).toBe('正在对接批发采购商')
  await card.getByTestId('date-open').click()
  await card.locator('[data-testid=date-day][data-date="2026-11-27"]').click()
  expect(await cardField(card, 'promisedDate').inputValue()).toBe('2026-11-27')
  await cardButton(card, '提交反馈').click()
  await toastSays(page, 'success', '反馈已提交，待专班审核')
  await card.getByTestId('card-title').getByText('【已反馈】#1').waitFor()
  expect(await card.getByTestId('card-form').count()).toBe(0)
  expect(await card.getByTestId('card-button').count()).toBe(0)
  expect(await fieldsOf(card)).toMatchObject({
    办理结果: '正在解决',
    预计办结: '11月27日（周五）',
    办理情况: '正在对接批发采购商',
    反馈人: '孙联络',
  })

  // Who comes second is told who was first, and changes nothing.
  road.resolve()
  await toastSays(slow, 'error', /^#1 已由孙联络于11月20日（周五）09:3\d反馈，正在审核。$/)
  await sameCard.getByText('正在对接批发采购商').waitFor()
  await slow.close()

  // The lead sends it back, with a reason.
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  const firstReview = messages(page).filter({ hasText: '正在对接批发采购商' })
  await firstReview.getByTestId('card-title').getByText('【待审核】#1').waitFor()
  await cardButton(firstReview, '退回重办').click()
  await fieldError(firstReview, 'reason').waitFor()
  await cardField(firstReview, 'reason').fill('请写明收购数量')
  await cardButton(firstReview, '退回重办').click()
  await toastSays(page, 'success', '已退回重办')
  await firstReview.getByTestId('card-title').getByText('【退回重办】#1').waitFor()

  // The contact answers again, in words, below the card.
  await become(page, '孙联络')
  await openChat(page, '市农业农村委员会')
  await messageWith(page, '#1 反馈退回重办：请写明收购数量', '@孙联络').waitFor()
  await card.getByText('陈组长审核意见：退回重办。请写明收购数量').waitFor()
  await cardButton(card, '提交反馈').waitFor()
  await card.hover()
  await card.getByTestId('reply').click()
  await page.getByTestId('replying-to').waitFor()
  await composer(page).pressSequentially('已解决，已收购12吨，直销至中心城区')
  await page.getByTestId('send').click()
  await messageWith(page, '已记录 #1 反馈：解决，待专班审核。', '已收购12吨，直销至中心城区').waitFor()
  await card.getByTestId('card-title').getByText('【已反馈】#1').waitFor()

  // The lead accepts.
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  const secondReview = messages(page).filter({ hasText: '已收购12吨' })
  await cardButton(secondReview, '审核通过').click()
  await toastSays(page, 'success', '已审核通过')
  await secondReview.getByTestId('card-title').getByText('【审核通过】#1').waitFor()

  // Time passes: to the contact who has not acknowledged, then, past the deadline, to the leader too.
  await moveClock(page, 'morning')
  await become(page, '卫主任')
  await become(page, '冯联络')
  await openChat(page, '市卫生健康委员会')
  await messageWith(page, '派单后尚未签收，请及时签收', '@冯联络').waitFor()
  await moveClock(page, 'deadline')
  const nudge = messageWith(page, '【督办】1项事项已逾期', '#7 集中隔离点管理规范不统一')
  await nudge.getByText('已到期，尚未反馈').waitFor()
  expect(await nudge.textContent()).toContain('@冯联络')
  expect(await nudge.textContent()).toContain('@卫主任')
  await moveClock(page, 'morning')
  await messageWith(page, '【督办】1项事项已逾期', '已逾期，请今日内反馈并说明原因').waitFor()
  await become(page, '孙联络')
  expect(await chatNamed(page, '市卫生健康委员会').count()).toBe(0)

  // The task force has its copy, and its totals agree with what happened.
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  await messageWith(page, '【催办通知抄送】1项事项已逾期', '市卫生健康委员会', '#7').waitFor()
  await say(page, '/进度')
  const status = cardTitled(page, '办理进度')
  await status.getByText('截至11月26日（周四）09:0').waitFor()
  expect(await fieldsOf(status)).toEqual({
    收集: '20',
    待派单: '18',
    已派单: '2',
    待签收: '1',
    办理中: '0',
    待审核: '0',
    正在解决: '0',
    解决: '1',
    基本解决: '0',
    逾期: '1',
    '3个工作日解决率': '1/2（50%）',
    '7日解决率': '尚无到期事项',
  })
  expect(await rowsOf(status)).toEqual([
    ['市卫生健康委员会', '1', '1', '0', '0/1（0%）'],
    ['市农业农村委员会', '0', '0', '1', '1/1（100%）'],
  ])
  await becomes(() => status.getByTestId('card-chart').getAttribute('data-state'), 'drawn')
})
