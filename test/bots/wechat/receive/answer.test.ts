import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choicesOf, menuLine } from '../../../../bots/wechat/menu.ts'
import { readAnswer } from '../../../../bots/wechat/receive/answer.ts'
import type { Locale } from '../../../../src/messages/voice.ts'

const itemMenu = choicesOf('item', 'zh-CN')
  .map((choice) => menuLine(choice, 'zh-CN'))
  .join('\n')
const reviewMenu = choicesOf('review', 'zh-CN')
  .map((choice) => menuLine(choice, 'zh-CN'))
  .join('\n')

const read = (text: string, quoted?: string, locale: Locale = 'zh-CN') =>
  readAnswer(text, { quoted, locale, toBot: false })

describe('a number of the menu', () => {
  it.each([
    ['2', '正在办理'],
    ['1 已更换路灯三盏', '已解决，已更换路灯三盏'],
    ['2 已联系施工单位 11月30日前', '正在办理，已联系施工单位，11月30日前'],
    ['２　已联系施工单位', '正在办理，已联系施工单位'],
    ['2、已联系施工单位', '正在办理，已联系施工单位'],
    ['2.已联系施工单位', '正在办理，已联系施工单位'],
    ['2：已联系施工单位', '正在办理，已联系施工单位'],
    ['2:已联系施工单位', '正在办理，已联系施工单位'],
    ['2，已联系施工单位', '正在办理，已联系施工单位'],
    ['2）已联系施工单位', '正在办理，已联系施工单位'],
    ['2已联系施工单位', '正在办理，已联系施工单位'],
    ['2＋已联系施工单位＋11月30日前', '正在办理，已联系施工单位，11月30日前'],
    ['2+已完成3+2处、A+B两区', '正在办理，已完成3+2处、A+B两区'],
    ['②联系施工单位', '正在办理，联系施工单位'],
    ['2️⃣ 已联系施工单位', '正在办理，已联系施工单位'],
    ['2\n已联系施工单位', '正在办理，已联系施工单位'],
    ['2 11月30日前完成', '正在办理，11月30日前完成'],
    ['2 3个工作日内完成', '正在办理，3个工作日内完成'],
    ['2 处理中', '正在办理，处理中'],
    ['2 周五前完成', '正在办理，周五前完成'],
    ['2 月底前完成', '正在办理，月底前完成'],
    ['1 人员已到位', '已解决，人员已到位'],
    ['2 正在办理', '正在办理'],
    ['2 正在办理，11月30日前', '正在办理，11月30日前'],
    ['2 正在办理中', '正在办理中'],
    ['3 不属于我局职责', '退回，不属于我局职责'],
    ['4 需协调产权单位', '延期，需协调产权单位'],
    ['2 3号楼已修好', '正在办理，3号楼已修好'],
    ['2）3号楼已修好', '正在办理，3号楼已修好'],
    ['2 已联系，已解决一半', '正在办理，已联系，已解决一半'],
  ])('%s is %s below a menu, and behind an item', (text, words) => {
    expect(read(text, itemMenu).text).toBe(words)
    expect(read(`#12 ${text}`)).toMatchObject({ text: `#12 ${words}`, choice: {} })
    expect(read(`/反馈 #12 ${text}`)).toMatchObject({ text: `/反馈 #12 ${words}`, choice: {} })
    expect(read(text)).toEqual({ text, isNumbered: true })
  })

  it.each([
    ['#12 2 已联系', '#12 正在办理，已联系'],
    ['＃12 ２ 说明', '＃12 正在办理，说明'],
    ['【#12】2 已联系', '【#12】正在办理，已联系'],
    ['【＃１２】２、已联系', '【＃１２】正在办理，已联系'],
    ['#12：2 已联系', '#12：正在办理，已联系'],
    ['#12 #13 1', '#12 #13 已解决'],
    ['／反馈　＃12　２　说明', '／反馈　＃12　正在办理，说明'],
    ['/反馈：12 2 说明', '/反馈：12 正在办理，说明'],
    ['/feedback #12 2 说明', '/feedback #12 正在办理，说明'],
  ])('%s is %s, whatever is quoted', (text, words) => {
    for (const quoted of [undefined, itemMenu, '几点开会？']) expect(read(text, quoted).text).toBe(words)
  })

  it.each([
    '2个工作日内完成',
    '2 个工作日内完成',
    '2月3日前完成',
    '2 月 3 日前完成',
    '2:30 到现场',
    '2：30到现场',
    '1.5米宽的路面已修复',
    '1,000 户已入住',
    '2次上门未遇',
    '2 次上门未遇',
    '2、3号楼已完成',
    '2 号楼已完成',
    '2-3天内办结',
    '2 处漏点已修复',
    '2 户已安置',
    '12 已办结',
    '2026年11月30日前完成',
    '1、已约谈施工单位；2、已责令整改',
    '1.已约谈施工单位\n2.已责令整改',
    '1. 已约谈 2. 已整改',
    '①已约谈②已整改',
    '2、已责令整改\n3、已回访',
    '5 说明',
    '0 说明',
    '收到',
    '/签收 2',
    '#12 已解决',
    '#12',
    '#122 已解决',
    '2 days',
    '2 working days',
    '2 of them are done',
    '2pm works',
    '2楼住户',
    '',
  ])('%j is left as it is written', (text) => {
    for (const quoted of [undefined, itemMenu]) expect(read(text, quoted).text).toBe(text)
  })

  it.each([
    '2 个工作日内完成',
    '2 号楼已完成',
    '2、3号楼已完成',
    '2.3号楼已完成',
    '2 处漏点已修复',
    '2 组先去',
    '2、已责令整改\n3、已回访',
    '2 of them are done',
  ])('%j may be a choice, which the core is told of', (text) => {
    const choice = { word: '正在办理' }
    expect(read(text, itemMenu)).toEqual({ text, choice, isNumbered: true })
    expect(read(`#12 ${text}`)).toEqual({ text: `#12 ${text}`, choice, isNumbered: true })
    expect(read(text)).toEqual({ text, isNumbered: true })
  })

  it.each([
    '2个工作日内完成',
    '2月3日前完成',
    '2:30 到现场',
    '1.5米宽的路面已修复',
    '1,000 户已入住',
    '12 已办结',
    '2号楼已完成',
    '1组已解决',
    '１组已解决',
    '3社区已解决',
    '1、已约谈施工单位；2、已责令整改',
    '收到',
  ])('%j is no choice', (text) => {
    expect(read(text, itemMenu)).toEqual({ text, isNumbered: false })
    expect(read(`#12 ${text}`).choice).toBeUndefined()
  })

  it.each(['1', '1 组先去', '1、王强', '3 科的同志先走', '3 王处带队', '1 审通过', '2 已解决'])(
    '%j in a group is nothing by itself, and to the bot asked about',
    (text) => {
      expect(read(text)).toEqual({ text, isNumbered: true })
      expect(read(text, '明天谁去？')).toEqual({ text, isNumbered: true })
      const word = { 1: '已解决', 2: '正在办理', 3: '退回' }[text.charAt(0)]
      const said = { text, choice: { word }, isNumbered: true }
      expect(readAnswer(text, { quoted: undefined, locale: 'zh-CN', toBot: true })).toEqual(said)
    },
  )

  it('below a message that names an item and shows no menu is asked about', () => {
    const said = { text: '1 照片已补', choice: { word: '已解决' }, isNumbered: true }
    expect(read('1 照片已补', '#12 反馈退回重办：请补充照片。')).toEqual(said)
  })

  it('behind an item may be meant for a review, too', () => {
    expect(read('#12 1').choice).toEqual({ word: '已解决', decision: '通过' })
    expect(read('#12 2 请补充照片').choice).toEqual({ word: '正在办理', decision: '退回重办，请补充照片' })
    expect(read('#12 3 不属于我局').choice).toEqual({ word: '退回' })
    expect(read('#12 1', reviewMenu)).toMatchObject({ text: '#12 通过', choice: { word: '通过' } })
  })

  it('is what the quoted message offers', () => {
    expect(read('1', reviewMenu).text).toBe('通过')
    expect(read('2 请补充照片', reviewMenu).text).toBe('退回重办，请补充照片')
    expect(read('3 请补充照片', reviewMenu).text).toBe('3 请补充照片')
  })

  it('stays one where the quoted message offers nothing', () => {
    expect(read('2 已联系', '几点开会？').text).toBe('2 已联系')
  })

  it('is read in English', () => {
    const menu = choicesOf('item', 'en')
      .map((choice) => menuLine(choice, 'en'))
      .join('\n')
    expect(read('2 called the contractor', menu, 'en').text).toBe('in progress, called the contractor')
    expect(read('#12 1. lamps replaced', undefined, 'en').text).toBe('#12 resolved, lamps replaced')
    expect(read('2 in progress, lamps ordered', menu, 'en').text).toBe('in progress, lamps ordered')
  })

  it('takes time linear in the text', () => {
    const piece = fc.constantFrom('#1 ', '2、', '+', ' ', '1', '①', '1️⃣', '，', '11月30日 ')
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const text = pieces.join('').repeat(20_000)
        expect(read(text, itemMenu).text.length).toBeGreaterThan(0)
      }),
      { numRuns: 30 },
    )
  }, 20_000)
})
