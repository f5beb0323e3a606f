import { expect, test } from 'vitest'
import { becomes, cardButton, cardField, fieldError, messages, openPage } from '../sandbox/page-browser.ts'
import {
  become,
  cardTitled,
  fieldsOf,
  messageWith,
  moveClock,
  openChat,
  say,
  testDemo,
  toastSays,
} from '../support/browser.ts'

test('the main path in English, bot and page', async () => {
  const demo = await testDemo({ locale: 'en' })
  const page = await openPage(demo.sandbox, { lang: 'en' })
  await become(page, '陈组长')
  await openChat(page, '工作专班')
  await say(page, '/dispatch #1 农业农村委')
  await messageWith(page, 'Dispatched #1', '市农业农村委员会').waitFor()
  await say(page, '/dispatch #7 卫健委')
  await messageWith(page, 'Dispatched #7').waitFor()

  await become(page, '孙联络')
  await openChat(page, '市农业农村委员会')
  const card = messages(page).filter({ hasText: '蔬菜滞销' })
  await cardButton(card, 'Acknowledge').click()
  await toastSays(page, 'success', 'Acknowledged')
  await cardButton(card, 'Submit feedback').click()
  await fieldError(card, 'outcome').getByText('Choose “Outcome”').waitFor()
  await cardField(card, 'outcome').selectOption({ label: 'Resolved' })
  await cardField(card, 'measures').fill('Sold through the farm-to-city market')
  await cardButton(card, 'Submit feedback').click()
  await toastSays(page, 'success', 'Feedback submitted for review')
  await card.getByTestId('card-title').getByText('[Feedback given] #1').waitFor()

  await become(page, '陈组长')
  await openChat(page, '工作专班')
  const review = messages(page).filter({ hasText: 'farm-to-city' })
  await cardButton(review, 'Accept').click()
  await toastSays(page, 'success', 'Accepted')
  await review.getByTestId('card-title').getByText('[Accepted] #1').waitFor()

  await moveClock(page, 'deadline')
  await moveClock(page, 'morning')
  await messageWith(page, 'overdue', '市卫生健康委员会', '#7').waitFor()
  await say(page, '/status')
  const status = cardTitled(page, 'Status')
  await status.waitFor()
  expect(await fieldsOf(status)).toMatchObject({
    Collected: '20',
    Dispatched: '2',
    Unacknowledged: '1',
    Resolved: '1',
    Overdue: '1',
  })
  await becomes(() => status.getByTestId('card-chart').getAttribute('data-state'), 'drawn')

  // Not a word of the other language is left, but for what was given to it: the names of departments.
  const said = (await status.getByTestId('card').textContent()) ?? ''
  expect(said).toContain('市卫生健康委员会')
  expect(said.replaceAll(/市卫生健康委员会|市农业农村委员会/g, '')).not.toMatch(/\p{Script=Han}/u)
})
