/**
 * Other people's words inside a markdown element. Every ASCII punctuation mark becomes its numeric entity (`*` is
 * `&#42;`), which Feishu's markdown shows as the character and never reads as markup: no emphasis, link, `<at>`,
 * `<font>`, list, code or emoji shortcut survives. White space collapses to single blanks, since indentation and
 * empty lines mean something in markdown too.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** The text on one line, without control characters; the wide blank, with which Chinese sets things apart, stays. */
export function oneLine(text: string): string {
  return text.replace(/(?:[^\S\u3000]|\p{Cc})+/gu, ' ').trim()
}

/**
 * Other people's words inside a text message. Text messages read `<at …>`, `<b>` and `[text](url)` as markup and know
 * no escape, so the marks that begin it give way to their full-width likenesses.
 */
export function defuseText(text: string): string {
  return text.replace(/<(?=[a-z/!])/gi, '＜').replace(/\](?=\()/g, '］')
}

/** A person's open_id as the platform makes them; anything else must not come near an `<at>` tag. */
export function isAccount(account: string): boolean {
  return /^ou_\w{1,64}$/.test(account)
}
