/** Lines that stay together on one page. */
export interface Piece {
  lines: string[]
  /** An empty line stands above it, unless it begins a page. */
  apart: boolean
  /** One of a list: where it is left out, it is counted. */
  listed: boolean
}

export function piece(lines: string[], { apart = false, listed = false } = {}): Piece {
  return { lines, apart, listed }
}
