import { describe, expect, test } from 'vitest'
import { isWebAddress } from '../../src/domain/closing.ts'

describe('a web address that anybody may open', () => {
  test.each([
    'https://www.shanghai.gov.cn/nw4411/20261122/a.html',
    'http://example.org',
    'HTTPS://example.org:8443/a?b=c#d',
    'https://10.1.2.3/a',
    'https://xn--fiq228c.xn--vuq861b/',
  ])('%s', (text) => {
    expect(isWebAddress(text)).toBe(true)
  })

  test.each([
    '',
    '已公开',
    'www.shanghai.gov.cn',
    'ftp://example.org/a',
    'javascript:alert(1)',
    'https://',
    'https://localhost/a',
    'https://exam ple.org/a',
    'https://user:secret@example.org/a',
    'https://example.org/公开',
    'https://example.org:99999/',
    `https://example.org/${'a'.repeat(2000)}`,
  ])('not %s', (text) => {
    expect(isWebAddress(text)).toBe(false)
  })
})
