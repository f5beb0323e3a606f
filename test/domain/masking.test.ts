import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskName, maskPersonal } from '../../src/domain/masking.ts'

describe('personal details in free text', () => {
  test.each([
    ['来电人电话13800138000，盼复', '来电人电话138****8000，盼复'],
    ['联系 138-0013-8000', '联系 138****8000'],
    ['电话１３８００１３８０００', '电话138****8000'],
    ['身份证310101199001011234。', '身份证310101********1234。'],
    ['身份证31010119900101123X', '身份证310101********123X'],
    ['座机 021-62345678 转 801', '座机 021-****5678 转 801'],
    ['+8613800138000', '+86138****8000'],
  ])('%s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked)
  })

  test.each(['编号20201234567', '2020年12月30日', '共1,380万元', '12345热线', '订单号 138001380001', ''])(
    'what is none stays: %s',
    (text) => {
      expect(maskPersonal(text)).toBe(text)
    },
  )

  test('no mobile number stays whole, wherever it stands between words', () => {
    const number = fc.stringMatching(/^1[3-9]\d{9}$/)
    fc.assert(
      fc.property(
        fc.constantFrom('', '电话', '手机：', '（', ' '),
        number,
        fc.constantFrom('', '。', '）', ' 李'),
        (before, digits, after) => {
          expect(maskPersonal(before + digits + after)).not.toContain(digits)
        },
      ),
    )
  })

  test('a name keeps its first character', () => {
    expect(maskName('孙联络')).toBe('孙**')
    expect(maskName('赵')).toBe('赵')
    expect(maskName('')).toBe('')
  })
})
