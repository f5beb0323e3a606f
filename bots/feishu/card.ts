import type { CardWords } from '../../src/messages/limits.ts'
import { cardWords } from '../../src/messages/limits.ts'
import type { Block, Mention, Message } from '../../src/messages/message.ts'
import type { Locale } from '../../src/messages/voice.ts'
import { renderButtonRow } from './card/button.ts'
import { renderChart } from './card/chart.ts'
import type { Card, Element } from './card/element.ts'
import { paragraph, plain } from './card/element.ts'
import { renderEntries } from './card/entries.ts'
import { isAccount, oneLine } from './card/escape.ts'
import { renderFields } from './card/fields.ts'
import { fitted } from './card/fit.ts'
import { renderForm } from './card/form.ts'
import type { Names } from './card/names.ts'
import { createNames } from './card/names.ts'
import { renderTable } from './card/table.ts'
import { renderDivider, renderNote, renderQuote, renderText } from './card/texts.ts'
import { headerTemplates } from './card/tones.ts'

interface Context {
  names: Names
  words: CardWords
}

type Renderers = {
  [Kind in Block['kind']]: (block: Extract<Block, { kind: Kind }>, context: Context) => Element[]
}

const renderers = {
  text: renderText,
  quote: renderQuote,
  fields: renderFields,
  entries: renderEntries,
  table: renderTable,
  chart: renderChart,
  actions: ({ actions }) => renderButtonRow(actions, 'medium'),
  form: renderForm,
  note: renderNote,
  divider: renderDivider,
} satisfies Renderers

/** A message as Card JSON 2.0, within the platform's limits: what does not fit is left out and said to be. */
export function renderCard(message: Message, locale: Locale): Card {
  const words = cardWords[locale]
  return fitted(message, words, (shown) => build(shown, words))
}

function build(message: Message, words: CardWords): Card {
  const context: Context = { names: createNames(), words }
  const title = oneLine(message.title)
  const elements = [
    ...renderMentions(message.mentions ?? []),
    ...message.blocks.flatMap((block) => renderBlock(block, context)),
  ]
  const headless = elements.length === 0
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: title } },
    ...(!headless && { header: { title: plain(title), template: headerTemplates[message.tone] } }),
    body: {
      padding: '12px 12px 16px 12px',
      vertical_spacing: '8px',
      elements: headless ? [paragraph(title)] : elements,
    },
  }
}

function renderBlock(block: Block, context: Context): Element[] {
  const render = renderers[block.kind] as (block: Block, context: Context) => Element[]
  return render(block, context)
}

/** Each person once, alerted by the platform; whoever has no account there is only named. */
function renderMentions(mentions: Mention[]): Element[] {
  const people = new Map(mentions.map((mention) => [mention.account, mention]))
  const known = [...people.values()].filter(({ account }) => isAccount(account))
  const unknown = [...people.values()].filter(({ account }) => !isAccount(account))
  return [
    ...(known.length > 0
      ? [{ tag: 'markdown', content: known.map(({ account }) => `<at id=${account}></at>`).join(' ') }]
      : []),
    ...(unknown.length > 0
      ? [paragraph(unknown.map(({ name }) => `@${oneLine(name).slice(0, 40)}`).join(' '))]
      : []),
  ]
}
