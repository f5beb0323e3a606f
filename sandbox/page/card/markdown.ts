import type { DirectiveResult } from 'lit-html/directive.js'
import { unsafeHTML } from 'lit-html/directives/unsafe-html.js'
import MarkdownIt from 'markdown-it'
import { fileUrl } from '../api.ts'
import { t } from '../i18n.ts'
import { nameOf } from '../select.ts'
import { state } from '../store.ts'
import { hueOf } from './style.ts'

/**
 * The platform's markdown as HTML. HTML in it is never passed on: the few tags that the platform knows (`at`, `font`,
 * `text_tag`, `a`, `br`) are read by a rule of our own, all others are shown as written.
 */
export function markdown(source: string): DirectiveResult {
  return unsafeHTML(markdownHtml(source))
}

export function markdownHtml(source: string): string {
  const key = `${state.me}|${state.lang}|${source}`
  let rendered = cache.get(key)
  if (rendered === undefined) {
    if (cache.size > 2_000) cache.clear()
    rendered = parser.render(source)
    cache.set(key, rendered)
  }
  return rendered
}

const cache = new Map<string, string>()

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true })
const { escapeHtml } = parser.utils

type InlineRule = Parameters<typeof parser.inline.ruler.before>[2]
type State = Parameters<InlineRule>[0]

const tags: { pattern: RegExp; push: (state: State, match: RegExpExecArray) => void }[] = [
  {
    pattern:
      /^<(?:at|person)\s+(?:id|ids|user_id|open_id)\s*=\s*["']?([\w,-]+)(?:[^\w,<>-][^<>]*)?>([^<]*)<\/(?:at|person)>/,
    push: (state, [, ids = '', name = '']) => {
      for (const id of ids.split(',')) raw(state, mentionHtml(id, name))
    },
  },
  {
    pattern: /^<text_tag(?:\s+color\s*=\s*["']?([\w-]+)["']?)?\s*>([^<]*)<\/text_tag>/,
    push: (state, [, color, text = '']) => {
      raw(
        state,
        `<span class="text-tag hue-name-${hueOf(color) ?? 'blue'}">${escapeHtml(decode(text))}</span>`,
      )
    },
  },
  {
    pattern: /^<font\s+color\s*=\s*["']?([\w-]+)["']?\s*>(?=[\s\S]*?<\/font>)/,
    push: (state, [, color]) => {
      const hue = hueOf(color)
      raw(state, hue ? `<span class="hue-text hue-name-${hue}">` : '<span>')
      state.env.fonts = Number(state.env.fonts ?? 0) + 1
    },
  },
  {
    pattern: /^<\/font>/,
    push: (state) => {
      if (!state.env.fonts) return raw(state, '')
      state.env.fonts = Number(state.env.fonts) - 1
      raw(state, '</span>')
    },
  },
  {
    pattern: /^<a\s+href\s*=\s*["']?(https?:[^\s"'<>]+)["']?\s*>([^<]*)<\/a>/,
    push: (state, [, href = '', text = '']) => {
      raw(state, `<a href="${escapeHtml(href)}" ${outward}>${escapeHtml(decode(text) || href)}</a>`)
    },
  },
  { pattern: /^<br\s*\/?>/, push: (state) => raw(state, '<br>') },
]

const outward = 'target="_blank" rel="noopener noreferrer"'

parser.inline.ruler.before('autolink', 'card_tags', (state, silent) => {
  if (state.src.charCodeAt(state.pos) !== 0x3c) return false
  const rest = state.src.slice(state.pos, state.posMax)
  for (const { pattern, push } of tags) {
    const match = pattern.exec(rest)
    if (!match) continue
    if (!silent) push(state, match)
    state.pos += match[0].length
    return true
  }
  return false
})

parser.renderer.rules.card_html = (tokens, at) => tokens[at]?.content ?? ''

parser.renderer.rules.link_open = (tokens, at, options, _env, self) => {
  tokens[at]?.attrSet('target', '_blank')
  tokens[at]?.attrSet('rel', 'noopener noreferrer')
  return self.renderToken(tokens, at, options)
}

/** Only the platform's own images are shown; an address elsewhere becomes a link. */
parser.renderer.rules.image = (tokens, at) => {
  const source = String(tokens[at]?.attrGet('src') ?? '')
  const alt = escapeHtml(tokens[at]?.content ?? '')
  if (/^[\w-]+$/.test(source)) return `<img src="${escapeHtml(fileUrl(source))}" alt="${alt}">`
  return `<a href="${escapeHtml(source)}" ${outward}>${alt || escapeHtml(source)}</a>`
}

/** CommonMark won't end `**期限：**` before a Chinese character; the platform does, and so do we. */
const Standard = parser.inline.State
parser.inline.State = class extends Standard {
  override scanDelims(
    start: number,
    canSplitWord: boolean,
  ): ReturnType<InstanceType<typeof Standard>['scanDelims']> {
    const found = super.scanDelims(start, canSplitWord)
    const before = this.src[start - 1] ?? ' '
    const after = this.src[start + found.length] ?? ' '
    if (!canSplitWord || !(isEastAsian(before) || isEastAsian(after))) return found
    return { ...found, can_open: !/\s/.test(after), can_close: !/\s/.test(before) }
  }
}

function isEastAsian(char: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef“”‘’—…·]/u.test(char)
}

function raw(state: State, content: string): void {
  state.push('card_html', '', 0).content = content
}

function mentionHtml(id: string, name: string): string {
  const all = id === 'all'
  const me = all || id === state.me
  const shown = all ? t('everyone') : decode(name) || nameOf(id)
  return `<span class="mention${me ? ' mention-me' : ''}" data-mention="${escapeHtml(id)}">@${escapeHtml(shown)}</span>`
}

/** Senders write `&lt;` where a name or a label has a sign of its own. */
function decode(text: string): string {
  return parser.utils.unescapeAll(text)
}
