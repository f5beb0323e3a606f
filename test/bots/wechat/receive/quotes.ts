type Quote = (name: string, quoted: string, answer: string) => string

const bracketed =
  (dashes: number): Quote =>
  (name, quoted, answer) =>
    `「${name}：${quoted}」\n${Array(dashes).fill('-').join(' ')}\n${answer}`

/** How each source writes an answer with a quote. */
export const forms = {
  wechat4u: bracketed(15),
  padlocal: bracketed(16),
  wecom: (name, quoted, answer) => `这是一条引用/回复消息：\n“${name}：\n${quoted}”\n------\n${answer}`,
  // A quote within a quote is an app message there.
  xp: (name, quoted, answer) => referXml(name, quoted, answer, quoted.includes('<refermsg>') ? '49' : '1'),
} satisfies Record<string, Quote>

export function referXml(name: string, quoted: string, answer: string, type: string): string {
  return [
    '<?xml version="1.0"?>\n<msg>\n\t<appmsg appid="" sdkver="0">',
    `\t\t<title>${escaped(answer)}</title>\n\t\t<des />\n\t\t<type>57</type>`,
    `\t\t<refermsg>\n\t\t\t<type>${type}</type>\n\t\t\t<svrid>4603</svrid>\n\t\t\t<displayname>${escaped(name)}</displayname>`,
    `\t\t\t<content>${escaped(quoted)}</content>\n\t\t</refermsg>`,
    '\t</appmsg>\n\t<fromusername>wxid_z</fromusername>\n</msg>',
  ].join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
