import { html, nothing, type TemplateResult } from 'lit-html'
import { styleMap } from 'lit-html/directives/style-map.js'
import type { SandboxMessage } from '../../api.ts'
import { t } from '../i18n.ts'
import { asRecord, cardTitle } from '../plain.ts'
import { renderElements } from './elements.ts'
import { cardHeader } from './header.ts'
import { elementsOf } from './schema.ts'
import { sessionOf } from './session.ts'
import { edges, space, styles } from './style.ts'

/** An interactive card. `scope` tells apart the places where it is shown at once. */
export function card(message: SandboxMessage, json: Record<string, unknown>, scope: string): TemplateResult {
  const body = asRecord(json.body)
  if (elementsOf(body.elements).length === 0 && !json.header) {
    return html`<div class="card card-broken" data-testid="card">${t('brokenCard')}</div>`
  }
  const session = sessionOf(message.message_id)
  const width = asRecord(json.config).width_mode
  return html`<section
    class="card ${width === 'fill' ? 'card-fill' : width === 'compact' ? 'card-compact' : ''}"
    data-testid="card"
    aria-label=${cardTitle(json) || t('untitledCard')}
    aria-busy=${session.busy !== undefined}
  >
    ${json.header ? cardHeader(asRecord(json.header)) : nothing}
    <div
      class="card-body ${body.direction === 'horizontal' ? 'card-row' : ''}"
      style=${styleMap(styles({ padding: edges(body.padding), gap: space(body.vertical_spacing) }))}
    >
      ${renderElements(body.elements, { message, session, scope, render: renderElements })}
    </div>
  </section>`
}
