import { html, nothing, type TemplateResult } from 'lit-html'
import { t } from './i18n.ts'

/** How much is unread. */
export function badge(unread: { count: number; mentioned: boolean }): TemplateResult | typeof nothing {
  if (unread.count === 0) return nothing
  return html`<span
    class="badge"
    data-testid="unread"
    data-count=${unread.count}
    data-mentioned=${unread.mentioned}
    ><span aria-hidden="true">${unread.count > 99 ? '99+' : unread.count}</span
    ><span class="unseen">${t('unread', { n: unread.count })}</span></span
  >`
}
