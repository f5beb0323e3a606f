import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { SandboxPerson } from '../api.ts'
import { takePerson } from './actions.ts'
import { avatar } from './avatar.ts'
import { badge } from './badge.ts'
import { t } from './i18n.ts'
import { icon } from './icons.ts'
import { moveFocus } from './keys.ts'
import { department, nameOf, person, role, unreadOf } from './select.ts'
import { change, state } from './store.ts'

/** The left edge: who I am, and the persons taken lately, a click away. */
export function rail(): TemplateResult {
  const me = person(state.me)
  const recent = state.recent.filter((id) => id !== state.me && person(id)).slice(0, 6)
  return html`<aside class="rail">
    <button
      class="rail-me"
      data-testid="me"
      data-person=${state.me}
      popovertarget="people"
      aria-haspopup="dialog"
      aria-label=${t('whoAmI', { name: nameOf(state.me), title: me?.title ?? '' })}
      title=${`${nameOf(state.me)} · ${me?.title ?? ''}`}
    >
      ${avatar(state.me, 'large')}
      <span class="rail-swap">${icon('swap')}</span>
    </button>
    <span class="rail-name" aria-hidden="true">${nameOf(state.me)}</span>
    <span class="rail-role" aria-hidden="true">${me && role(me)}</span>
    ${
      recent.length > 0
        ? html`<div class="rail-recent" role="group" aria-label=${t('recentPeople')}>
            ${repeat(
              recent,
              (id) => id,
              (id) => html`<button
                class="rail-person"
                aria-label=${becomeLabel(id)}
                title=${`${nameOf(id)} · ${person(id)?.title ?? ''}`}
                @click=${() => takePerson(id)}
              >
                ${avatar(id)}${badge(unreadOf(id))}
              </button>`,
            )}
          </div>`
        : nothing
    }
    ${peopleSwitch()}
  </aside>`
}

/** The panel with everybody, by department. */
function peopleSwitch(): TemplateResult {
  const groups = groupsFound()
  return html`<div
    id="people"
    class="popover people"
    data-testid="people"
    popover
    role="dialog"
    aria-label=${t('switchPerson')}
    @toggle=${focusSearch}
    @keydown=${(event: KeyboardEvent) => moveFocus(event, '.person')}
  >
    <label class="search">
      ${icon('search')}
      <input
        type="text"
        role="searchbox"
        placeholder=${t('findPerson')}
        aria-label=${t('findPerson')}
        .value=${state.personQuery}
        @input=${(event: InputEvent) => change({ personQuery: (event.target as HTMLInputElement).value })}
      />
    </label>
    <div class="people-list">
      ${groups.length === 0 ? html`<p class="hint">${t('noPerson')}</p>` : nothing}
      ${repeat(
        groups,
        ([name]) => name,
        ([name, people]) => html`<section>
          <h3>${name || t('otherPeople')}</h3>
          ${repeat(people, (one) => one.open_id, personRow)}
        </section>`,
      )}
    </div>
  </div>`
}

function personRow(one: SandboxPerson): TemplateResult {
  const mine = one.open_id === state.me
  return html`<button
    class="person ${mine ? 'person-me' : ''}"
    data-testid="person"
    data-person=${one.open_id}
    data-name=${one.name}
    aria-current=${mine ? 'true' : 'false'}
    aria-label=${becomeLabel(one.open_id)}
    @click=${() => {
      takePerson(one.open_id)
      document.querySelector<HTMLElement>('#people')?.hidePopover()
    }}
  >
    ${avatar(one.open_id)}
    <span class="person-name">${one.name}</span>
    ${role(one) ? html`<span class="tag">${role(one)}</span>` : nothing}
    ${badge(unreadOf(one.open_id))}
  </button>`
}

function groupsFound(): [string, SandboxPerson[]][] {
  const query = state.personQuery.trim().toLowerCase()
  const groups = new Map<string, SandboxPerson[]>()
  for (const one of state.people) {
    if (!`${one.name} ${one.title}`.toLowerCase().includes(query)) continue
    const name = department(one)
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  return [...groups]
}

function becomeLabel(id: string): string {
  const unread = unreadOf(id).count
  const who = `${nameOf(id)}（${person(id)?.title ?? ''}）`
  return [t('becomePerson', { name: who }), unread > 0 ? t('unread', { n: unread }) : '']
    .filter(Boolean)
    .join(' · ')
}

function focusSearch(event: ToggleEvent): void {
  if (event.newState === 'open') (event.target as HTMLElement).querySelector('input')?.focus()
  else change({ personQuery: '' })
}
