import type { TemplateResult } from 'lit-html'
import type { SandboxMessage } from '../../api.ts'
import type { CardSession } from './session.ts'

/** An element of a Card JSON 2.0 body. The server has checked it; each family still reads only what it knows. */
export interface CardElement {
  tag: string
  element_id?: string
  margin?: string
  [property: string]: unknown
}

/** `plain_text`, `lark_md` or `markdown` with its content. */
export interface CardText {
  tag?: string
  content?: string
  text_size?: string
  text_align?: string
  text_color?: string
  lines?: number
}

/** What an element needs to know of where it stands. */
export interface CardContext {
  message: SandboxMessage
  session: CardSession
  /** Makes ids unique where the same card is shown twice. */
  scope: string
  /** The elements of the form around it. */
  form?: CardElement[]
  /** The id of the text just above: it names a field that has no label of its own. */
  labelledBy?: { id: string; text: string }
  render: (elements: unknown, context: CardContext) => TemplateResult
}

export function elementsOf(value: unknown): CardElement[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (one): one is CardElement => typeof one === 'object' && one !== null && typeof one.tag === 'string',
  )
}

/** The words of a text object, or of a plain string. */
export function contentOf(value: unknown): string {
  if (typeof value === 'string') return value
  const { content } = (value ?? {}) as CardText
  return typeof content === 'string' ? content : ''
}

/** An id for a part of an element, unique in the page. */
export function partId(context: CardContext, part: string): string {
  return `${context.scope}-${context.message.message_id}-${part}`.replace(/[^\w-]/g, '_')
}
