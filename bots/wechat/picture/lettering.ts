import type { Locale } from '../../../src/messages/voice.ts'
import { type Typeface, typefaceFor, type Weight } from './font.ts'
import { round } from './page.ts'

export interface Style {
  size: number
  weight: Weight
  colour: string
}

/** Words as outlines: whatever they contain, nothing of it can be read as markup, and no font has to be there. */
export interface Lettering {
  width(text: string, style: Style): number
  /** Its first letter begins at `x`, or its last ends there; the letters' middle is at `y`. */
  write(text: string, x: number, y: number, style: Style, anchor?: 'start' | 'middle' | 'end'): string
  /** At most so many lines, none wider; what still does not fit is cut. */
  wrap(text: string, width: number, style: Style, mostLines: number): string[]
}

/** From a letter's foot to the middle of a Chinese character, as a part of its size. */
const middle = 0.38
const ellipsis = '…'

/** @param texts all that will be written, but for digits and the like. */
export async function letteringFor(texts: readonly string[], locale: Locale): Promise<Lettering> {
  const typeface = await typefaceFor(new Set([...texts.map(legible).join(''), ...'0123456789.,%<', ellipsis]))
  const words = new Intl.Segmenter(locale, { granularity: 'word' })

  function width(text: string, { size, weight }: Style): number {
    let units = 0
    for (const character of legible(text)) units += typeface.glyph(character, weight).advance
    return (units * size) / typeface.unitsPerEm
  }

  function write(text: string, x: number, y: number, style: Style, anchor = 'start'): string {
    const taken = anchor === 'start' ? 0 : width(text, style) / (anchor === 'middle' ? 2 : 1)
    const scale = round(style.size / typeface.unitsPerEm)
    const place = `translate(${round(x - taken)} ${round(y + style.size * middle)}) scale(${scale} ${-scale})`
    return `<g fill="${style.colour}" transform="${place}">${outlines(legible(text), style.weight, typeface)}</g>`
  }

  /** Word by word, a word only torn apart where it is wider than a line; the spaces stay at the lines' ends. */
  function fill(text: string, room: number, style: Style): string[] {
    const lines: string[] = []
    let line = ''
    for (const piece of pieces(legible(text), words)) {
      for (const part of width(piece, style) > room ? piece : [piece]) {
        if (line !== '' && width((line + part).trimEnd(), style) > room) {
          lines.push(line)
          line = ''
        }
        line += part
      }
    }
    return line === '' ? lines : [...lines, line]
  }

  function wrap(text: string, room: number, style: Style, mostLines: number): string[] {
    const lines = fill(text, room, style)
    if (lines.length <= mostLines) return balanced(text, room, style, lines).map((line) => line.trim())
    let last = ''
    for (const character of lines.slice(mostLines - 1).join('')) {
      if (width(last + character + ellipsis, style) > room) break
      last += character
    }
    return [...lines.slice(0, mostLines - 1), last.trim() + ellipsis].map((line) => line.trim())
  }

  /** Lines of about one length, rather than a last one of a single character. */
  function balanced(text: string, room: number, style: Style, lines: string[]): string[] {
    if (lines.length < 2) return lines
    let best = lines
    for (let narrower = room - style.size / 2; narrower > room / 2; narrower -= style.size / 2) {
      const tried = fill(text, narrower, style)
      if (tried.length > lines.length || tried.some((line) => width(line.trim(), style) > narrower)) break
      best = tried
    }
    return best
  }

  return { width, write, wrap }
}

/** What has a shape of its own: no controls, no joiners, and every kind of space is one. */
function legible(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\p{C}\p{M}]/gu, '')
    .trim()
}

/** What is not to be torn apart at a line's end: words, with the punctuation that belongs to them. */
function pieces(text: string, words: Intl.Segmenter): string[] {
  const made: string[] = []
  for (const { segment } of words.segment(text)) {
    const last = made.at(-1)
    const belongs = /^[\p{Pd}\p{Pe}\p{Pf}\p{Po}\s]+$/u.test(segment) || /[\p{Ps}\p{Pi}]$/u.test(last ?? '')
    if (last !== undefined && belongs) made[made.length - 1] = last + segment
    else made.push(segment)
  }
  return made
}

function outlines(text: string, weight: Weight, typeface: Typeface): string {
  let at = 0
  let drawn = ''
  for (const character of text) {
    const { outline, advance } = typeface.glyph(character, weight)
    if (outline !== '') drawn += `<path transform="translate(${at})" d="${outline}"/>`
    at += advance
  }
  return drawn
}
