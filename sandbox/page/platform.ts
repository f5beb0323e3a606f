import { html, nothing, type TemplateResult } from 'lit-html'
import type { SandboxChat } from '../api.ts'
import { t } from './i18n.ts'
import { state } from './store.ts'

export function isWechat(chat: SandboxChat | undefined): boolean {
  return chat?.platform === 'wechat'
}

/** Says on which platform a chat is; nothing where all are on Feishu. */
export function platformMark(chat: SandboxChat): TemplateResult | typeof nothing {
  if (!state.chats.some(isWechat)) return nothing
  const platform = isWechat(chat) ? 'wechat' : 'feishu'
  return html`<span class="tag tag-${platform}" data-testid="platform" data-platform=${platform}>${t(platform)}</span>`
}
