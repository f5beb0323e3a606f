import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { testGroup, testSandbox } from '../support/sandbox.ts'
import {
  becomes,
  cardButton,
  chatRow,
  composer,
  fieldError,
  greenPng,
  messageOf,
  messages,
  openFaults,
  openPage,
} from './page-browser.ts'
import { everyElement, sendCard, uploadImage } from './page-cards.ts'
import { sdkClient } from './sdk.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** A group with a bit of everything in it. */
async function furnished() {
  const sandbox = await testSandbox()
  const { lead, contact, group } = testGroup(sandbox)
  const ask = sandbox.sendText(group.chat_id, lead.open_id, '@李联络 进展如何？', {
    mentions: [contact.open_id],
  })
  sandbox.sendText(group.chat_id, contact.open_id, '在办，见 https://example.com', {
    reply_to: ask.message_id,
  })
  sandbox.sendText(group.chat_id, lead.open_id, '好', { reply_to: ask.message_id, in_thread: true })
  sandbox.sendFile(group.chat_id, contact.open_id, {
    name: '方案.docx',
    type: 'file',
    data: Buffer.from('x'),
  })
  const id = await sendCard(sandbox, group.chat_id, everyElement(await uploadImage(sandbox, greenPng)))
  await sdkClient(sandbox).im.v1.message.urgentApp({
    path: { message_id: id },
    params: { user_id_type: 'open_id' },
    data: { user_id_list: [contact.open_id] },
  })
  const gone = sandbox.addChat({ name: '已经结束的群', members: [contact.open_id, lead.open_id] })
  sandbox.sendText(gone.chat_id, lead.open_id, '@李联络 再见', { mentions: [contact.open_id] })
  sandbox.dissolve(gone.chat_id)
  return { sandbox, lead, contact, group, gone, ask, id }
}

/** Texts in view whose contrast is below WCAG 2's AA, with their colours. Disabled controls are exempt there too. */
function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Color = [number, number, number, number]
    const read = (css: string): Color => {
      const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number)
      return [r, g, b, a]
    }
    const over = (top: Color, below: Color): Color =>
      [...([0, 1, 2] as const).map((at) => top[at] * top[3] + below[at] * (1 - top[3])), 1] as Color
    const light = ([r, g, b]: Color) => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((part) =>
        part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * x + 0.7152 * y + 0.0722 * z
    }
    const behind = (element: Element | null): Color => {
      if (!element) return [255, 255, 255, 1]
      const color = read(getComputedStyle(element).backgroundColor)
      return color[3] === 1 ? color : over(color, behind(element.parentElement))
    }
    const faint: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const said = node.textContent?.trim()
      if (
        !said ||
        !element ||
        element.closest(':disabled, script, noscript, .unseen, option, .composer-mirror')
      )
        continue
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const style = getComputedStyle(element)
      const back = behind(element)
      const [one, other] = [light(over(read(style.color), back)), light(back)]
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      if (ratio < (large ? 3 : 4.5))
        faint.push(`${said.slice(0, 20)} ${ratio.toFixed(2)} ${style.color} on ${back}`)
    }
    return faint
  })
}

/** Controls that a screen reader could not name. */
function namelessControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'button, a[href], input, select, textarea, [role=dialog], [role=img]',
      ),
    ]
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const by = one.getAttribute('aria-labelledby')
        const said = by
          ? by
              .split(' ')
              .map((id) => document.getElementById(id)?.textContent ?? '')
              .join('')
          : (one.getAttribute('aria-label') ?? '')
        const label =
          'labels' in one
            ? [...((one as HTMLInputElement).labels ?? [])].map((each) => each.textContent).join('')
            : ''
        return !`${said}${label}${one.textContent}${one.title}`.trim()
      })
      .map((one) => one.outerHTML.slice(0, 120)),
  )
}

/** Things that reach out of the window sideways. */
function sticksOut(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.documentElement.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth,
  )
}

