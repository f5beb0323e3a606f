import { clip, guarded } from './clean.ts'
import type { Foot } from './foot.ts'
import { type Piece, piece } from './piece.ts'

/** Of a message on a phone: as much as is read without losing one's place. */
export const limits = { characters: 900, lines: 30, pages: 5 }
/** `（2/3）`, and what else stands between the parts. */
const roomForMark = 12
const mostLinesTogether = 10
const longestTitle = 300

export interface PageWords {
  page(number: number, of: number): string
  /** In place of so many lines of a list, and of anything else. */
  leftOut(listed: number, others: number): string
}

/** The title on every page, the menu below each, the commands below the last. */
export function pagesOf(
  heading: string,
  pieces: readonly Piece[],
  { menu, commands }: Foot,
  words: PageWords,
): string[] {
  const title = clip(heading, longestTitle)
  const pageOf = (body: readonly Piece[], isLast: boolean, mark = '') => {
    const foot = isLast ? [menu, commands] : [menu]
    const below = foot.filter((lines) => lines.length > 0).map((lines) => piece(lines, { apart: true }))
    return textOf([piece([title + mark]), ...body, ...below])
  }
  if (fits(pageOf(pieces, true), limits.characters)) return [pageOf(pieces, true)]

  const room = limits.characters - roomForMark
  let left = pieces.flatMap((one) => split(one, room - pageOf([], false).length))
  const bodies: Piece[][] = []
  while (bodies.length < limits.pages - 1 && !fits(pageOf(left, true), room)) {
    let count = 1
    // Something is left for the last page, that it be not commands alone.
    while (count + 1 < left.length && fits(pageOf(left.slice(0, count + 1), false), room)) count += 1
    bodies.push(left.slice(0, count))
    left = left.slice(count)
  }
  let kept = Math.min(left.length, limits.lines)
  while (kept > 0 && !fits(pageOf(cut(left, kept, words), true), room)) kept -= 1
  bodies.push(cut(left, kept, words))
  return bodies.map((body, at) => pageOf(body, at === bodies.length - 1, words.page(at + 1, bodies.length)))
}

function fits(page: string, characters: number): boolean {
  return page.length <= characters && page.split('\n').length <= limits.lines
}

function textOf([first, ...rest]: Piece[]): string {
  const lines = rest.flatMap(({ apart, lines }, at) => (apart && at > 0 ? ['', ...lines] : lines))
  return [...(first?.lines ?? []), ...lines].join('\n')
}

function cut(pieces: readonly Piece[], keep: number, { leftOut }: PageWords): Piece[] {
  const dropped = pieces.slice(keep)
  if (dropped.length === 0) return [...pieces]
  const listed = dropped.filter((one) => one.listed).length
  return [...pieces.slice(0, keep), piece([leftOut(listed, dropped.length - listed)], { apart: true })]
}

/** What is longer than a page, in parts that are not. */
function split(whole: Piece, characters: number): Piece[] {
  const parts: string[][] = [[]]
  let size = 0
  for (const line of whole.lines.flatMap((long) => chopped(long, characters))) {
    const last = parts.at(-1) ?? []
    size += line.length + 1
    if (last.length > 0 && (size > characters || last.length >= mostLinesTogether)) {
      parts.push([line])
      size = line.length + 1
    } else last.push(line)
  }
  return parts.map((lines, at) => (at === 0 ? { ...whole, lines } : piece(lines)))
}

/** Never within a character; what begins a line anew must not look like a choice. */
function chopped(line: string, characters: number): string[] {
  const parts: string[] = []
  let rest = line
  while (rest.length + 1 > characters) {
    const at = characters - 2
    const end = /[\uD800-\uDBFF]/.test(rest[at - 1] ?? '') ? at - 1 : at
    parts.push(rest.slice(0, end))
    rest = guarded(rest.slice(end))
  }
  return [...parts, rest]
}
