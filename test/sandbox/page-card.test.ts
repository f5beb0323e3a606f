import { expect, test } from 'vitest'
import { testClock, testGroup, testSandbox } from '../support/sandbox.ts'
import {
  becomes,
  cardButton,
  cardField,
  chatRow,
  fieldError,
  greenPng,
  messageOf,
  messages,
  openPage,
} from './page-browser.ts'
import {
  button,
  card,
  everyElement,
  feedbackForm,
  markdown,
  plain,
  sendCard,
  text,
  uploadImage,
} from './page-cards.ts'
import { sdkConnection } from './sdk.ts'

interface Action {
  value: unknown
  name?: string
  form_value?: Record<string, unknown>
}

/** A group with a bot that answers clicks as `answer` says, and the page of the group's contact. */
async function cardPage(
  json: unknown,
  answer: (action: Action) => unknown = () => ({}),
  options: { complaints?: RegExp } = {},
) {
  const sandbox = await testSandbox({
    clock: testClock(Date.parse('2026-11-20T09:00:00+08:00')),
    timing: { answerWithinMs: 400 },
  })
  const { lead, contact, group } = testGroup(sandbox)
  const actions: Action[] = []
  await sdkConnection(sandbox, {
    'card.action.trigger': (event: { action: Action }) => {
      actions.push(event.action)
      return answer(event.action)
    },
  })
  const id = await sendCard(sandbox, group.chat_id, json)
  const page = await openPage(sandbox, { as: contact.open_id, chat: group.chat_id }, options)
  const message = messageOf(page, id)
  await message.getByTestId('card').waitFor()
  return { sandbox, lead, contact, group, actions, id, page, message }
}

test('every element is drawn', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const image = await uploadImage(sandbox, greenPng)
  const id = await sendCard(sandbox, group.chat_id, everyElement(image))
  const page = await openPage(sandbox, { as: contact.open_id, chat: group.chat_id })
  const message = messageOf(page, id)
  const tags = await message
    .getByTestId('card-element')
    .evaluateAll((all) => all.map((one) => one.dataset.tag ?? ''))
  expect([...new Set(tags)].sort()).toEqual([
    'button',
    'chart',
    'collapsible_panel',
    'column_set',
    'date_picker',
    'div',
    'form',
    'hr',
    'img',
    'input',
    'markdown',
    'select_static',
    'table',
  ])
  expect(await message.getByTestId('card-unknown').count()).toBe(0)
  await becomes(() => message.getByTestId('card-chart').getAttribute('data-state'), 'drawn')
  expect(await message.getByTestId('card-chart').locator('canvas').count()).toBe(1)
  expect(await message.getByTestId('card-chart').getAttribute('aria-label')).toContain('市教委 5')
  expect(await message.locator('.hue-text').textContent()).toBe('逾期 3 件')
  await becomes(
    () => message.locator('.card-image').evaluate((one: HTMLImageElement) => one.naturalWidth),
    10,
  )
  const [wide, narrow] = await message
    .locator('.column-of-set')
    .evaluateAll((all) => all.map((one) => one.clientWidth))
  expect((wide ?? 0) / (narrow ?? 1)).toBeCloseTo(2, 0)
})

test('an element that the page does not know leaves a visible placeholder, and the others stand', async () => {
  const { page, message } = await cardPage(card([text('前'), text('后')]))
  await page.route('**/messages', async (route) => {
    const response = await route.fetch()
    const list = await response.json()
    list[0].content.body.elements.splice(1, 0, { tag: 'hologram' }, { tag: 'toString' })
    await route.fulfill({ response, json: list })
  })
  await page.reload()
  await becomes(
    () => message.getByTestId('card-unknown').allTextContents(),
    ['暂不支持的卡片组件：hologram', '暂不支持的卡片组件：toString'],
  )
  expect(await message.textContent()).toContain('后')
})