test.each([
  ['a desk', 'zh', {}],
  ['a desk in English', 'en', {}],
  ['a phone', 'zh', phone],
])('on %s every text can be read and every control has a name', async (_, lang, screen) => {
  const { sandbox, contact, group, gone, ask, id } = await furnished()
  const page = await openPage(sandbox, { as: contact.open_id, lang }, screen)
  const look = async (view: string) => {
    expect([view, await faintTexts(page)]).toEqual([view, []])
    expect([view, await namelessControls(page)]).toEqual([view, []])
    expect([view, await sticksOut(page)]).toEqual([view, false])
  }
  await chatRow(page, gone.chat_id).getByTestId('unread').waitFor()
  await look('the list')
  await page.getByTestId('me').click()
  await look('the persons')
  await page.keyboard.press('Escape')
  await openFaults(page)
  await look('the faults')
  await page.keyboard.press('Escape')

  await chatRow(page, group.chat_id).click()
  await messageOf(page, id).waitFor()
  await becomes(() => messageOf(page, id).getByTestId('card-chart').getAttribute('data-state'), 'drawn')
  const submit = cardButton(messageOf(page, id), '提交反馈')
  await submit.click()
  await fieldError(messageOf(page, id), 'outcome').waitFor()
  await look('the conversation with a form in error')
  await messageOf(page, id).getByTestId('date-open').click()
  await look('the calendar')
  await page.keyboard.press('Escape')
  await messageOf(page, ask.message_id).getByTestId('thread-link').click()
  await page.getByTestId('thread').waitFor()
  await look('the thread')

  await page.goto(`${new URL(page.url()).origin}/?as=${contact.open_id}&chat=${gone.chat_id}`)
  await page.getByTestId('dissolved').waitFor()
  await look('the dissolved group')
})

test('on a phone the list and the conversation are two screens with a way back', async () => {
  const { sandbox, contact, group, ask } = await furnished()
  const page = await openPage(sandbox, { as: contact.open_id }, phone)
  expect(await page.getByTestId('chats').isVisible()).toBe(true)
  await chatRow(page, group.chat_id).tap()
  await composer(page).waitFor()
  expect(await page.getByTestId('chats').isVisible()).toBe(false)
  await messageOf(page, ask.message_id).getByTestId('thread-link').tap()
  await composer(page, 'thread').waitFor()
  expect(await composer(page).isVisible()).toBe(false)
  await page.getByTestId('thread').getByRole('button', { name: '关闭话题' }).first().tap()
  await composer(page).waitFor()
  await page.getByTestId('back').tap()
  expect(await page.getByTestId('chats').isVisible()).toBe(true)
  await page.goBack()
  await composer(page).waitFor()
})

test('the whole way from the list to a sent message is walked by keyboard', async () => {
  const sandbox = await testSandbox()
  const { contact, group } = testGroup(sandbox)
  sandbox.addChat({ name: '另一个群', members: [contact.open_id] })
  const page = await openPage(sandbox, { as: contact.open_id })
  await page.locator('.chat-list input').focus()
  await page.keyboard.press('Tab')
  while (
    (await page.evaluate(() => document.activeElement?.getAttribute('data-chat-id'))) !== group.chat_id
  ) {
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await composer(page).waitFor()
  for (let n = 0; n < 20 && !(await composer(page).evaluate((one) => one === document.activeElement)); n++) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('收到')
  await page.keyboard.press('Enter')
  await messages(page).nth(0).waitFor()
  for (let n = 0; n < 20; n++) {
    if (await page.evaluate(() => document.activeElement?.getAttribute('data-testid') === 'reply')) break
    await page.keyboard.press('Shift+Tab')
  }
  await page.keyboard.press('Enter')
  await page.getByTestId('replying-to').waitFor()
  await becomes(() => composer(page).evaluate((one) => one === document.activeElement), true)
})

test('long names and long words stay inside their places', async () => {
  const sandbox = await testSandbox()
  const name =
    '国际合作与外商投资企业服务处理联席会议办公室（筹）与市商务委员会联合督办工作协调群（2026年第四季度）'
  const long = sandbox.addPerson({
    name: 'Alexandra Montgomery-Featherstonehaugh-Wolfeschlegelstein',
    title: `${name} · 联络员`,
  })
  const group = sandbox.addChat({ name, members: [long.open_id] })
  sandbox.sendText(group.chat_id, long.open_id, `https://example.com/${'a'.repeat(400)} ${'长'.repeat(300)}`)
  for (const screen of [{}, phone]) {
    const page = await openPage(sandbox, { as: long.open_id, chat: group.chat_id }, screen)
    await messages(page).nth(0).waitFor()
    expect(await sticksOut(page)).toBe(false)
    const outside = await page.evaluate(
      () =>
        [...document.querySelectorAll('button, h2, .bubble')].filter(
          (one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1,
        ).length,
    )
    expect(outside).toBe(0)
  }
})
