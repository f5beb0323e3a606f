import { cardWords } from '../../src/messages/limits.ts'
import type { Chart, Message } from '../../src/messages/message.ts'
import type { Locale } from '../../src/messages/voice.ts'
import { piecesOf } from './text/blocks.ts'
import { oneLine } from './text/clean.ts'
import { footOf } from './text/foot.ts'
import { pagesOf } from './text/pages.ts'
import { textWords } from './words.ts'

export interface Pages {
  /** In the order in which they are to be sent. */
  pages: string[]
  /** To be sent as pictures behind them. */
  charts: Chart[]
}

/** A message as plain text for a phone. What does not fit is left out and said to be. */
export function renderPages(message: Message, locale: Locale): Pages {
  const words = textWords[locale]
  const { more, omitted } = cardWords[locale]
  const [seeAll = ''] = message.blocks.flatMap((block) =>
    block.kind === 'entries' ? (block.seeAll ?? []) : [],
  )
  const pages = pagesOf(oneLine(message.title), piecesOf(message.blocks, words), footOf(message, locale), {
    page: words.page,
    leftOut: (listed, others) => (listed > 0 ? more(listed) + seeAll : '') + (others > 0 ? omitted : ''),
  })
  return {
    pages: pages.map(withoutTrap),
    charts: message.blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : [])),
  }
}

/** Some puppets cut a group's text off where a line ends in an ASCII colon. */
function withoutTrap(page: string): string {
  return page.replace(/:[^\S\n]*(?=\n|$)/g, '：')
}
