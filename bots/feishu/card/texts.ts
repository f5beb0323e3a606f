import type { Block } from '../../../src/messages/message.ts'
import type { Element } from './element.ts'
import { column, columnSet, paragraph, smallPrint } from './element.ts'

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

export function renderText({ text, strong }: Of<'text'>): Element[] {
  return isBlank(text) ? [] : [paragraph(text, strong ? { text_size: 'heading' } : {})]
}

/** The citizen's words stand apart on grey. */
export function renderQuote({ text }: Of<'quote'>): Element[] {
  if (isBlank(text)) return []
  const box = column([paragraph(text)], { background_style: 'grey', padding: '8px 12px 8px 12px' })
  return [columnSet([box], 'none')]
}

export function renderNote({ text }: Of<'note'>): Element[] {
  return isBlank(text) ? [] : [smallPrint(text)]
}

export function renderDivider(): Element[] {
  return [{ tag: 'hr' }]
}

/** The platform takes no empty text. */
function isBlank(text: string): boolean {
  return text.trim() === ''
}