test('a form names what is missing or wrong and sends nothing until it is right', async () => {
  const { actions, message } = await cardPage(feedbackForm())
  await cardButton(message, '提交反馈').click()
  await becomes(() => fieldError(message, 'outcome').textContent(), '请选择「办理结果」')
  expect(await fieldError(message, 'measures').textContent()).toBe('请填写「办理措施」')
  expect(await cardField(message, 'outcome').evaluate((one) => one === document.activeElement)).toBe(true)

  await cardField(message, 'outcome').selectOption('resolved')
  expect(await fieldError(message, 'outcome').count()).toBe(0)
  await cardField(message, 'measures').fill('字'.repeat(23))
  expect(await message.getByTestId('field-count').textContent()).toBe('23/20')
  await cardField(message, 'promised').fill('2026-02-30')
  await cardButton(message, '提交反馈').click()
  await becomes(() => fieldError(message, 'measures').textContent(), '最多 20 字，现超出 3 字')
  expect(await fieldError(message, 'promised').textContent()).toBe('日期应写成 2026-11-30')
  expect(actions).toEqual([])
})

test('a submitted form reaches the bot as the platform sends it; the card is replaced for everybody', async () => {
  const done = card([text('已提交')], '#12 待审核')
  const answer = () => ({
    toast: { type: 'success', content: '反馈已提交' },
    card: { type: 'raw', data: done },
  })
  const { sandbox, lead, group, actions, id, page, message } = await cardPage(feedbackForm(), answer)
  const another = await openPage(sandbox, { as: lead.open_id, chat: group.chat_id })
  await cardField(message, 'outcome').selectOption('in_progress')
  await cardField(message, 'measures').fill('已组织对接')
  await cardField(message, 'promised').fill('2026年11月3日')
  await cardField(message, 'handler').fill('')
  await cardField(message, 'measures').focus()
  await cardButton(message, '提交反馈').click()
  await becomes(() => page.getByTestId('toast').locator('.toast-text').textContent(), '反馈已提交')
  expect(await page.getByTestId('toast').getAttribute('data-type')).toBe('success')
  expect(actions).toMatchObject([
    {
      value: { command: 'feedback' },
      name: 'submit',
      form_value: {
        outcome: 'in_progress',
        measures: '已组织对接',
        promised: '2026-11-03 +0800',
        handler: '',
      },
    },
  ])
  await becomes(() => message.getByTestId('card-title').textContent(), '#12 待审核')
  await becomes(() => messageOf(another, id).getByTestId('card-title').textContent(), '#12 待审核')
  expect(await message.getByTestId('card-form').count()).toBe(0)
})

test('a click in flight is shown and cannot be doubled', async () => {
  const { promise, resolve } = Promise.withResolvers<object>()
  const two = card([button('签收', { command: 'ack' }), button('退回', { command: 'return' })])
  const { actions, message } = await cardPage(two, () => promise)
  await cardButton(message, '签收').evaluate((one: HTMLElement) => {
    one.click()
    one.click()
  })
  await message.locator('[data-testid=card-button][data-label=签收][data-busy=true]').waitFor()
  expect(await cardButton(message, '退回').isDisabled()).toBe(true)
  resolve({})
  await message.locator('[data-testid=card-button][data-label=签收][data-busy=false]').waitFor()
  expect(await cardButton(message, '退回').isEnabled()).toBe(true)
  expect(actions).toEqual([expect.objectContaining({ value: { command: 'ack' } })])
})

test('a bot that does not answer in time, or is not there, leaves an error and the values', async () => {
  const never = new Promise(() => {})
  const { sandbox, page, message } = await cardPage(feedbackForm(), () => never)
  await cardField(message, 'outcome').selectOption('resolved')
  await cardField(message, 'measures').fill('已办')
  await cardButton(message, '提交反馈').click()
  await becomes(
    () =>
      page
        .locator('[data-testid=toast][data-type=error]')
        .textContent()
        .then((said) => said?.includes('200341')),
    true,
  )
  expect(await cardField(message, 'measures').inputValue()).toBe('已办')
  expect(await cardButton(message, '提交反馈').isEnabled()).toBe(true)
  expect(sandbox.connections()).toBe(1)
})

