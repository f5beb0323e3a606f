import { html, type TemplateResult } from 'lit-html'
import { styleMap } from 'lit-html/directives/style-map.js'
import { markdown } from './markdown.ts'
import { type CardContext, type CardElement, type CardText, contentOf } from './schema.ts'
import { hueOf, textStyle } from './style.ts'

export function markdownElement(element: CardElement): TemplateResult {
  return html`<div class="markdown" style=${styleMap(textStyle(element))}>${markdown(contentOf(element))}</div>`
}

export function plainTextElement(element: CardElement): TemplateResult {
  return textObject(element)
}

export function divElement(element: CardElement, _context: CardContext): TemplateResult {
  return textObject((element.text ?? {}) as CardText)
}

/** A text object: plain words, or markdown where its tag says so. */
export function textObject(text: CardText): TemplateResult {
  const marked = text.tag === 'lark_md' || text.tag === 'markdown'
  const hue = hueOf(text.text_color)
  const lines = Number(text.lines) > 0 ? { '-webkit-line-clamp': String(text.lines) } : {}
  const classes = [
    marked ? 'markdown' : 'plain',
    hue ? `hue-text hue-name-${hue}` : '',
    Number(text.lines) > 0 ? 'clamped' : '',
  ]
  return html`<div class=${classes.filter(Boolean).join(' ')} style=${styleMap({ ...textStyle({ ...text }), ...lines })}
    >${marked ? markdown(contentOf(text)) : contentOf(text)}</div
  >`
}
