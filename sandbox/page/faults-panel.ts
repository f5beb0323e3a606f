import { html, type TemplateResult } from 'lit-html'
import type { Faults } from '../api.ts'
import { refreshFaults, saveFaults } from './actions.ts'
import { type TextKey, t } from './i18n.ts'
import { normalFaults, state } from './store.ts'

/** One number of the faults: how it is read and what a new value changes. */
interface NumberFault {
  name: TextKey
  min: number
  max: number
  read: (faults: Faults) => number
  write: (faults: Faults, value: number) => void
}

const numbers: NumberFault[] = [
  plain('rateLimitNext', 0, 1_000),
  plain('resetSeconds', 0, 600),
  failure('failNextCount', 'count', 0, 1_000),
  failure('failNextStatus', 'status', 200, 599),
  failure('failNextCode', 'code', 0, 2_147_483_647),
  plain('cutNext', 0, 1_000),
  plain('latencyMs', 0, 60_000),
  plain('duplicateEvents', 1, 10),
  plain('fragments', 1, 20),
  {
    name: 'failDiscoveryCount',
    min: 0,
    max: 1_000,
    read: ({ failDiscovery }) => failDiscovery?.count ?? 0,
    write: (faults, count) => {
      faults.failDiscovery = { status: 200, code: 1, withData: true, ...faults.failDiscovery, count }
    },
  },
]
const switches = ['halfOpen', 'groupMessages'] as const

/** Switches that make the platform behave badly. */
export function faultsPanel(): TemplateResult {
  return html`<form
    id="faults"
    class="popover faults"
    data-testid="faults"
    popover
    role="dialog"
    aria-label=${t('faults')}
    @toggle=${toggled}
    @submit=${apply}
  >
    <h3>${t('faults')}</h3>
    <p class="hint">${t('faultsHint')}</p>
    ${numbers.map(numberRow)} ${switches.map(switchRow)}
    <div class="faults-buttons">
      <button type="button" class="button" data-testid="faults-clear" @click=${clear}>${t('faultsClear')}</button>
      <button type="submit" class="button button-primary_filled" data-testid="faults-apply">${t('faultsApply')}</button>
    </div>
  </form>`
}

/** Whether the platform is misbehaving now; who may read the group is a setting and no fault. */
export function faultsActive(): boolean {
  const { rateLimitNext, failNext, cutNext, latencyMs, duplicateEvents, halfOpen, fragments } = state.faults
  return (
    rateLimitNext + failNext.count + cutNext + latencyMs > 0 ||
    duplicateEvents > 1 ||
    fragments > 1 ||
    halfOpen
  )
}

function numberRow({ name, min, max, read }: NumberFault): TemplateResult {
  return html`<label class="fault">
    <span>${t(name)}</span>
    <input type="number" name=${name} data-testid="fault" data-name=${name} min=${min} max=${max} value=${read(state.faults)} required />
  </label>`
}

function switchRow(name: (typeof switches)[number]): TemplateResult {
  return html`<label class="fault">
    <span>${t(name)}</span>
    <input type="checkbox" role="switch" class="switch" name=${name} data-testid="fault" data-name=${name} ?checked=${state.faults[name]} />
  </label>`
}

/** Counts are used up while the panel is closed; what was typed and not applied is gone the next time. */
function toggled(event: ToggleEvent): void {
  if (event.newState === 'open') void refreshFaults()
  else (event.target as HTMLFormElement).reset()
}

async function apply(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  const form = event.target as HTMLFormElement
  const faults: Faults = { ...state.faults, failNext: { ...state.faults.failNext } }
  for (const { name, write } of numbers) write(faults, Number(field(form, name).value))
  for (const name of switches) faults[name] = field(form, name).checked
  if (await saveFaults(faults)) form.reset()
}

async function clear(event: Event): Promise<void> {
  const { form } = event.currentTarget as HTMLButtonElement
  const { groupMessages } = state.faults
  if (await saveFaults({ ...normalFaults, groupMessages })) form?.reset()
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement
}

function plain(
  name: 'rateLimitNext' | 'resetSeconds' | 'cutNext' | 'latencyMs' | 'duplicateEvents' | 'fragments',
  min: number,
  max: number,
): NumberFault {
  return {
    name,
    min,
    max,
    read: (faults) => faults[name],
    write: (faults, value) => {
      faults[name] = value
    },
  }
}

function failure(name: TextKey, part: keyof Faults['failNext'], min: number, max: number): NumberFault {
  return {
    name,
    min,
    max,
    read: (faults) => faults.failNext[part],
    write: (faults, value) => {
      faults.failNext[part] = value
    },
  }
}
