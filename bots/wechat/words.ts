import type { Locale } from '../../src/messages/voice.ts'

/** What only the text of a message needs, where a card has a button or a form. */
export interface TextWords {
  /** Above the choices of a menu. */
  menus: {
    /** Of what waits to be acknowledged. */
    waiting: string
    item: string
    decision: string
  }
  /** The choice of words, number included, that needs no quote. */
  orWrite(code: number): string
  /** Below several items of which each is answered for itself. */
  several(code: number): string
  /** Before what a chat command does. */
  byCommand: string
  /** Between a label and its value. */
  colon: string
  quote(text: string): string
  aside(text: string): string
  page(number: number, of: number): string
  /** A number that is drawn in a picture. */
  chart(title: string): string
  divider: string
}

const zhCN: TextWords = {
  menus: {
    waiting: '回复“收到”即签收；办理情况请引用本条回复：',
    item: '办理情况请引用本条回复：',
    decision: '请引用本条回复：',
  },
  orWrite: (code) => `或写：#${code} 2 措施 日期`,
  several: (code) => `逐项回复请写编号，例如：#${code} 2 措施 日期`,
  byCommand: '发送',
  colon: '：',
  quote: (text) => `“${text}”`,
  aside: (text) => `（${text}）`,
  page: (number, of) => `（${number}/${of}）`,
  chart: (title) => `${title}（见图）`,
  divider: '— — —',
}

const en: TextWords = {
  menus: {
    waiting: 'Reply “received” to acknowledge. To report, quote this message and reply：',
    item: 'To report, quote this message and reply：',
    decision: 'Quote this message and reply：',
  },
  orWrite: (code) => `Or write: #${code} 2 measures, date`,
  several: (code) => `To answer one, write its number, as in: #${code} 2 measures, date`,
  byCommand: 'send',
  colon: ': ',
  quote: (text) => `“${text}”`,
  aside: (text) => ` (${text})`,
  page: (number, of) => ` (${number}/${of})`,
  chart: (title) => `${title} (see picture)`,
  divider: '— — —',
}

export const textWords = { 'zh-CN': zhCN, en } satisfies Record<Locale, TextWords>
