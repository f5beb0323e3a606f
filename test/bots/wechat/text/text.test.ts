import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choicesOf, type MenuKind, menuLine, wordOfNumber } from '../../../../bots/wechat/menu.ts'
import { readAnswer } from '../../../../bots/wechat/receive/answer.ts'
import { limits } from '../../../../bots/wechat/text/pages.ts'
import { renderPages } from '../../../../bots/wechat/text.ts'
import { assignmentCard } from '../../../../src/messages/assignment.ts'
import type { Block, Message } from '../../../../src/messages/message.ts'
import { type Locale, locales } from '../../../../src/messages/voice.ts'
import { anAssignment } from '../../../messages/examples.ts'
import { everyMessage, voices } from './messages.ts'

const zh = voices['zh-CN']
const pagesOf = (message: Message, locale: Locale = 'zh-CN') => renderPages(message, locale).pages
/** As the core compares a title with a quote. */
const plain = (text: string) => text.replace(/\s+/g, ' ').replaceAll(':', '：')

const all = locales.flatMap((locale) =>
  Object.entries(everyMessage(locale)).map(([name, message]) => ({ locale, name, message })),
)

describe.each(all)('$name ($locale)', ({ locale, message }) => {
  const pages = pagesOf(message, locale)

  test('is text that a phone shows and a puppet does not cut', () => {
    for (const page of pages) {
      expect(page.length).toBeLessThanOrEqual(limits.characters)
      expect(page.split('\n').length).toBeLessThanOrEqual(limits.lines)
      expect(page).not.toMatch(/:[^\S\n]*(?:\n|$)/)
      expect(page).not.toMatch(/\n\n\n|^\s|\s$|[\p{Cf}]|(?!\n)\p{Cc}/u)
      expect(page).not.toMatch(/(?<!\*)\*\*(?!\*)|__|\[[^\]]*\]\(|undefined|null|NaN/)
    }
  })

  test('bears its title on every page', () => {
    for (const page of pages) expect(plain(page)).toContain(plain(message.title))
  })

  test('speaks of nothing that is not there', () => {
    for (const page of pages) {
      expect(page).not.toMatch(/按钮|点击|卡片|话题|表单|button|\bcards?\b|\bclick|\bpress\b|\bthread\b/i)
    }
  })

  test('says every word of its blocks', () => {
    const shown = squeezed(pages.join('\n'))
    for (const said of wordsOf(message.blocks)) expect(shown).toContain(squeezed(said))
  })
})

describe('the menu', () => {
  const asked: Record<string, MenuKind> = {
    assignment: 'item',
    acknowledged: 'item',
    'assignment sent back': 'item',
    'assignment reopened': 'item',
    'feedback form': 'item',
    'task list': 'item',
    nudge: 'item',
    nudges: 'item',
    mine: 'item',
    'one of mine': 'item',
    review: 'review',
    'review of what is promised': 'review',
    extension: 'request',
    suspension: 'request',
    'second extension': 'dated',
  }

  test.each(all)(
    'of $name ($locale) can be answered by number, or there is none',
    ({ locale, name, message }) => {
      const kind = asked[name]
      const words = kind ? choicesOf(kind, locale).map(({ word }) => word) : []
      for (const page of pagesOf(message, locale)) {
        expect([1, 2, 3, 4].flatMap((number) => wordOfNumber(page, number, locale) ?? [])).toEqual(words)
      }
    },
  )

  test.each(locales)('stands on every page of a long message (%s)', (locale) => {
    const item = { content: '很长的诉求。'.repeat(100), title: '长'.repeat(200) }
    const pages = pagesOf(assignmentCard(anAssignment({ item }), voices[locale]), locale)
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) {
      for (const choice of choicesOf('item', locale)) expect(page).toContain(menuLine(choice, locale))
    }
  })

  test('has in English nothing of Chinese', () => {
    for (const message of Object.values(everyMessage('en'))) {
      const bare = { ...message, blocks: message.blocks.filter((block) => !isFoot(block)) }
      const before = new Set(pagesOf(bare, 'en').join('\n').split('\n'))
      for (const line of pagesOf(message, 'en').join('\n').split('\n'))
        if (!before.has(line)) expect(line).not.toMatch(/[：＋，。]/)
    }
  })

  test('offers no command that lacks what only the bot knows', () => {
    for (const name of ['triage', 'triage of what came back'])
      for (const page of pagesOf(everyMessage('zh-CN')[name] as Message)) expect(page).not.toContain('/研判')
  })

  test('says how to do without a quote', () => {
    const { assignment, review, 'task list': list } = everyMessage('zh-CN')
    expect(pagesOf(assignment as Message)[0]).toContain('\n或写：#12 2 措施 日期\n')
    expect(pagesOf(list as Message)[0]).toContain('\n格式：#12 2 措施 日期')
    expect(pagesOf(everyMessage('zh-CN')['second extension'] as Message)[0]).toContain(
      '\n1 同意＋日期\n2 不同意＋原因\n或写：/延期 #12 批准 日期',
    )
    expect(pagesOf(everyMessage('zh-CN').suspension as Message)[0]).toContain(
      '\n1 同意　12月10日（周四）复核\n2 不同意＋原因\n另定日期的，回复：1 日期\n或写：/挂账 #12 批准',
    )
    expect(pagesOf(review as Message)[0]).toContain('\n或写：/审核 #12 通过')
  })
})

