import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markdownHtml } from '../../sandbox/page/card/markdown.ts'

test.each([
  ['**办理时限：**11月25日', '<p><strong>办理时限：</strong>11月25日</p>'],
  ['共**3**件', '<p>共<strong>3</strong>件</p>'],
  ['第一行\n第二行', '<p>第一行<br>\n第二行</p>'],
  ['<font color="red">逾期</font>', '<p><span class="hue-text hue-name-red">逾期</span></p>'],
  [
    "<font color='green-600'>**好**</font>",
    '<p><span class="hue-text hue-name-green"><strong>好</strong></span></p>',
  ],
  ['<font color="nosuch">字</font>', '<p><span>字</span></p>'],
  ['<text_tag color="orange">特急</text_tag>', '<p><span class="text-tag hue-name-orange">特急</span></p>'],
  ['<at id=all></at>', '<p><span class="mention mention-me" data-mention="all">@所有人</span></p>'],
  ['<at id=ou_1>李联络</at>', '<p><span class="mention" data-mention="ou_1">@李联络</span></p>'],
  ['&lt;b&gt; &#42;', '<p>&lt;b&gt; *</p>'],
  ['<b>不是标签</b>', '<p>&lt;b&gt;不是标签&lt;/b&gt;</p>'],
  ['</font>', '<p></p>'],
  ['[名](javascript:alert(1))', '<p>[名](javascript:alert(1))</p>'],
  [
    '![图](https://example.com/a.png)',
    '<p><a href="https://example.com/a.png" target="_blank" rel="noopener noreferrer">图</a></p>',
  ],
  ['![图](img_v3_1)', '<p><img src="/sandbox/api/files/img_v3_1" alt="图"></p>'],
])('%s', (source, html) => {
  expect(markdownHtml(source).trim()).toBe(html)
})

const pieces = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '<at id=',
    '</at>',
    '<font color="',
    '">',
    '</font>',
    "<text_tag color='",
    '<a href="',
    'javascript:',
    '"',
    "'",
    '<',
    '>',
    '&quot;',
    '![',
    '](',
    ')',
    '`',
    '\n',
    '<img src=x onerror=alert(1)>',
    '<script>',
    ' onclick=x ',
    'https://example.com/',
    '&#60;',
    '**',
  ),
)

test('whatever is written, only the known tags and attributes come out', () => {
  const allowedTags = new Set(
    'p br strong em s span a ul ol li code pre blockquote hr h1 h2 h3 h4 h5 h6 img table thead tbody tr th td'.split(
      ' ',
    ),
  )
  const allowedAttributes = new Set('class data-mention href target rel src alt title start style'.split(' '))
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const html = markdownHtml(parts.join(''))
      const tags = html.match(/<[^>]*>/g) ?? []
      for (const tag of tags) {
        const [, name = '', rest = ''] = /^<\/?([a-z0-9]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*\/?>$/.exec(tag) ?? []
        expect(allowedTags).toContain(name)
        for (const [, attribute, value] of rest.matchAll(/([a-z-]+)="([^"]*)"/g)) {
          expect(allowedAttributes).toContain(attribute)
          if (attribute === 'href') expect(value).not.toMatch(/^\s*(javascript|data|vbscript):/i)
          if (attribute === 'src') expect(value).toMatch(/^\/sandbox\/api\/files\/[\w%-]+$/)
        }
      }
      expect(html.replace(/<[^>]*>/g, '')).not.toContain('<')
    }),
    { numRuns: 2_000 },
  )
})
