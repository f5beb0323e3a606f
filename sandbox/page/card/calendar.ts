import { html, type TemplateResult } from 'lit-html'
import { t } from '../i18n.ts'
import { icon } from '../icons.ts'
import { change } from '../store.ts'
import { fullDay, isIsoDay, isoDay, monthLabel, weekdayHeads } from '../time.ts'

/** The month that each open calendar shows, `2026-11`. */
const shownMonths = new Map<string, string>()

/** Before it opens: at the chosen day's month again. */
export function resetCalendar(id: string, value: string): void {
  if (isIsoDay(value)) shownMonths.set(id, value.slice(0, 7))
  else shownMonths.delete(id)
  change()
}

/** A month of days to choose from, Monday first. Days are written `2026-11-30`. */
export function calendar(
  id: string,
  value: string,
  today: string,
  choose: (day: string) => void,
): TemplateResult {
  const month = shownMonths.get(id) ?? (isIsoDay(value) ? value : today).slice(0, 7)
  const turn = (months: number) => {
    shownMonths.set(id, addMonths(month, months))
    change()
  }
  const entry = value.startsWith(month) ? value : today.startsWith(month) ? today : `${month}-01`
  return html`<div class="calendar-head">
      <button type="button" class="icon-button small" aria-label=${t('previousMonth')} @click=${() => turn(-1)}>${icon('left')}</button>
      <strong aria-live="polite">${monthLabel(Number(month.slice(0, 4)), Number(month.slice(5)))}</strong>
      <button type="button" class="icon-button small" aria-label=${t('nextMonth')} @click=${() => turn(1)}>${icon('right')}</button>
    </div>
    <div class="calendar-days" @keydown=${moveByKey}>
      ${weekdayHeads().map((head) => html`<span class="calendar-weekday" aria-hidden="true">${head}</span>`)}
      ${daysAround(month).map(
        (day) => html`<button
          type="button"
          class="calendar-day ${day.startsWith(month) ? '' : 'calendar-other'} ${day === today ? 'calendar-today' : ''}"
          data-testid="date-day"
          data-date=${day}
          aria-label=${dayName(day)}
          aria-pressed=${day === value}
          tabindex=${day === entry ? 0 : -1}
          @click=${() => choose(day)}
        >
          ${Number(day.slice(8))}
        </button>`,
      )}
    </div>
    <div class="calendar-foot">
      <button type="button" class="link-button" @click=${() => choose(today)}>${t('today')}</button>
      <button type="button" class="link-button" @click=${() => choose('')}>${t('clear')}</button>
    </div>`
}

/** Puts an opening calendar beside its field, above it where there is no room below. */
export function keepBeside(event: ToggleEvent): void {
  if (event.newState !== 'open') return
  const popover = event.target as HTMLElement
  const anchor = popover.parentElement?.getBoundingClientRect()
  if (!anchor) return
  const { offsetHeight: height, offsetWidth: width } = popover
  const below = anchor.bottom + 4 + height <= innerHeight
  popover.style.top = `${Math.max(below ? anchor.bottom + 4 : anchor.top - 4 - height, 8)}px`
  popover.style.left = `${Math.min(Math.max(anchor.left, 8), innerWidth - width - 8)}px`
  popover.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
}

/** Six weeks: the month, and what fills its first and last one. */
function daysAround(month: string): string[] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const lead = (first.getUTCDay() + 6) % 7
  return Array.from({ length: 42 }, (_, at) => {
    const day = new Date(first)
    day.setUTCDate(1 - lead + at)
    return day.toISOString().slice(0, 10)
  })
}

function addMonths(month: string, months: number): string {
  const moved = new Date(`${month}-01T00:00:00Z`)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  return moved.toISOString().slice(0, 7)
}

function dayName(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  const wall = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  return isoDay(wall) && fullDay({ ...wall, weekday: date.getUTCDay(), hour: 0, minute: 0 }, true)
}

function moveByKey(event: KeyboardEvent): void {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const days = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.calendar-day')]
  days[days.indexOf(document.activeElement as HTMLElement) + step]?.focus()
}
