import { type Locale, locales } from '../../src/messages/voice.ts'

/** What a number stands for below a message. The same words are drawn there and read back from a quote. */
export interface Choice {
  number: number
  /** As the core understands it. */
  word: string
  /** What is to be written behind it. */
  rest?: string
  /** Stands before a date that is the time asked for. */
  until?: string
}

/** `review` of feedback, `request` for what may be granted as it is, `dated` for what takes a date. */
export type MenuKind = 'item' | 'review' | 'request' | 'dated'

const zhCN: Record<MenuKind, readonly Choice[]> = {
  item: [
    { number: 1, word: '已解决', rest: '措施' },
    { number: 2, word: '正在办理', rest: '措施＋完成日期' },
    { number: 3, word: '退回', rest: '原因' },
    { number: 4, word: '延期', rest: '原因', until: '延至' },
  ],
  review: [
    { number: 1, word: '通过' },
    { number: 2, word: '退回重办', rest: '原因' },
  ],
  request: [
    { number: 1, word: '同意' },
    { number: 2, word: '不同意', rest: '原因' },
  ],
  dated: [
    { number: 1, word: '同意', rest: '日期' },
    { number: 2, word: '不同意', rest: '原因' },
  ],
}

const en: Record<MenuKind, readonly Choice[]> = {
  item: [
    { number: 1, word: 'resolved', rest: 'measures' },
    { number: 2, word: 'in progress', rest: 'measures + date' },
    { number: 3, word: 'please return', rest: 'reason' },
    { number: 4, word: 'request extension', rest: 'reason', until: 'until ' },
  ],
  review: [
    { number: 1, word: 'accept' },
    { number: 2, word: 'redo', rest: 'reason' },
  ],
  request: [
    { number: 1, word: 'approve' },
    { number: 2, word: 'refuse', rest: 'reason' },
  ],
  dated: [
    { number: 1, word: 'approve', rest: 'date' },
    { number: 2, word: 'refuse', rest: 'reason' },
  ],
}

const menus = { 'zh-CN': zhCN, en } satisfies Record<Locale, Record<MenuKind, readonly Choice[]>>
const plus = { 'zh-CN': '＋', en: ' + ' } satisfies Record<Locale, string>
const comma = { 'zh-CN': '，', en: ', ' } satisfies Record<Locale, string>

/** Both languages: what is quoted may be older than the bot's present one. */
const everyChoice = locales.flatMap((locale) => Object.values(menus[locale]).flat())

const numbers = [...new Set(everyChoice.map(({ number }) => number))]

export function choicesOf(kind: MenuKind, locale: Locale): readonly Choice[] {
  return menus[locale][kind]
}

/** `2 正在办理＋措施＋完成日期`. */
export function menuLine({ number, word, rest }: Choice, locale: Locale): string {
  return `${number} ${word}${rest === undefined ? '' : plus[locale] + rest}`
}

/**
 * What the number stands for in the quoted message; without one, in the menu of an item. Null where the quoted message
 * offers nothing under that number, or more than one thing.
 */
export function wordOfNumber(quoted: string | undefined, number: number, locale: Locale): string | null {
  if (quoted === undefined) return menus[locale].item.find((choice) => choice.number === number)?.word ?? null
  const words = new Set(linesIn(quoted).flatMap((line) => wordOffered(line, number)))
  const [only, more] = words
  return more === undefined ? (only ?? null) : null
}

/** Whether a quoted message shows a menu, or what is left of one. */
export function showsMenu(quoted: string): boolean {
  return linesIn(quoted).some(looksLikeChoice)
}

function linesIn(quoted: string): string[] {
  return quoted.split(/\r\n|[\n\r]/)
}

/** Whether the line, in a quote, could be taken for a choice. */
export function looksLikeChoice(line: string): boolean {
  return /^[0-9０-９]/u.test(line) && numbers.some((number) => wordOffered(line, number).length > 0)
}

/** The word with what was written behind the number: `正在办理，已联系，11月30日`, each part for itself. */
export function inWords(word: string, rest: string, locale: Locale): string {
  const bare = rest.replace(/^[\s+＋,，、.．:：;；]+/u, '').trimEnd()
  if (bare === '') return word
  const { head, date } = dateApart(bare)
  const until = everyChoice.find((choice) => choice.word === word)?.until
  const day = until === undefined ? date : date.replace(/^(?:(?:by|before|on) )?(?=.)/iu, until)
  // A day alone is no reason: it stays with the word, and the reason is asked for.
  if (until !== undefined && head === '') return `${word} ${day.replace(/^延/u, '')}`
  return [word, head, day].filter((part) => part !== '').join(comma[locale])
}

/** A date at the end is read for the promise where it stands apart from the measures. */
function dateApart(text: string): { head: string; date: string } {
  const starts = [0, ...[...text.matchAll(/[\s，、；;]+/gu)].map(({ 0: gap, index }) => index + gap.length)]
  for (const start of starts.slice(-3)) {
    const date = text.slice(start)
    if (dateLike.test(date))
      return { head: text.slice(0, start).replace(/(?<![\s,，、;；])[\s,，、;；]+$/u, ''), date }
  }
  return { head: text, date: '' }
}

const dateLike =
  /^(?:by |before |on )?(?:\d{4}年)?(?:\d{1,2}月\d{1,2}[日号]?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}|(?:本|下)?(?:周|星期)[一二三四五六日天]|\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2})(?:之?前)?(?:办结|完成)?[。.]?$/iu

function wordOffered(line: string, number: number): string[] {
  const [, digits, offered = ''] = /^([0-9０-９])[.、．]?[ 　]?(.*)$/u.exec(line) ?? []
  if (digits === undefined || Number(digits.normalize('NFKC')) !== number) return []
  const choice = everyChoice.find(
    ({ number: own, word }) => own === number && offered.startsWith(word) && endsThere(offered, word),
  )
  return choice ? [choice.word] : []
}

function endsThere(offered: string, word: string): boolean {
  return /^(?:$|[\s＋+（(])/u.test(offered.slice(word.length))
}