test('an assignment reads as officials read', () => {
  expect(pagesOf(everyMessage('zh-CN').assignment as Message)).toEqual([
    `【交办·急】#12 崇明绿叶菜滞销，收购车辆进不了村
办理时限：11月25日（周三）17:30
承办单位：市农业农村委员会（主办）
协办进展：市交通委员会办理中
来源：12345热线
紧急程度：急
类别：农产品流通
反映人次：3人反映

“合作社有青菜20亩、约30吨，因村口设卡，收购车辆进不了村，菜已开始腐烂。
诉求：一是开通绿色通道；
二是组织社区团购。电话138****8000。”

回复“收到”即签收；办理情况请引用本条回复：
1 已解决＋措施
2 正在办理＋措施＋完成日期
3 退回＋原因
4 延期＋原因
或写：#12 2 措施 日期

也可发送：/联系方式 #12`,
  ])
})

describe('what citizens and officials write', () => {
  const forged = choicesOf('review', 'zh-CN')
    .concat(choicesOf('item', 'zh-CN'))
    .map((choice) => menuLine(choice, 'zh-CN'))
    .join('\n')
  const [first = '', second = ''] = ['1 通过', '２．退回重办']
  const hostile = `${first}\n${second}\u2028\n3、退回\r4 延期\u000b1 已解决\n${forged}\n【#99】#98 ＃97`

  test.each<[string, Block]>([
    ['quote', { kind: 'quote', text: hostile }],
    ['text', { kind: 'text', text: hostile }],
    ['note', { kind: 'note', text: hostile }],
    ['fields', { kind: 'fields', fields: [{ label: '办理情况', value: hostile }] }],
    ['label', { kind: 'fields', fields: [{ label: '1 通过', value: '' }] }],
    ['entries', { kind: 'entries', entries: [{ text: hostile, note: hostile }] }],
    [
      'table',
      { kind: 'table', columns: [{ key: 'a', label: first }], rows: [{ a: second }, { a: hostile }] },
    ],
  ])('offers no choice, as %s', (_, block) => {
    const message: Message = { title: `【交办】#12 某事\n${hostile}`, tone: 'info', blocks: [block] }
    for (const page of pagesOf(message)) {
      for (const number of [1, 2, 3, 4]) expect(wordOfNumber(page, number, 'zh-CN'), page).toBeNull()
    }
  })

  test('cannot make the real menu doubtful', () => {
    const item = { title: `某事\n${forged}`, content: hostile }
    const [page = ''] = pagesOf(assignmentCard(anAssignment({ item }), zh))
    const words = choicesOf('item', 'zh-CN').map(({ word }) => word)
    expect([1, 2, 3, 4].map((number) => wordOfNumber(page, number, 'zh-CN'))).toEqual(words)
  })

  test('names none of our items, where a citizen wrote it', () => {
    const [page = ''] = pagesOf(assignmentCard(anAssignment({ item: { content: hostile } }), zh))
    expect(page).not.toMatch(/[#＃]\s*9\d/)
    expect(page).toContain('♯98')
  })

  test('hides nothing and turns nothing round', () => {
    const [page] = pagesOf({
      title: '【交办】#12 \u202e反\u202c\u200b写\ufeff',
      tone: 'info',
      blocks: [{ kind: 'text', text: '零\u200b宽\u0000\u0007\u2066字\ud800' }],
    })
    expect(page).toBe('【交办】#12 反写\n零宽字\ufffd')
  })

  test('ends no line in a colon that a puppet cuts at', () => {
    const [page] = pagesOf({
      title: '进度:',
      tone: 'info',
      blocks: [{ kind: 'text', text: '问题: \n缺人手:\n17:30前' }],
    })
    expect(page).toBe('进度：\n问题：\n缺人手：\n17:30前')
  })
})

describe('a number below a quoted page', () => {
  const read = (name: string, said: string) => {
    const message = everyMessage('zh-CN')[name] as Message
    return pagesOf(message).map(
      (page) => readAnswer(said, { quoted: page, locale: 'zh-CN', toBot: false }).text,
    )
  }

  test('is what an official means by it', () => {
    expect(read('assignment', '2 已联系 11月30日')).toEqual(['正在办理，已联系，11月30日'])
    expect(read('task list', '#15 2 已联系 11月30日前')).toEqual(['#15 正在办理，已联系，11月30日前'])
    expect(read('review', '2 请补充数量')).toEqual(['退回重办，请补充数量'])
    expect(read('suspension', '1')).toEqual(['同意'])
    expect(read('second extension', '1 12月10日')).toEqual(['同意，12月10日'])
  })

  test('is nothing where nothing is asked', () => {
    expect(read('answered assignment', '1 好的')).toEqual(['1 好的'])
    expect(read('triage', '1 已解决')).toEqual(['1 已解决'])
  })
})

describe('pages', () => {
  const entries = Array.from({ length: 500 }, (_, at) => ({
    text: `#${at + 1} 事项${at + 1}`,
    note: '待签收',
  }))
  const nudge = { label: '催办', style: 'default', command: 'nudge', args: { item: 1 } } as const
  const list: Message = {
    title: '逾期事项　共500项',
    tone: 'info',
    blocks: [
      { kind: 'entries', entries },
      { kind: 'actions', actions: [nudge] },
    ],
  }

  test('are at most five, and the last says how many lines are left out', () => {
    const pages = pagesOf(list)
    expect(pages).toHaveLength(limits.pages)
    expect(pages.map((page) => page.split('\n')[0])).toEqual(
      [1, 2, 3, 4, 5].map((number) => `逾期事项　共500项（${number}/5）`),
    )
    const shown = pages.join('\n').match(/^#\d+ /gm)?.length ?? 0
    expect(shown).toBeGreaterThan(50)
    expect(pages[4]).toContain(`\n另有${500 - shown}项未显示。\n\n请发送：/催办 #1`)
  })

  test('cut between entries', () => {
    for (const page of pagesOf(list)) {
      const [, body = ''] = /^[^\n]*\n((?:#[^\n]*\n　待签收(?:\n|$))+)/.exec(page) ?? []
      expect(body.split('\n').length).toBeGreaterThan(10)
    }
  })

  test('hold a text longer than a page, in parts', () => {
    const text = Array.from({ length: 2_000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')
    const pages = pagesOf({ title: '长文', tone: 'info', blocks: [{ kind: 'text', text }] })
    expect(pages.length).toBe(3)
    const said = pages.map((page) => page.split('\n').slice(1).join('')).join('')
    expect(said).toBe(text)
  })

  test('cut no character, and no line so that it looks like a choice', () => {
    const partsOf = (text: string) =>
      pagesOf({ title: '长文', tone: 'info', blocks: [{ kind: 'text', text }] }).map((page) =>
        page.split('\n'),
      )
    for (const text of ['𠮷'.repeat(1_500), `字${'𠮷'.repeat(1_500)}`]) {
      for (const part of partsOf(text)) expect(part.join('\n').isWellFormed()).toBe(true)
    }
    const begun = partsOf('字'.repeat(1_500))[0]?.[1]?.length ?? 0
    const [, second = []] = partsOf(`${'字'.repeat(begun)}1 已解决 ${'字'.repeat(1_000)}`)
    expect(second[1]).toMatch(/^\u30001 已解决 字/)
  })

  test('hold no more than they may, and lose nothing below that', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom(
        '1 已解决',
        '2. 正在办理＋措施',
        '3 退回',
        '进度:',
        '#12',
        '',
        '\u202e',
        '𠮷'.repeat(300),
      ),
    )
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))
    const block = fc.oneof(
      fc.record({ kind: fc.constantFrom('text' as const, 'quote' as const, 'note' as const), text }),
      fc.record({
        kind: fc.constant('fields' as const),
        fields: fc.array(fc.record({ label: line, value: text }), { maxLength: 10 }),
      }),
      fc.record({
        kind: fc.constant('entries' as const),
        entries: fc.array(fc.record({ text, note: line }), { maxLength: 30 }),
      }),
      fc.constant({ kind: 'divider' as const }),
    )
    const foot = fc.constantFrom<Block[]>(
      [],
      everyMessage('zh-CN').assignment?.blocks.filter(isFoot) ?? [],
      everyMessage('zh-CN').review?.blocks.filter(isFoot) ?? [],
    )
    fc.assert(
      fc.property(line, fc.array(block, { maxLength: 8 }), foot, (title, blocks, below) => {
        const message: Message = {
          title: `【交办】#12 ${title}`,
          tone: 'info',
          blocks: [...blocks, ...below],
        }
        const pages = pagesOf(message)
        const menu = [1, 2, 3, 4].map((number) =>
          wordOfNumber(pagesOf({ ...message, blocks: below })[0], number, 'zh-CN'),
        )
        expect(pages.length).toBeLessThanOrEqual(limits.pages)
        for (const page of pages) {
          expect(page.length).toBeLessThanOrEqual(limits.characters)
          expect(page.split('\n').length).toBeLessThanOrEqual(limits.lines)
          expect(page).not.toMatch(/:\n|\p{Cf}/u)
          expect(page.startsWith('【交办】#12')).toBe(true)
          expect([1, 2, 3, 4].map((number) => wordOfNumber(page, number, 'zh-CN'))).toEqual(menu)
        }
        if (/未显示。|未能显示。/.test(pages.at(-1) ?? '')) return
        const foot = new Set(
          pagesOf({ ...message, blocks: below })[0]
            ?.split('\n')
            .slice(1),
        )
        const bodies = pages.flatMap((page) => page.split('\n').slice(1)).filter((one) => !foot.has(one))
        const shown = squeezed(bodies.join('\n'))
        for (const said of wordsOf(blocks)) expect(shown).toContain(squeezed(said))
      }),
    )
  })
})

test('a chart is for a picture, and every one is handed on', () => {
  const { status } = everyMessage('zh-CN')
  const { charts, pages } = renderPages(status as Message, 'zh-CN')
  expect(charts.map(({ title }) => title)).toEqual(['各单位在办与逾期'])
  expect(pages.join('\n')).not.toContain('各单位在办与逾期')
})

test('a note for cards alone is not shown', () => {
  const notes: Block[] = [
    { kind: 'note', text: '可点按钮', on: 'cards' },
    { kind: 'note', text: '请核对' },
  ]
  expect(pagesOf({ title: '某事', tone: 'info', blocks: notes })).toEqual(['某事\n请核对'])
})

function isFoot({ kind }: Block): boolean {
  return kind === 'actions' || kind === 'form'
}

/** Whatever a reader of the blocks must not miss. */
function wordsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'text':
      case 'quote':
        return block.text.split(/[\n\r]/)
      case 'note':
        return block.on === 'cards' ? [] : block.text.split(/[\n\r]/)
      case 'fields':
        return block.fields.flatMap(({ label, value }) => [label, ...value.split(/[\n\r]/)])
      case 'entries':
        return block.entries.flatMap(({ text, note = '' }) => [...text.split(/[\n\r]/), note])
      case 'table':
        return [
          ...block.columns.map(({ label }) => label),
          ...block.rows.flatMap((row) => Object.values(row)),
        ]
      default:
        return []
    }
  })
}

/** What lines would make of each other once they are joined is no loss: whether a number sign is defused is tested above. */
function squeezed(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Cf}]/gu, '')
    .replace(/[#＃﹟]/gu, '♯')
    .replaceAll(':', '：')
}
