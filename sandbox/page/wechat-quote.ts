/** What a WeChat text quotes, as `NAME：QUOTED`, and what it says itself. */
export interface Quoting {
  quoted?: string
  text: string
}

/** Takes apart `「NAME：QUOTED」`, a line of dashes and the answer: quotes reach WeChat's bots in this form. */
export function splitQuote(text: string): Quoting {
  const parts = /^「([^：]*：)(.*)」\n-(?: -){7,}\n(.*)$/s.exec(text)
  if (!parts) return { text }
  const [, name = '', said = '', answer = ''] = parts
  // Of what was an answer itself, WeChat quotes the answer alone.
  return { quoted: name + splitQuote(said).text, text: answer }
}
