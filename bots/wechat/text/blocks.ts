import type { Block, Entry, Field } from '../../../src/messages/message.ts'
import type { TextWords } from '../words.ts'
import { guarded, indented, linesOf, oneLine, withoutCodes } from './clean.ts'
import { type Piece, piece } from './piece.ts'

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>
/** Where one of these is headed, the heading goes with its first line. */
const headed: Block['kind'][] = ['entries', 'table', 'fields']
const longestHeading = 60

/** The message without its title and without what can be done about it. */
export function piecesOf(blocks: readonly Block[], words: TextWords): Piece[] {
  const shown = blocks.filter(isShown)
  const pieces: Piece[] = []
  let above: string[] = []
  for (const [at, block] of shown.entries()) {
    const [first, ...rest] = piecesOfBlock(block, words)
    if (!first) continue
    if (block.kind === 'divider' || isHeading(block, shown[at + 1])) {
      above = [...above, ...first.lines]
      continue
    }
    const isClose = above.length === 0 ? follows(block, shown[at - 1]) : above[0] === words.divider
    const apart = pieces.length > 0 && !isClose
    pieces.push({ ...first, apart, lines: [...above, ...first.lines] }, ...rest)
    above = []
  }
  return pieces
}

/** What is drawn, or done, is no line of text; nor is what speaks of the buttons of a card. */
function isShown(block: Block): boolean {
  return (
    !['actions', 'form', 'chart'].includes(block.kind) && !(block.kind === 'note' && block.on === 'cards')
  )
}

function piecesOfBlock(block: Block, words: TextWords): Piece[] {
  switch (block.kind) {
    case 'text':
    case 'note':
      return oneOrNone(linesOf(block.text).map(guarded))
    case 'quote':
      return oneOrNone(quoteLines(block, words))
    case 'fields':
      return block.fields.map((field) => piece(fieldLines(field, words)))
    case 'entries':
      return block.entries.map((entry) => piece(entryLines(entry, words), { listed: true }))
    case 'table':
      return tablePieces(block, words)
    case 'divider':
      return [piece([words.divider])]
    case 'actions':
    case 'form':
    case 'chart':
      return []
  }
}

function oneOrNone(lines: string[]): Piece[] {
  return lines.length === 0 ? [] : [piece(lines)]
}

function quoteLines({ text }: Of<'quote'>, words: TextWords): string[] {
  const said = linesOf(withoutCodes(text)).join('\n')
  return said === '' ? [] : words.quote(said).split('\n').map(guarded)
}

function fieldLines({ label, value }: Field, words: TextWords): string[] {
  const [first = '', ...more] = linesOf(value)
  return [guarded(`${oneLine(label)}${words.colon}${first}`.trimEnd()), ...more.map(indented)]
}

function entryLines({ text, note }: Entry, words: TextWords): string[] {
  const said = oneLine(text)
  const line = /^[#/【[]/u.test(said) ? said : words.bullet + said
  const small = oneLine(note ?? '')
  return small === '' ? [line] : [line, indented(small)]
}

function tablePieces({ columns, rows }: Of<'table'>, words: TextWords): Piece[] {
  const lineOf = (cells: string[]) => guarded(cells.map(oneLine).join(words.beside))
  const [first, ...rest] = rows.map((row) => lineOf(columns.map(({ key }) => row[key] ?? '')))
  if (first === undefined) return []
  const head = lineOf(columns.map(({ label }) => label))
  return [piece([head, first], { listed: true }), ...rest.map((line) => piece([line], { listed: true }))]
}

function isHeading(block: Block, next: Block | undefined): boolean {
  return (
    block.kind === 'text' &&
    block.strong === true &&
    block.text.length <= longestHeading &&
    next !== undefined &&
    headed.includes(next.kind)
  )
}

/** Without an empty line between them. */
function follows({ kind }: Block, before: Block | undefined): boolean {
  if (before?.kind === 'quote') return false
  return kind === 'note' || (kind === 'text' && before?.kind === 'text')
}
