import type { Card, Element } from '../../../bots/feishu/card/element.ts'
import type { Message } from '../../../src/messages/message.ts'

/** Every object of the card that has a tag, in order. */
export function elementsOf(node: unknown): Element[] {
  if (typeof node !== 'object' || node === null) return []
  const own = 'tag' in node && typeof node.tag === 'string' ? [node as Element] : []
  return [...own, ...Object.values(node).flatMap(elementsOf)]
}

/** The elements that stand in a property of an element. */
export function within(element: Element | undefined, property: string): Element[] {
  const inner = element?.[property]
  if (!Array.isArray(inner)) throw new Error(`no ${property} in ${element?.tag}`)
  return inner
}

export function tagged(card: Card, tag: string): Element[] {
  return elementsOf(card).filter((element) => element.tag === tag)
}

/** All that can be read on the card, in order. */
export function wordsOf(card: Card): string[] {
  return elementsOf(card).flatMap(({ content }) => (typeof content === 'string' ? [content] : []))
}

/** One message with every kind of block, `text` standing wherever a user's words can stand. */
export function everything(text: string): Message {
  return {
    title: text,
    tone: 'warning',
    mentions: [
      { account: 'ou_1', name: text },
      { account: text, name: text },
    ],
    blocks: [
      { kind: 'text', text },
      { kind: 'text', text, strong: true },
      { kind: 'quote', text },
      {
        kind: 'fields',
        fields: [
          { label: text, value: text },
          { label: '时限', value: '11月25日', tone: 'danger' },
        ],
      },
      {
        kind: 'entries',
        entries: [
          { text },
          { text, note: text, tone: 'danger', actions: [action(text)] },
          { text, actions: [action(text), action(text)] },
        ],
      },
      { kind: 'table', columns: [{ key: text, label: text }], rows: [{ [text]: text }] },
      {
        kind: 'chart',
        chart: { type: 'bar', title: text, values: [{ label: text, value: 1, group: text }] },
      },
      { kind: 'chart', chart: { type: 'pie', title: text, values: [{ label: text, value: 1 }] } },
      { kind: 'actions', actions: [action(text)] },
      {
        kind: 'form',
        form: {
          id: 'feedback',
          fields: [
            {
              kind: 'choice',
              name: 'outcome',
              label: text,
              required: true,
              options: [{ value: text, label: text }],
              initial: text,
            },
            { kind: 'text', name: 'measures', label: text, required: true, maxLength: 500, initial: text },
            { kind: 'date', name: 'promised', label: text, required: false },
          ],
          submit: action(text),
        },
      },
      { kind: 'note', text },
      { kind: 'divider' },
    ],
  }
}

function action(text: string) {
  return { label: text, style: 'danger', command: 'ack', args: { note: text }, confirm: text } as const
}