test('an error toast of the bot leaves the values to be corrected', async () => {
  const { page, message } = await cardPage(feedbackForm(), () => ({
    toast: { type: 'error', content: '无权操作' },
  }))
  await cardField(message, 'outcome').selectOption('resolved')
  await cardField(message, 'measures').fill('已办')
  await cardButton(message, '提交反馈').click()
  await page.locator('[data-testid=toast][data-type=error]').waitFor()
  expect(await cardField(message, 'outcome').inputValue()).toBe('resolved')
  expect(await cardField(message, 'measures').inputValue()).toBe('已办')
})

test('focus, caret and what was typed survive other messages, other chats and this card in a thread', async () => {
  const { sandbox, lead, contact, group, id, page, message } = await cardPage(feedbackForm())
  const other = sandbox.addChat({ name: '另一个群', members: [contact.open_id] })
  await cardField(message, 'outcome').selectOption('in_progress')
  await cardField(message, 'measures').fill('写到一半')
  await cardField(message, 'measures').evaluate((one: HTMLTextAreaElement) => one.setSelectionRange(2, 2))
  for (const n of [1, 2, 3]) sandbox.sendText(group.chat_id, lead.open_id, `插话 ${n}`)
  await messages(page).nth(3).waitFor()
  await page.keyboard.type('好')
  expect(await cardField(message, 'measures').inputValue()).toBe('写到好一半')

  await chatRow(page, other.chat_id).click()
  await chatRow(page, group.chat_id).click()
  expect(await cardField(message, 'measures').inputValue()).toBe('写到好一半')
  expect(await cardField(message, 'outcome').inputValue()).toBe('in_progress')

  await message.hover()
  await message.getByTestId('reply-in-thread').click()
  const inThread = messageOf(page, id, 'thread')
  expect(await cardField(inThread, 'measures').inputValue()).toBe('写到好一半')
  await cardField(inThread, 'measures').fill('改好了')
  expect(await cardField(message, 'measures').inputValue()).toBe('改好了')
})

test('what a form asks to be confirmed is sent only after yes', async () => {
  const confirm = {
    title: { tag: 'plain_text', content: '退回' },
    text: { tag: 'plain_text', content: '确认退回？' },
  }
  const { actions, page, message } = await cardPage(
    card([button('退回', { command: 'return' }, { confirm, type: 'danger' })]),
  )
  await cardButton(message, '退回').click()
  expect(await page.getByTestId('confirm').textContent()).toContain('确认退回？')
  await page.getByTestId('confirm-cancel').click()
  await becomes(() => page.getByTestId('confirm').count(), 0)
  await cardButton(message, '退回').click()
  await page.keyboard.press('Escape')
  await becomes(() => page.getByTestId('confirm').count(), 0)
  expect(actions).toEqual([])
  await cardButton(message, '退回').click()
  await page.getByTestId('confirm-ok').click()
  await becomes(() => actions.length, 1)
})

test('the calendar opens at the sandbox’s day and is used by keyboard', async () => {
  const { page, message } = await cardPage(feedbackForm())
  await message.getByTestId('date-open').click()
  const calendar = message.locator('.calendar')
  await becomes(() => calendar.locator(':focus').getAttribute('data-date'), '2026-11-20')
  expect(await calendar.locator('strong').textContent()).toBe('2026年11月')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  expect(await cardField(message, 'promised').inputValue()).toBe('2026-11-28')
  await message.getByTestId('date-open').click()
  await calendar.getByRole('button', { name: '下个月' }).click()
  await calendar.locator('[data-date="2026-12-03"]').click()
  expect(await cardField(message, 'promised').inputValue()).toBe('2026-12-03')
  expect(await calendar.isVisible()).toBe(false)
})

