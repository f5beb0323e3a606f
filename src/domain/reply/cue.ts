/** Words that tell something, wherever in a clause they stand. */
export interface Cue {
  in(text: string): boolean
  /** Where they stand, in the order of the text, not overlapping. */
  all(text: string): Span[]
  /** The text with all of them taken out. */
  without(text: string): string
}

export interface Span {
  start: number
  end: number
  text: string
}

/**
 * @param butNot longer words that hold one of the cue's and mean something else: 委员会 for 会
 */
export function cue(words: readonly string[], butNot: readonly string[] = []): Cue {
  const pattern = new RegExp(`${butNot.length > 0 ? `${anyOf(butNot)}|` : ''}(${anyOf(words)})`, 'giu')
  const all = (text: string): Span[] => {
    const spans: Span[] = []
    for (const match of text.matchAll(pattern)) {
      if (match[1] !== undefined) spans.push(spanOf(match))
    }
    return spans
  }
  return {
    all,
    in: (text) => all(text).length > 0,
    without: (text) => text.replace(pattern, (whole, found) => (found === undefined ? whole : '')),
  }
}

/** Reads a table's words, set apart by 、 or a comma or a new line. */
export function list(table: string): string[] {
  return table
    .split(/[、,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** A regular expression's source for any of the words, the longest first, English ones only as whole words. */
export function anyOf(words: readonly string[]): string {
  const sources = [...words].sort((a, b) => b.length - a.length).map(wholeWord)
  return `(?:${sources.join('|')})`
}

export function spanOf(match: RegExpMatchArray): Span {
  const start = match.index ?? 0
  return { start, end: start + match[0].length, text: match[0] }
}

function wholeWord(word: string): string {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const before = /^[a-z0-9]/i.test(word) ? '(?<![a-z0-9])' : ''
  const after = /[a-z0-9]$/i.test(word) ? "(?![a-z0-9]|'[a-z])" : ''
  return `${before}${escaped}${after}`
}
