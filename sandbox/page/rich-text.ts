import { html, type TemplateResult } from 'lit-html'
import { t } from './i18n.ts'
import { nameOf } from './select.ts'
import { state } from './store.ts'

/** A text message's words: mentions stand out, addresses become links; all else is shown as written. */
export function richText(text: string, mentions: { open_id: string; name: string }[]): TemplateResult {
  const byName = new Map(mentions.map((one) => [one.name, one.open_id]))
  const names = [...byName.keys()].filter(Boolean).sort((a, b) => b.length - a.length)
  const pattern = [
    '<at user_id="[^"]+">[^<]*</at>',
    'https?://[^\\s<>"\'，。；、）】」]+',
    ...names.map((name) => `@${escapePattern(name)}`),
  ].join('|')
  const pieces = text.split(new RegExp(`(${pattern})`, 'g'))
  return html`${pieces.map((piece, at) => (at % 2 === 0 ? piece : special(piece, byName)))}`
}

function special(piece: string, byName: Map<string, string>): TemplateResult {
  if (piece.startsWith('http')) return link(piece, piece)
  const tag = /^<at user_id="([^"]+)">([^<]*)<\/at>$/.exec(piece)
  if (tag) return mention(tag[1] ?? '', tag[2] ?? '')
  return mention(byName.get(piece.slice(1)) ?? '', piece.slice(1))
}

/** `@name`; strong when it is me. */
export function mention(id: string, name = ''): TemplateResult {
  const shown = id === 'all' ? t('everyone') : name || nameOf(id)
  return html`<span class="mention ${id === state.me || id === 'all' ? 'mention-me' : ''}" data-mention=${id}>@${shown}</span>`
}

/** A link to another site; only to http and https. */
export function link(href: string, text: string): TemplateResult {
  if (!/^https?:\/\//i.test(href)) return html`${text}`
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}</a>`
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
