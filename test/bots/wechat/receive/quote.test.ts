import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitQuote } from '../../../../bots/wechat/receive/quote.ts'
import { forms, referXml } from './quotes.ts'

const push =
  '【#12】路灯不亮\n截止：11月25日17:30\n回复“收到”即签收；办理情况请引用本条回复：\n1 已解决＋措施'

describe('a quote', () => {
  describe.each(Object.entries(forms))('as %s writes it', (_, quote) => {
    it('is told from the answer', () => {
      expect(splitQuote(quote('工作助手', push, '已解决'))).toEqual({ quoted: push, answer: '已解决' })
    })

    it('may answer in several lines, or say nothing', () => {
      const answer = '已解决：\n一、更换灯泡；\n二、「一灯一档」已建立。'
      expect(splitQuote(quote('工作助手', push, answer))).toEqual({ quoted: push, answer })
      expect(splitQuote(quote('工作助手', push, ''))).toEqual({ quoted: push, answer: '' })
    })

    it('may name somebody with a colon', () => {
      const { quoted, answer } = splitQuote(quote('张三：浦东', push, '收到'))
      expect(answer).toBe('收到')
      expect(quoted).toContain(push)
    })

    it('may hold quotation marks and dashes', () => {
      const words = '「一网通办」：“随申办”。\n------\n- - - - - - - - - - - - - - -\n见附件」。'
      expect(splitQuote(quote('工作助手', words, '收到'))).toEqual({ quoted: words, answer: '收到' })
    })

    it('of a quote has the nearest message first', () => {
      const inner = quote('工作助手', push, '#13 也一并办理')
      expect(splitQuote(quote('孙联络', inner, '收到'))).toEqual({
        quoted: `#13 也一并办理\n${push}`,
        answer: '收到',
      })
      expect(splitQuote(quote('陈组长', quote('孙联络', inner, '二'), '三'))).toEqual({
        quoted: `二\n#13 也一并办理\n${push}`,
        answer: '三',
      })
    })
  })

  it('of a name in brackets, without a name, and across line breaks of any kind', () => {
    expect(splitQuote('「：收到」\n——————————\n好')).toEqual({ quoted: '收到', answer: '好' })
    expect(splitQuote('「甲：乙」<br/>- - - - - - - - - - - - - - -<br/>丙')).toEqual({
      quoted: '乙',
      answer: '丙',
    })
    expect(splitQuote('「甲：乙」\r\n- - - - - - - - - - - - - - -\r\n丙')).toEqual({
      quoted: '乙',
      answer: '丙',
    })
  })

  it('ends at the first line of dashes, whatever is pasted into the answer', () => {
    const answer = `见：\n${forms.wechat4u('丙', '丁', '戊')}`
    expect(splitQuote(forms.wechat4u('甲', '乙', answer))).toEqual({ quoted: '乙', answer })
  })

  it('in English from the WeCom archive', () => {
    const text = 'This is a quote/reply:\n"Assistant:\n#12 street lamp"\n------\nresolved'
    expect(splitQuote(text)).toEqual({ quoted: '#12 street lamp', answer: 'resolved' })
  })

  it.each(['图片', '视频', '动画表情', '位置', '未知消息', '现场照片.docx'])('of %s', (media) => {
    expect(splitQuote(`「孙联络：${media}」\n- - - - - - - - - - - - - - -\n已解决`)).toEqual({
      quoted: media,
      answer: '已解决',
    })
  })

  it.each([
    ['3', '<msg><img aeskey="1"/></msg>', '图片'],
    ['43', '<msg><videomsg/></msg>', '视频'],
    ['49', '<msg><appmsg><title>现场照片.docx</title><type>6</type></appmsg></msg>', '现场照片.docx'],
    ['62', '<msg/>', '未知消息'],
  ])('of media of type %s in XML', (type, content, quoted) => {
    expect(splitQuote(referXml('孙联络', content, '已解决', type))).toEqual({ quoted, answer: '已解决' })
  })

  it('in XML may hide its words as CDATA, below the name of who wrote it', () => {
    const xml =
      'wxid_z:\n<?xml version="1.0"?>\n<msg><appmsg appid="" sdkver="0"><title><![CDATA[1 & 2 已解决]]></title>' +
      '<type>57</type><refermsg><type>1</type><content><![CDATA[【#12】<路灯>]]></content></refermsg></appmsg></msg>'
    expect(splitQuote(xml)).toEqual({ quoted: '【#12】<路灯>', answer: '1 & 2 已解决' })
  })

  it.each([
    '已完成「一灯一档」工作',
    '「关于路灯：整改」已落实',
    '「关于路灯：整改」\n已落实',
    '已解决\n- - - - - - - - - - - - - - -\n照片稍后补',
    '------',
    '「工作助手：路灯\n- - - - - - - - - - - - - - -\n已解决',
    '「工作助手」\n- - - - - - - - - - - - - - -\n已解决',
    '答：「甲：乙」\n- - - - - - - - - - - - - - -\n丙',
    '这是一条引用/回复消息：已解决',
    '<msg><appmsg><title>通知</title><type>5</type></appmsg></msg>',
    '<msg><appmsg><title>通知</title><type>57</type>',
    '<msg><appmsg><type>5</type><refermsg><type>1</type><content>#12</content></refermsg></appmsg></msg>',
    '',
  ])('is not in %j', (text) => {
    expect(splitQuote(text)).toEqual({ answer: text })
  })

  it('gives back whatever was quoted and answered', () => {
    const words = fc
      .array(
        fc.constantFrom(
          '【#12】',
          '路灯',
          '：',
          '「',
          '」',
          '\n',
          '- - -',
          '“',
          '”',
          '<b>',
          '&amp;',
          '1 已解决',
          ' ',
        ),
      )
      .map((parts) => `路${parts.join('')}灯`)
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(forms)), words, words, (quote, quoted, answer) => {
        expect(splitQuote(quote('工作助手', quoted, answer))).toEqual({ quoted, answer })
      }),
    )
  })

  it('takes time linear in the text', () => {
    const piece = fc.constantFrom(
      '「甲：',
      '」\n- - - - - - - - - - - - - - -\n',
      '」\n',
      '- ',
      '这是一条引用/回复消息：\n“甲：\n',
      '”\n------\n',
      '<appmsg>',
      '<refermsg><content>',
      '&lt;refermsg&gt;',
      '</refermsg></appmsg>',
      '：',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const text = pieces.join('').repeat(20_000)
        expect(splitQuote(text).answer.length).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 50 },
    )
  }, 20_000)
})
