import { html, nothing, type TemplateResult } from 'lit-html'
import { asRecord } from '../plain.ts'
import { contentOf } from './schema.ts'
import { hueOf } from './style.ts'

/** A card's title with its template's colour, its subtitle and its tags. */
export function cardHeader(header: Record<string, unknown>): TemplateResult {
  const tags = Array.isArray(header.text_tag_list) ? header.text_tag_list.map(asRecord) : []
  const subtitle = contentOf(header.subtitle)
  return html`<header class="card-header hue-name-${hueOf(header.template) ?? 'default'}">
    <div class="card-header-line">
      <h3 class="card-title" data-testid="card-title">${contentOf(header.title)}</h3>
      ${tags.map((tag) => textTag(contentOf(tag.text), tag.color))}
    </div>
    ${subtitle ? html`<p class="card-subtitle">${subtitle}</p>` : nothing}
  </header>`
}

/** A small coloured label. */
export function textTag(text: string, color: unknown): TemplateResult {
  return html`<span class="text-tag hue-name-${hueOf(color) ?? 'blue'}">${text}</span>`
}
