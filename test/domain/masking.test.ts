import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskPersonal } from '../../src/domain/masking.ts'

describe('numbers in free text', () => {
  test.each([
    ['来电人电话13800138000，盼复', '来电人电话138****8000，盼复'],
    ['联系 138-0013-8000', '联系 138****8000'],
    ['电话１３８００１３８０００', '电话138****8000'],
    ['+8613800138000', '+86138****8000'],
    ['身份证310101199001011234。', '身份证310101********1234。'],
    ['身份证31010119900101123X', '身份证310101********123X'],
    ['旧身份证310101900101123。', '旧身份证310101******123。'],
    ['座机 021-62345678 转 801', '座机 021-****5678 转 801'],
    ['座机021-6123 4567', '座机021-****4567'],
    ['座机(021)61234567', '座机021-****4567'],
    ['座机（021）6123-4567', '座机021-****4567'],
    ['座机（021-61234567）', '座机（021-****4567）'],
    ['座机02161234567，白天打', '座机021-****4567，白天打'],
    ['座机0512-6123456', '座机0512-****3456'],
  ])('%s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked)
  })

  test.each([
    '编号20201234567',
    '2020年12月30日',
    '共1,380万元',
    '12345热线',
    '客服400-820-8888',
    '订单号 138001380001',
    '流水号310101901301123',
    '',
  ])('what is none stays: %s', (text) => {
    expect(maskPersonal(text)).toBe(text)
  })

  const before = fc.constantFrom('', '电话', '手机：', '（', ' ')
  const after = fc.constantFrom('', '。', '）', ' 李')

  test('no mobile number stays whole, wherever it stands between words', () => {
    const number = fc.stringMatching(/^1[3-9]\d{9}$/)
    fc.assert(
      fc.property(before, number, after, (left, digits, right) => {
        expect(maskPersonal(left + digits + right)).not.toContain(digits)
      }),
    )
  })

  test('no landline keeps its middle, however it is written', () => {
    const area = fc.constantFrom('010', '021', '0512')
    const local = fc.stringMatching(/^[2-9]\d{7}$/)
    const written = fc.constantFrom(
      (code: string, head: string, tail: string) => `${code}${head}${tail}`,
      (code: string, head: string, tail: string) => `${code}-${head}${tail}`,
      (code: string, head: string, tail: string) => `${code} ${head} ${tail}`,
      (code: string, head: string, tail: string) => `(${code})${head}-${tail}`,
      (code: string, head: string, tail: string) => `（${code}） ${head}${tail}`,
    )
    fc.assert(
      fc.property(before, area, local, written, after, (left, code, number, write, right) => {
        const [head, tail] = [number.slice(0, 4), number.slice(4)]
        const masked = maskPersonal(left + write(code, head, tail) + right)
        expect(masked).toBe(`${left}${code}-****${tail}${right}`)
      }),
    )
  })
})

describe('addresses in free text', () => {
  test.each([
    ['家住肇嘉浜路123弄4号501室，漏水', '家住肇嘉浜路***，漏水'],
    ['家住肇嘉浜路１２３弄４号５０１室', '家住肇嘉浜路***'],
    ['田林新村12号楼3单元402室', '田林新村***'],
    ['中山北路12弄3号501，来电多次', '中山北路***，来电多次'],
    ['我家4号501室楼上漏水', '我家***楼上漏水'],
    ['住1-2-3号5室', '住***'],
  ])('%s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked)
  })

  test.each([
    '12345热线',
    '人民大道200号门口积水',
    '南京东路 830号12层',
    '人民路12号30户居民',
    '和平小区8栋2单元',
    '3号文件',
    '2号线',
    '人民路2号线站台',
    '街道3号文件',
    '南京西路5号口电梯停运',
    '该村30户、120人',
    '道路3公里、路灯12盏',
    '10号下午在人民路',
    '小区东门，1号桥边',
    '接待室在501室',
  ])('what is none stays: %s', (text) => {
    expect(maskPersonal(text)).toBe(text)
  })

  test('masked once, it stays as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[路街村小区弄号室栋单元（）021\d -]{0,30}$/), (text) => {
        const masked = maskPersonal(text)
        expect(maskPersonal(masked)).toBe(masked)
      }),
    )
  })
})
