import type { Locale } from '../../src/messages/voice.ts'

/** What only the text of a message needs, where a card has buttons, forms and lines. */
export interface TextWords {
  /** Above the choices of a menu. */
  above: {
    /** Of an item that waits to be acknowledged. */
    waiting: string
    item: string
    /** Of several items, some of which wait. */
    allWaiting: string
    items: string
    decision: string
  }
  /** Below them: the same without a quote. */
  orWrite(words: string): string
  format(words: string): string
  /** The second choice as it is written with an item’s number. */
  secondChoice(code: number): string
  /** Where another date than the one that was asked for can be named. */
  otherDate: string
  /** Before a chat command or above several, below a menu or by themselves. No line may end in a plain colon. */
  alsoSend: Sending
  send: Sending
  /** In place of what the sender has to fill in. */
  blanks: Record<Blank, string>
  /** Between a label and its value. */
  colon: string
  /** Between things side by side on one line. */
  beside: string
  bullet: string
  quote(text: string): string
  page(number: number, of: number): string
  divider: string
}

interface Sending {
  one: string
  several: string
}

export type Blank =
  | 'item'
  | 'department'
  | 'co'
  | 'maybeDepartment'
  | 'reason'
  | 'date'
  | 'address'
  | 'maybeNote'
  | 'either'

const zhCN: TextWords = {
  above: {
    waiting: '回复“收到”即签收；办理情况请引用本条回复：',
    item: '办理情况请引用本条回复：',
    allWaiting: '引用本条回复“收到”即全部签收；办理情况请写编号和序号：',
    items: '办理情况请写编号和序号：',
    decision: '请引用本条回复：',
  },
  orWrite: (words) => `或写：${words}`,
  format: (words) => `格式：${words}`,
  secondChoice: (code) => `#${code} 2 措施 日期`,
  otherDate: '另定日期的，回复：1 日期',
  alsoSend: { one: '也可发送：', several: '也可发送：' },
  send: { one: '请发送：', several: '请发送：' },
  blanks: {
    item: '#编号',
    department: '单位',
    co: '协办单位',
    maybeDepartment: '[建议单位]',
    reason: '理由',
    date: '日期',
    address: '网址',
    maybeNote: '[说明]',
    either: '｜',
  },
  colon: '：',
  beside: '　',
  bullet: '・',
  quote: (text) => `“${text}”`,
  page: (number, of) => `（${number}/${of}）`,
  divider: '— — —',
}

const en: TextWords = {
  above: {
    waiting: 'Reply “received” to acknowledge. To report, quote this message and reply with a number.',
    item: 'To report, quote this message and reply with a number.',
    allWaiting: 'Quote this and reply “received” to acknowledge all. To report, write the item and a number.',
    items: 'To report, write the item and a number.',
    decision: 'Quote this message and reply with a number.',
  },
  orWrite: (words) => `Or write: ${words}`,
  format: (words) => `Format: ${words}`,
  secondChoice: (code) => `#${code} 2 measures, date`,
  otherDate: 'For another date, reply: 1 date',
  alsoSend: { one: 'You can also send: ', several: 'You can also send one of these.' },
  send: { one: 'Please send: ', several: 'Please send one of these.' },
  blanks: {
    item: '#item',
    department: 'department',
    co: 'co-department',
    maybeDepartment: '[department]',
    reason: 'reason',
    date: 'date',
    address: 'url',
    maybeNote: '[note]',
    either: '|',
  },
  colon: ': ',
  beside: ' · ',
  bullet: '• ',
  quote: (text) => `“${text}”`,
  page: (number, of) => ` (${number}/${of})`,
  divider: '— — —',
}

export const textWords = { 'zh-CN': zhCN, en } satisfies Record<Locale, TextWords>
