import { unescaped } from './entities.ts'

/** What other puppets write in place of a quoted message that is no text. By WeChat's own numbers. */
const media: Record<string, string> = { 3: '图片', 43: '视频', 47: '动画表情', 48: '位置' }
const unknown = '未知消息'
const plainText = '1'
const app = '49'
const answerWithQuote = '57'

/** WeChat's own XML of an answer with a quote, as the xp puppet hands it on. Null for anything else. */
export function referIn(text: string): { quoted: string; answer: string } | null {
  const xml = /^(?:[\w@.-]{1,64}:\n)?(<.*)$/s.exec(text.trim())?.[1]
  const message = xml === undefined ? null : within(xml, '<appmsg', '</appmsg>')
  const refer = message === null ? null : within(message, refermsg, endOfRefermsg)
  if (message === null || refer === null) return null
  const around =
    message.slice(0, message.indexOf(refermsg)) + message.slice(message.lastIndexOf(endOfRefermsg))
  if (element(around, 'type') !== answerWithQuote) return null
  return { quoted: quotedIn(refer), answer: element(around, 'title') }
}

const refermsg = '<refermsg>'
const endOfRefermsg = '</refermsg>'
const cdata = '<![CDATA['
const endOfCdata = ']]>'

function quotedIn(refer: string): string {
  const type = element(refer, 'type')
  const content = element(refer, 'content')
  if (type === plainText || type === '') return content
  if (type !== app) return media[type] ?? unknown
  // A quote within stays as it is, to be split in turn; of a file or a link people see the title.
  return content.includes(refermsg) ? content : element(content, 'title') || unknown
}

/** From the first opening to the last closing, for what is quoted may hold the same elements. */
function within(xml: string, open: string, close: string): string | null {
  const start = xml.indexOf(open)
  const end = xml.lastIndexOf(close)
  return start >= 0 && end > start ? xml.slice(start + open.length, end) : null
}

/** The text of the first element of this name, without what hides it from XML. */
function element(xml: string, name: string): string {
  const open = xml.indexOf(`<${name}>`)
  if (open < 0) return ''
  const start = open + name.length + 2
  const isCdata = xml.startsWith(cdata, start)
  const from = isCdata ? start + cdata.length : start
  const end = xml.indexOf(isCdata ? endOfCdata : `</${name}>`, from)
  if (end < 0) return ''
  const text = xml.slice(from, end)
  return (isCdata ? text : unescaped(text)).trim()
}
