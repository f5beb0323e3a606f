import { type CardElement, contentOf } from './schema.ts'

const textTags = new Set(['markdown', 'div', 'plain_text'])

/**
 * The words of a short text without its markup and its closing sign: they name the field below it, for fields other
 * than inputs have no label of their own. Empty for other elements and for long texts.
 */
export function labelText(element: CardElement): string {
  if (!textTags.has(element.tag)) return ''
  const text = contentOf(element.tag === 'div' ? element.text : element)
  const plain = text.replace(/<[^<>]*>|[*_~`]/g, '').trim()
  return plain.length <= 40 && !plain.includes('\n') ? plain.replace(/(?<![：:＊*\s])[：:＊*\s]+$/, '') : ''
}
