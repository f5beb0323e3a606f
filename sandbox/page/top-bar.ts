import { html, nothing, type TemplateResult } from 'lit-html'
import { moveClock, takeLanguage } from './actions.ts'
import { faultsActive, faultsPanel } from './faults-panel.ts'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { now } from './select.ts'
import { state } from './store.ts'
import { clockTime, fullDay, wallTime } from './time.ts'

/** The thin bar on top: what belongs to the sandbox and not to the messenger. */
export function topBar(): TemplateResult {
  return html`<header class="top-bar">
    ${clock()}
    <span class="bot-status ${state.botOnline ? 'online' : ''}" data-testid="bot-status" data-online=${state.botOnline} role="status">
      <i></i><span>${state.botOnline ? t('botOnline') : t('botOffline')}</span>
    </span>
    <button
      class="top-button ${faultsActive() ? 'top-button-alert' : ''}"
      data-testid="faults-open"
      data-active=${faultsActive()}
      popovertarget="faults"
      aria-label=${faultsActive() ? t('faultsActive') : t('faults')}
      title=${faultsActive() ? t('faultsActive') : t('faults')}
    >
      ${icon('bug')}<span class="wide">${t('faults')}</span>
    </button>
    ${faultsPanel()}
    <button
      class="top-button"
      data-testid="language"
      lang=${state.lang === 'zh' ? 'en' : 'zh-CN'}
      @click=${() => takeLanguage(state.lang === 'zh' ? 'en' : 'zh')}
    >
      ${icon('globe')}<span>${t('languageSwitch')}</span>
    </button>
  </header>`
}

function clock(): TemplateResult {
  const zone = state.clock.timezone
  const movable = state.clock.controls.length > 0
  const label = movable ? t('simulatedClock') : t('clock')
  const face = html`${icon('clock')}
    <span class="clock-day">${fullDay(wallTime(now(), zone), true)}</span>
    <strong class="clock-time">${clockTime(now(), zone)}</strong>`
  return html`<div class="clock" role="group" aria-label=${label}>
    <span class="clock-face" data-testid="clock" data-now=${Math.floor(now() / 60_000) * 60_000} title=${`${label} · ${zone}`}>${face}</span>
    ${
      movable
        ? html`<button class="top-button clock-menu" popovertarget="clock-controls" aria-label=${t('moveClock')}>${icon('down')}</button>
            <div class="clock-controls" id="clock-controls" popover role="group" aria-label=${t('moveClock')}>
              ${state.clock.controls.map(controlButton)}
            </div>`
        : nothing
    }
  </div>`
}

function controlButton({ id, label }: { id: string; label: { zh: string; en: string } }): TemplateResult {
  return html`<button
    class="clock-control"
    data-testid="clock-control"
    data-control=${id}
    ?disabled=${state.clockMoving}
    @click=${() => moveClock(id)}
  >
    ${label[state.lang]}
  </button>`
}
