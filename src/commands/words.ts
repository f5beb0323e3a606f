import { z } from 'zod'
import { type Closing, closings, outcomes } from '../domain/assignment.ts'
import { type Urgency, urgencies } from '../domain/item.ts'
import { UserError } from '../errors.ts'
import { en } from '../messages/wording/en.ts'
import { zhCN } from '../messages/wording/zh-cn.ts'

/** Both languages are understood, whichever the bot speaks. */
export const wordings = [zhCN, en]

/** What officials type, with full-width signs and odd spaces made plain: for what is parsed, not for what is kept. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
}

/** `/status 12`, `／进度　#12`, `/进度：#12`: its name and what follows, as written; null for what is none, as a path `/usr/bin`. */
export function calledCommand(text: string): { name: string; words: string } | null {
  const form = /^[/／]\s?([^\s/／#＃,，:：;；、]+)(?=[\s#＃,，:：;；、]|$)[\s,，:：;；、]*(.*)/s
  const [, name, words = ''] = form.exec(text.replace(/[\u200b\ufeff]/g, ' ').trim()) ?? []
  return name === undefined ? null : { name: plainWords(name), words }
}

export function tokensOf(words: string): string[] {
  return plainWords(words)
    .split(/[\s,，、;；]+/)
    .filter((token) => token !== '')
}

/** The number in `#12`, or a bare `12`; null for any other word. */
export function codeOf(token: string): number | null {
  const digits = /^#?(\d{1,9})$/.exec(plainWords(token))?.[1]
  return digits === undefined || Number(digits) === 0 ? null : Number(digits)
}

/** `#12 the rest`: @throws {UserError} where no item is named */
export function codeAndRest(words: string): { item: number; rest: string } {
  const [, token = '', rest = ''] = /^(\S+)\s*(.*)/s.exec(words) ?? []
  const item = codeOf(token)
  if (item === null) throw new UserError((t) => t.errors.needCode)
  return { item, rest: rest.trim() }
}

/** The first word in small letters, and what follows it past signs and spaces: `满意，很快就解决了`. */
export function wordAndRest(words: string): { word: string; rest: string } {
  const [, word = '', rest = ''] =
    /^([^\s,，。.!！:：;；、]+)[\s,，。.!！:：;；、]*(.*)/s.exec(words.trim()) ?? []
  return { word: word.toLowerCase(), rest: rest.trim() }
}

/** Codes and nothing else. @throws {UserError} naming the word that is none */
export function codesOnly(words: string): number[] {
  return tokensOf(words).map((token) => {
    const code = codeOf(token)
    if (code === null) throw new UserError((t) => t.errors.surplus(token))
    return code
  })
}

export function urgencyOf(token: string): Urgency | null {
  const word = token.toLowerCase()
  return (
    urgencies.find(
      (urgency) => urgency === word || wordings.some((t) => t.urgencies[urgency].toLowerCase() === word),
    ) ?? null
  )
}

/** `全部办结`, `主办即可`: what the item waits for. */
export function closingOf(token: string): Closing | undefined {
  const word = token.toLowerCase()
  return closings.find((closing) => wordings.some((t) => t.words.closing[closing].includes(word)))
}

/** Items as a button carries them (`12,13`), a form (`12`) or a parsed line (`[12, 13]`). */
export const itemsArg = z
  .union([
    z.array(z.number()),
    z.string().transform((text) => text.split(',').filter(Boolean).map(Number)),
    z.number(),
  ])
  .transform((value) => (typeof value === 'number' ? [value] : value))
  .pipe(z.array(z.int().positive()).max(200))

export const itemArg = z.coerce.number().pipe(z.int().positive())

/** A field that may be left empty. */
export const blankToNull = z
  .string()
  .trim()
  .nullish()
  .transform((text) => (text ? text : null))

export const outcomeArg = z.enum(outcomes)

/** For commands that take nothing. @throws {UserError} naming what is too much */
export function nothingMore(words: string): object {
  if (words !== '') throw new UserError((t) => t.errors.surplus(words))
  return {}
}
