import { renderUnicodeCompact } from 'uqr'
import type { Locale } from '../../src/messages/voice.ts'
import { loginPath } from './login-page.ts'
import { loginWords } from './login-words.ts'

/** Where the operator looks: not the log, which is kept and shipped. */
export interface Console {
  isTTY?: boolean
  write(text: string): unknown
}

/** White on black whatever the terminal's colours are. */
const colours = { on: '\u001b[97;40m', off: '\u001b[0m' }

/** Draws the code where somebody may sit before it: a file would be filled with codes that nobody scans. */
export function drawCode(code: string, { to, locale }: { to: Console; locale: Locale }): void {
  if (!to.isTTY) return
  const rows = renderUnicodeCompact(code, { ecc: 'L', border: 2 }).split('\n')
  const drawn = rows.map((row) => `  ${colours.on}${row}${colours.off}`).join('\n')
  to.write(`\n  ${loginWords[locale].scanAtConsole}\n\n${drawn}\n\n`)
}

/**
 * Where the login page is, said the one time that its token is made. Where nobody sits before it, what is written is kept
 * in a journal that others may read: then only where the token lies.
 */
export function tellLoginPage(
  { token, file }: { token: string; file: string },
  { to, locale }: { to: Console; locale: Locale },
): void {
  const { pageAtConsole, tokenAtConsole } = loginWords[locale]
  const words = to.isTTY
    ? pageAtConsole(`${loginPath}?token=${token}`)
    : tokenAtConsole(`${loginPath}?token=…`, file)
  to.write(`\n  ${words}\n\n`)
}