test('of several choices any number is taken, shown in one line, and sent as a list', async () => {
  const option = (value: string, label: string) => ({ text: plain(label), value })
  const form = card([
    {
      tag: 'form',
      name: 'dispatch',
      elements: [
        text('协办单位'),
        {
          tag: 'multi_select_static',
          name: 'co',
          placeholder: plain('请选择'),
          options: [option('1', '市教委'), option('2', '市商务委'), option('3', '市交通委')],
          selected_values: ['2'],
        },
        text('还须知会 *'),
        { tag: 'multi_select_static', name: 'told', required: true, options: [option('1', '市教委')] },
        button('派单', { command: 'triage' }, { name: 'submit', form_action_type: 'submit' }),
      ],
    },
  ])
  const { actions, message } = await cardPage(form)
  const [co, told] = [cardField(message, 'co'), cardField(message, 'told')]
  expect((await co.textContent())?.trim()).toBe('市商务委')
  await cardButton(message, '派单').click()
  await becomes(() => fieldError(message, 'told').textContent(), '请选择「还须知会」')
  expect(actions).toEqual([])

  await told.press('Enter')
  await message.getByLabel('市教委').last().check()
  await co.press('Enter')
  await message.getByLabel('市交通委').check()
  await message.getByLabel('市教委').first().check()
  await message.getByLabel('市商务委').uncheck()
  await becomes(async () => (await co.textContent())?.trim(), '市教委、市交通委')
  await cardButton(message, '派单').click()
  await becomes(() => actions.length, 1)
  expect(actions[0]?.form_value).toEqual({ co: ['1', '3'], told: ['1'] })
})

test('a reset button gives the fields back what the card gave', async () => {
  const json = feedbackForm()
  const [form] = json.body.elements as { elements: unknown[] }[]
  form?.elements.push(button('清空', { command: 'reset' }, { name: 'reset', form_action_type: 'reset' }))
  const { actions, message } = await cardPage(json)
  await cardField(message, 'handler').fill('王五')
  await cardField(message, 'measures').fill('草稿')
  await cardButton(message, '清空').click()
  await becomes(() => cardField(message, 'handler').inputValue(), '李联络')
  expect(await cardField(message, 'measures').inputValue()).toBe('')
  expect(actions).toEqual([])
})

test('a table turns its pages and formats its cells', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  const id = await sendCard(sandbox, group.chat_id, everyElement(await uploadImage(sandbox, greenPng)))
  const page = await openPage(sandbox, { as: contact.open_id, chat: group.chat_id })
  const table = messageOf(page, id).getByTestId('card-table')
  const cells = () => table.locator('td').allTextContents()
  expect(await cells()).toEqual(['市商务委', '0', '逾期', '市教委', '1000.5', '逾期'])
  expect(await table.getByTestId('table-previous').isDisabled()).toBe(true)
  await table.getByTestId('table-next').click()
  await becomes(cells, ['市民政局', '2001', '逾期'])
  expect(await table.getByTestId('table-next').isDisabled()).toBe(true)
})

test('a folded panel opens by keyboard', async () => {
  const panel = {
    tag: 'collapsible_panel',
    expanded: false,
    header: { title: { tag: 'plain_text', content: '过程' } },
    elements: [text('已签收')],
  }
  const { page, message } = await cardPage(card([panel]))
  expect(await message.getByText('已签收').isVisible()).toBe(false)
  await message.locator('summary').focus()
  await page.keyboard.press('Enter')
  expect(await message.getByText('已签收').isVisible()).toBe(true)
})

test('nothing in a card’s words runs or leads anywhere but to the web', async () => {
  const nasty =
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>[点我](javascript:window.hacked=1) <a href="javascript:window.hacked=1">坏</a> [好](https://example.com/)'
  const { page, message } = await cardPage(card([markdown(nasty), text(nasty)]))
  expect(await message.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual(
    ['https://example.com/'],
  )
  expect(await message.locator('.markdown img, script').count()).toBe(0)
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

test('a refusal of the sandbox is said, and the button works again', async () => {
  const json = card([button('签收', { command: 'ack' })])
  const { page, message } = await cardPage(json, undefined, { complaints: /400/ })
  await page.route('**/action', (route) => route.fulfill({ status: 400, json: { error: '卡片已更新' } }))
  await cardButton(message, '签收').click()
  await becomes(() => page.getByTestId('toast').locator('.toast-text').textContent(), '操作失败：卡片已更新')
  expect(await cardButton(message, '签收').isEnabled()).toBe(true)
})
