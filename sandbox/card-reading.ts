import type { SandboxMessage } from './api.ts'

/** A button as a client would press it. */
export interface CardButton {
  label: string
  name?: string
  value: unknown
}

/** All that a message holds, as one text, with the entities of its markdown read. */
export function textOf({ content }: SandboxMessage): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

/** Every button of a card, in reading order. */
export function buttonsOf({ content }: SandboxMessage): CardButton[] {
  return buttonsIn(content)
}

function buttonsIn(node: unknown): CardButton[] {
  if (Array.isArray(node)) return node.flatMap(buttonsIn)
  if (typeof node !== 'object' || node === null) return []
  const element = node as {
    tag?: string
    name?: string
    text?: { content: string }
    behaviors?: { value: unknown }[]
  }
  if (element.tag !== 'button') return Object.values(element).flatMap(buttonsIn)
  return [{ label: element.text?.content ?? '', name: element.name, value: element.behaviors?.[0]?.value }]
}
