import type { Lang } from './i18n.ts'
import { state } from './store.ts'

/** What the URL selects: `?as=ou_…&chat=oc_…&thread=om_…&lang=en`. */
export interface Address {
  as: string | undefined
  chat: string | undefined
  thread: string | undefined
  lang: Lang | undefined
}

export function readAddress(): Address {
  const query = new URLSearchParams(location.search)
  const lang = query.get('lang')
  return {
    as: query.get('as') ?? undefined,
    chat: query.get('chat') ?? undefined,
    thread: query.get('thread') ?? undefined,
    lang: lang === 'zh' || lang === 'en' ? lang : undefined,
  }
}

/** Brings the URL up to the state. `step` leaves a step for the browser's back button. */
export function writeAddress({ step = false } = {}): void {
  if (!state.me) return
  const query = new URLSearchParams({ as: state.me })
  if (state.chat) query.set('chat', state.chat)
  if (state.thread) query.set('thread', state.thread)
  if (state.lang !== 'zh') query.set('lang', state.lang)
  const url = `?${query}`
  if (url === location.search) return
  if (step) history.pushState(null, '', url)
  else history.replaceState(null, '', url)
}
