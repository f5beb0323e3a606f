/** A stretch of a reply that says one thing, with the mark that ends it. */
export interface Clause {
  /** Without a list's number. */
  text: string
  /** As written. */
  raw: string
  mark: string
  /** Clauses of one sentence share its number. */
  sentence: number
  /** Begins with 但, 不过, but. */
  contrast: boolean
}

const sentenceEnd = '。！？；\n!?;…'
const softEnd = '，：（）,()'
const contrastWord =
  /(?<![不非])但(?!凡|愿)|(?<![通审检超])不过(?!关|去)|然而|只不过|可是(?!否)|只是(?!因)|(?<![a-z])(?:but|however|although|except)(?![a-z])/giu
const listNumber = /^\s*(?:\d{1,2}[.、)）](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,2}、|[一二三四五]是)\s*/u

/** Splits a canonical text; no clause spans a mark, and a contrast begins its own. */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = []
  let sentence = 0
  for (const { piece, mark } of pieces(text)) {
    for (const part of beforeContrasts(piece)) {
      const last = part.end === piece.length
      const raw = piece.slice(part.start, part.end)
      const words = raw.replace(listNumber, '').trim()
      if (words !== '' || (last && mark !== ''))
        clauses.push({ text: words, raw, mark: last ? mark : '', sentence, contrast: part.contrast })
    }
    if (sentenceEnd.includes(mark) || mark === '.') sentence += 1
  }
  return clauses
}

function pieces(text: string): { piece: string; mark: string }[] {
  const found: { piece: string; mark: string }[] = []
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    if (!isMark(text, at)) continue
    found.push({ piece: text.slice(start, at), mark: text.charAt(at) })
    start = at + 1
  }
  if (start < text.length) found.push({ piece: text.slice(start), mark: '' })
  return found
}

function isMark(text: string, at: number): boolean {
  const char = text.charAt(at)
  const next = text.charAt(at + 1)
  if (char === '.')
    return (
      (next === '' || /\s/.test(next)) && !/(?:^|[\s，,])\d{1,2}$/.test(text.slice(Math.max(0, at - 3), at))
    )
  if (char === ',' || char === ':') return !/[\d/]/.test(next)
  return char !== '' && (sentenceEnd.includes(char) || softEnd.includes(char))
}

function beforeContrasts(piece: string): { start: number; end: number; contrast: boolean }[] {
  const starts = [...piece.matchAll(contrastWord)].map(({ index }) => index)
  const cuts = [...new Set([0, ...starts])]
  return cuts.map((start, i) => ({
    start,
    end: cuts[i + 1] ?? piece.length,
    contrast: starts.includes(start),
  }))
}
