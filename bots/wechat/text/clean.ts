import { looksLikeChoice } from '../menu.ts'

const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u
/** What nobody sees and what turns the reading round: zero-width, bidi and control characters. */
const unseen = /[\p{Cc}\p{Cf}]/gu
const blanks = /[^\S\u3000]+/gu

/** The text's lines, without what nobody sees, and without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .toWellFormed()
    .split(lineBreak)
    .map((line) => line.replace(/\t/g, ' ').replace(unseen, '').replace(blanks, ' ').trim())
    .filter((line) => line !== '')
}

export function oneLine(text: string): string {
  return linesOf(text).join(' ')
}

/** A line that is no choice of ours must not be taken for one when the message is quoted. */
export function guarded(line: string): string {
  return looksLikeChoice(line) ? indented(line) : line
}

export function indented(line: string): string {
  return `\u3000${line}`
}

/** A number that a citizen wrote names none of our items. */
export function withoutCodes(text: string): string {
  return text.replace(/[#＃﹟](?=[^\S\n]*[\d０-９])/gu, '♯')
}

/** At most so many UTF-16 units, never half a character, an ellipsis in place of the rest. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, Math.max(0, length - 1)).replace(/[\uD800-\uDBFF]$/, '')}…`
}
