import type { SandboxMessage } from '../../sandbox/api.ts'

interface Node {
  tag?: string
  elements?: { tag?: string; text?: { content?: string } }[]
}

/** A card's fields by their labels: a label stands above its value, the two alone in a column. */
export function fieldsIn({ content }: SandboxMessage): Record<string, string> {
  return Object.fromEntries(pairsIn(content))
}

function pairsIn(node: unknown): [string, string][] {
  if (typeof node !== 'object' || node === null) return []
  const { tag, elements = [] } = node as Node
  const [label, value, more] = elements
  if (tag === 'column' && label?.tag === 'div' && value?.tag === 'div' && !more) {
    return [[label.text?.content ?? '', value.text?.content ?? '']]
  }
  return Object.values(node).flatMap(pairsIn)
}
