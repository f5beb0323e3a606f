import { createHash, timingSafeEqual } from 'node:crypto'
import { renderSVG } from 'uqr'
import type { Locale } from '../../src/messages/voice.ts'
import type { RateLimiter } from '../../src/ports.ts'
import type { ConnectionState } from './connection.ts'
import { type LoginWords, loginWords } from './login-words.ts'

/** What to mount at `GET /wechat/login`; gets the token of the address. */
export type LoginPage = (token: string | undefined) => Promise<PageAnswer>

export interface PageAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

export interface LoginPageDeps {
  /** Who brings it may see the code. */
  token(): Promise<string>
  state(): ConnectionState
  locale: Locale
  limiter: RateLimiter
}

/** Of wrong tokens, from all together: whoever has the right one is let in all the same. */
const wrongTokens = { key: 'wechat-login-refused', permits: 20, perMs: 60_000 }
const renewSeconds = 3

export const loginPath = '/wechat/login'

/** Shows how the login stands and the code to scan. All that it needs is in it: nobody else learns of the code. */
export function createLoginPage({ token, state, locale, limiter }: LoginPageDeps): LoginPage {
  const words = loginWords[locale]
  return async (brought) => {
    if (sameText(brought ?? '', await token())) return page(200, contentOf(state(), words), { locale, words })
    const waitMs = await limiter.take([wrongTokens])
    if (waitMs === 0) return page(403, { heading: words.refused, tone: 'bad' }, { locale, words })
    const answer = page(429, { heading: words.tooOften, tone: 'bad' }, { locale, words })
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(waitMs / 1000)) } }
  }
}

interface Content {
  heading: string
  tone: 'good' | 'waiting' | 'bad'
  advice?: string
  reason?: string
  code?: string
}

function contentOf(state: ConnectionState, words: LoginWords): Content {
  switch (state.kind) {
    case 'connecting':
      return { heading: words.connecting, tone: 'waiting', advice: words.connectingAdvice }
    case 'logged-in':
      return { heading: words.loggedIn(state.name), tone: 'good', advice: words.loggedInAdvice }
    case 'gateway-lost':
      return { heading: words.lost, tone: 'bad', advice: words.lostAdvice, reason: state.reason }
    case 'stopped':
      return { heading: words.stopped, tone: 'bad', advice: words.stoppedAdvice }
    case 'logged-out': {
      const { code, scanned, reason } = state
      if (scanned) return { heading: words.scanned, tone: 'waiting', advice: words.scannedAdvice, reason }
      return code === null
        ? { heading: words.loggedOut, tone: 'bad', advice: words.loggedOutAdvice, reason }
        : { heading: words.scan, tone: 'waiting', advice: words.scanAdvice, reason, code }
    }
  }
}

const style = `
:root { color-scheme: light dark; --page: #f4f6f9; --card: #fff; --text: #1f2329; --soft: #646a73;
  --good: #197a3e; --waiting: #1456c8; --bad: #b42318 }
@media (prefers-color-scheme: dark) { :root { --page: #17191c; --card: #232529; --text: #ebebeb; --soft: #a6a9ad;
  --good: #6cd391; --waiting: #8ab4ff; --bad: #ff9488 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 24px 16px; background: var(--page);
  color: var(--text); font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
main { width: 100%; max-width: 400px; padding: 32px 24px; border-radius: 12px; background: var(--card);
  text-align: center; box-shadow: 0 1px 3px #0002, 0 8px 24px #0001 }
h1 { margin: 0 0 16px; font-size: 14px; font-weight: 500; color: var(--soft) }
h2 { margin: 0 0 8px; font-size: 22px; line-height: 1.4 }
.good { color: var(--good) } .waiting { color: var(--waiting) } .bad { color: var(--bad) }
p { margin: 8px 0 0 }
h2, p { overflow-wrap: anywhere; text-wrap: balance }
svg { display: block; width: 100%; max-width: 280px; height: auto; margin: 20px auto 4px; border-radius: 8px }
.note { margin-top: 24px; font-size: 13px; color: var(--soft) }
`

const csp = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': csp,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

function page(
  status: number,
  { heading, tone, advice, reason, code }: Content,
  { locale, words }: { locale: Locale; words: LoginWords },
): PageAnswer {
  const renews = status === 200
  const lines = [
    '<!doctype html>',
    `<html lang="${locale}">`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    renews && `<meta http-equiv="refresh" content="${renewSeconds}">`,
    '<link rel="icon" href="data:,">',
    `<title>${escaped(words.title)}</title>`,
    `<style>${style}</style>`,
    '<main>',
    `<h1>${escaped(words.title)}</h1>`,
    `<h2 class="${tone}" role="status">${escaped(heading)}</h2>`,
    advice && `<p>${escaped(advice)}</p>`,
    reason && `<p>${escaped(words.reason(reason))}</p>`,
    code && picture(code, words),
    renews && `<p class="note">${escaped(words.renewed)}</p>`,
    '</main>',
    '</html>',
  ]
  return { status, headers, body: lines.filter(Boolean).join('\n') }
}

/** Black on white in any theme, or phones would not read it. */
function picture(code: string, { codeLabel }: LoginWords): string {
  const svg = renderSVG(code, { ecc: 'M', border: 4 })
  return svg.replace('<svg ', `<svg role="img" aria-label="${escaped(codeLabel)}" `)
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** Compared as digests, so that neither the length nor the place of a difference shows in the time. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
