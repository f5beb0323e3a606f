import { html, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { t } from '../i18n.ts'
import { icon } from '../icons.ts'
import { now } from '../select.ts'
import { state } from '../store.ts'
import { dayOf } from '../time.ts'
import { calendar, keepBeside, resetCalendar } from './calendar.ts'
import { control } from './control.ts'
import { field } from './field.ts'
import { fieldValue } from './form-values.ts'
import { type CardContext, type CardElement, contentOf } from './schema.ts'

/** A day: written, or chosen in a calendar whose today is the sandbox's. */
export function dateElement(element: CardElement, context: CardContext): TemplateResult {
  const name = String(element.name ?? '')
  const value = fieldValue(element, context.session)
  return field(element, context, (parts) => {
    const popover = `${parts.id}-calendar`
    const choose = (day: string) => {
      parts.set(day)
      document.getElementById(popover)?.hidePopover()
      document.getElementById(parts.id)?.focus()
    }
    return html`<div class="date">
      <input
        class="input"
        type="text"
        inputmode="numeric"
        placeholder=${`${contentOf(element.placeholder) || t('chooseDate')}（${t('dateFormat')}）`}
    ${control(element, parts)}
        .value=${live(value)}
        @input=${(event: Event) => parts.set((event.target as HTMLInputElement).value)}
        @change=${(event: Event) => parts.set(tidy((event.target as HTMLInputElement).value))}
      />
      <button
        type="button"
        class="icon-button small date-open"
        data-testid="date-open"
        data-name=${name}
        popovertarget=${popover}
        aria-label=${t('calendarFor', { name: parts.label })}
        ?disabled=${parts.disabled}
      >
        ${icon('calendar')}
      </button>
      <div
        class="popover calendar"
        id=${popover}
        popover
        role="dialog"
        aria-label=${t('chooseDate')}
        @beforetoggle=${(event: ToggleEvent) => event.newState === 'open' && resetCalendar(popover, value)}
        @toggle=${keepBeside}
      >
        ${calendar(popover, value, dayOf(now(), state.clock.timezone), choose)}
      </div>
    </div>`
  })
}

/** `2026/11/3`, `2026.11.3` and `2026年11月3日` as the platform writes days. */
function tidy(text: string): string {
  const parts = /^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*(?:日\s*)?$/.exec(text)
  if (!parts) return text.trim()
  return `${parts[1]}-${parts[2]?.padStart(2, '0')}-${parts[3]?.padStart(2, '0')}`
}
