import fc from 'fast-check'
import markdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { escapeMarkdown } from '../../../bots/feishu/card/escape.ts'
import { renderCard } from '../../../bots/feishu/card.ts'
import { renderText } from '../../../bots/feishu/text.ts'
import { validateCard } from '../../../sandbox/server/card/validate.ts'
import { elementsOf, everything, tagged } from './cards.ts'

const hostile = [
  '<at id=all></at>',
  '<at user_id="all">所有人</at>',
  '**粗** __粗__ *斜* ~~删~~ `码`',
  '[点我](https://example.org)',
  '![图](img_v2_x)',
  'https://example.org/a?b=c#d',
  "<font color='red'>红</font>",
  '</font><at id=ou_2></at>',
  '# 标题\n- 一\n1. 二\n> 引\n---\n    缩进\n```\n码\n```',
  '&#60;at id=all&#62;',
  ':OK: $变量 {{x}} \\*',
  '| a | b |\n|---|---|',
  '<raw>x</raw><link url="https://example.org">y</link>',
  '\u2028\u0000\u200b‮',
]
const anyText = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...hostile))
  .map((text) => text || '甲')
const mixed = fc.array(anyText, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))

/** Everything that any markdown dialect of ours might read. */
const markdown = markdownIt({ html: true, linkify: true, breaks: true })

describe('other people’s words', () => {
  test('in markdown are only ever words', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const escaped = escapeMarkdown(text)
        expect(escaped.replace(/&#\d+;/g, '')).not.toMatch(/[!-/:-@[-`{-~\n]/)
        const inline = markdown.parse(escaped, {}).flatMap((token) => token.children ?? [])
        expect(inline.every((token) => token.type === 'text' || token.type === 'text_special')).toBe(true)
        const shown = inline.map((token) => token.content).join('')
        expect(shown).toBe(text.replace(/(?:[^\S\u3000]|\p{Cc})+/gu, ' ').trim())
      }),
    )
  })

  test('never become markup on a card, wherever they stand, and the card is one that the platform takes', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const card = renderCard(everything(text), 'zh-CN')
        expect(validateCard(JSON.parse(JSON.stringify(card)))).toEqual([])
        expect(tagged(card, 'lark_md')).toEqual([])
        for (const { content } of tagged(card, 'markdown')) {
          const words = String(content)
            .replace(/<at id=ou_1><\/at>/g, '')
            .replace(/<font color='(red|grey)'>|<\/font>/g, '')
          expect(words.replace(/&#\d+;/g, '')).not.toMatch(/[!-/:-@[-`{-~]/)
        }
        for (const { tag, data_type } of elementsOf(card)) expect([tag, data_type]).not.toContain('lark_md')
      }),
    )
  })

  test('never become markup in a text message', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const rendered = renderText({
          title: text,
          tone: 'info',
          blocks: [],
          mentions: [{ account: 'ou_1', name: text }],
        }).text
        const [, name = '', title = ''] = /^<at user_id="ou_1">(.*?)<\/at> ([\s\S]*)$/.exec(rendered) ?? []
        for (const part of [name, title]) {
          expect(part).not.toMatch(/<[a-z/!]/i)
          expect(part).not.toContain('](')
        }
      }),
    )
  })

  test('a text message mentions each once, in front', () => {
    const mentions = [
      { account: 'ou_1', name: '李联络' },
      { account: 'ou_1', name: '李联络' },
      { account: 'all', name: '大家' },
    ]
    expect(renderText({ title: '1 < 2，请签收 #12', tone: 'info', blocks: [], mentions })).toEqual({
      text: '<at user_id="ou_1">李联络</at> @大家 1 < 2，请签收 #12',
    })
  })
})
