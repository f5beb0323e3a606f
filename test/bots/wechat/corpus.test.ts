import { describe, expect, it } from 'vitest'
import { choicesOf, menuLine } from '../../../bots/wechat/menu.ts'
import { readAnswer } from '../../../bots/wechat/receive/answer.ts'
import { asTyped } from '../../../bots/wechat/receive/normalise.ts'
import { splitQuote } from '../../../bots/wechat/receive/quote.ts'
import { readReply } from '../../../src/domain/reply.ts'
import { after, before } from '../../corpus/replies.ts'
import { shanghai as office } from '../../domain/offices.ts'
import { forms } from './receive/quotes.ts'

const replies = [...before, ...after]
const menu = choicesOf('item', 'zh-CN').map((choice) => menuLine(choice, 'zh-CN'))
const push = ['【#812】“蔬菜滞销”的建议', '回复“收到”即签收；办理情况请引用本条回复：', ...menu].join('\n')

/** As the receiver makes it of what a puppet brings. */
function answerIn(text: string): string {
  const { quoted, answer } = splitQuote(text)
  return readAnswer(asTyped(answer).trim(), { quoted, locale: 'zh-CN', toBot: false }).text
}

describe.each(Object.entries(forms))('a reply with a quote as %s writes it', (_, quote) => {
  it('is read as it is without one', () => {
    const misread = replies.filter(({ text, today }) => {
      const answer = answerIn(quote('工作助手', push, text))
      const readings = [answer, text].map((words) => JSON.stringify(readReply(words, { today, office })))
      return readings[0] !== readings[1]
    })
    expect(misread.map(({ text }) => text)).toEqual([])
  })
})

it('no reply of the corpus begins with the number of a menu', () => {
  const changed = replies.filter(({ text }) => {
    const named = `#12 ${text.trim()}`
    return readAnswer(named, { quoted: undefined, locale: 'zh-CN', toBot: false }).text !== named
  })
  expect(changed.map(({ text }) => text)).toEqual([])
})
