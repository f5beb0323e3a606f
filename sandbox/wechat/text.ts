import { nameOfFile, type Said } from './said.ts'

/** How a reply arrives that quotes a message: WeChat's own reference to it is lost in every puppet. */
export type QuoteFormat = 'wechat4u' | 'padlocal' | 'wecom' | 'xp'

/** What a puppet makes of a person's words, and whether it knows that they are words. */
export function arriving(said: Said, format: QuoteFormat): { text: string; isText: boolean } {
  if (said.quoted) return { text: quoting(said, said.quoted, format), isText: format !== 'xp' }
  const escaped = said.text.replaceAll('&', '&amp;')
  return { text: said.inRoom ? cut(escaped) : escaped, isText: true }
}

/** Where the sender of a room's message is split off, everything after a second `:` at a line's end is lost. */
function cut(text: string): string {
  return text.split(':\n', 1)[0] ?? text
}

function quoting(said: Said, quoted: Said, format: QuoteFormat): string {
  switch (format) {
    case 'wechat4u':
      return `「${quoted.name}：${shown(quoted)}」\n${dashes(15)}\n${said.text}`
    case 'padlocal':
      return `「${quoted.name}：${shown(quoted)}」\n${dashes(16)}\n${said.text}`
    case 'wecom':
      return `这是一条引用/回复消息：\n“${quoted.name}：\n${nested(quoted)}”\n------\n${said.text}`
    case 'xp':
      return appMessage(said, quoted)
  }
}

function dashes(count: number): string {
  return Array.from({ length: count }, () => '-').join(' ')
}

/** Of a quote that is quoted itself the client keeps the answer alone. */
function shown({ text, file }: Said): string {
  return file ? nameOfFile(file) : text
}

/** WeCom's archive quotes the quote with it. */
function nested(quoted: Said): string {
  return quoted.quoted ? quoting(quoted, quoted.quoted, 'wecom') : shown(quoted)
}

/** Raw, as the hook found it. */
function appMessage(said: Said, quoted: Said): string {
  return [
    '<?xml version="1.0"?>',
    '<msg>',
    '\t<appmsg appid="" sdkver="0">',
    `\t\t<title>${xml(said.text)}</title>`,
    '\t\t<type>57</type>',
    '\t\t<refermsg>',
    `\t\t\t<type>${quoted.file ? (quoted.file.isImage ? 3 : 49) : 1}</type>`,
    `\t\t\t<svrid>${quoted.id}</svrid>`,
    `\t\t\t<displayname>${xml(quoted.name)}</displayname>`,
    `\t\t\t<content>${xml(shown(quoted))}</content>`,
    '\t\t</refermsg>',
    '\t</appmsg>',
    '</msg>',
  ].join('\n')
}

/** A recall as the web's puppet hands it on, which wechaty does not understand. */
export function recallNotice(id: string, name: string): string {
  return [
    '<sysmsg type="revokemsg"><revokemsg>',
    `<msgid>${id}</msgid>`,
    `<replacemsg><![CDATA["${name}" 撤回了一条消息]]></replacemsg>`,
    '</revokemsg></sysmsg>',
  ].join('')
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
