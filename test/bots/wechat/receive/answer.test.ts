import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choicesOf, menuLine } from '../../../../bots/wechat/menu.ts'
import { numberInWords } from '../../../../bots/wechat/receive/answer.ts'

const itemMenu = choicesOf('item', 'zh-CN')
  .map((choice) => menuLine(choice, 'zh-CN'))
  .join('\n')
const reviewMenu = choicesOf('review', 'zh-CN')
  .map((choice) => menuLine(choice, 'zh-CN'))
  .join('\n')

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
    ['#12 2 已联系', '#12 正在办理，已联系'],
    ['＃12 ２ 说明', '＃12 正在办理，说明'],
    ['【#12】2 已联系', '【#12】正在办理，已联系'],
    ['【＃１２】２、已联系', '【＃１２】正在办理，已联系'],
    ['#12：2 已联系', '#12：正在办理，已联系'],
    ['#12 #13 1', '#12 #13 已解决'],
  ])('%s is %s', (text, words) => {
    expect(numberInWords(text, undefined, 'zh-CN')).toBe(words)
    expect(numberInWords(text, itemMenu, 'zh-CN')).toBe(words)
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
  ])('%j is meant as written', (text) => {
    expect(numberInWords(text, undefined, 'zh-CN')).toBe(text)
    expect(numberInWords(text, itemMenu, 'zh-CN')).toBe(text)
  })

  it('is what the quoted message offers', () => {
    expect(numberInWords('1', reviewMenu, 'zh-CN')).toBe('通过')
    expect(numberInWords('2 请补充照片', reviewMenu, 'zh-CN')).toBe('退回重办，请补充照片')
    expect(numberInWords('3 请补充照片', reviewMenu, 'zh-CN')).toBe('3 请补充照片')
  })

  it('stays one where the quoted message offers nothing', () => {
    expect(numberInWords('2 已联系', '几点开会？', 'zh-CN')).toBe('2 已联系')
  })

  it('is read in English', () => {
    expect(numberInWords('2 called the contractor', undefined, 'en')).toBe(
      'in progress, called the contractor',
    )
    expect(numberInWords('#12 1. lamps replaced', undefined, 'en')).toBe('#12 resolved, lamps replaced')
    expect(numberInWords('2 in progress, lamps ordered', undefined, 'en')).toBe('in progress, lamps ordered')
  })

  it('takes time linear in the text', () => {
    const piece = fc.constantFrom('#1 ', '2、', '+', ' ', '1', '①', '1️⃣', '，', '11月30日 ')
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const text = pieces.join('').repeat(20_000)
        expect(numberInWords(text, undefined, 'zh-CN').length).toBeGreaterThan(0)
      }),
      { numRuns: 30 },
    )
  }, 20_000)
})
