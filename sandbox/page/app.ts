import { html, nothing, type TemplateResult } from 'lit-html'
import { chatList } from './chat-list.ts'
import { conversation } from './conversation.ts'
import { dialogs } from './dialogs.ts'
import { t } from './i18n.ts'
import { rail } from './rail.ts'
import { openChat } from './select.ts'
import { state } from './store.ts'
import { threadPanel } from './thread.ts'
import { toasts } from './toast.ts'
import { topBar } from './top-bar.ts'

/** The whole page. `retry` loads it again after it could not be loaded. */
export function app(retry: () => void): TemplateResult {
  if (state.phase === 'loading') return html`<div class="splash" role="status">${t('loading')}</div>`
  if (state.phase === 'failed') {
    return html`<div class="splash" role="alert">
      <p>${t('loadFailed', { reason: state.failure })}</p>
      <button class="button" @click=${retry}>${t('retry')}</button>
    </div>`
  }
  const thread = threadPanel()
  const screen = thread !== nothing ? 'thread' : openChat() ? 'chat' : 'list'
  return html`<div class="app" data-testid="app" data-screen=${screen}>
      ${topBar()} ${rail()}
      <div class="surface">${chatList()} ${conversation()} ${thread}</div>
    </div>
    ${state.connected ? nothing : html`<div class="connection" role="alert">${t('reconnecting')}</div>`}
    ${dialogs()} ${toasts()}`
}
