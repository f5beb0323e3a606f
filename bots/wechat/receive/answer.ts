import type { Locale } from '../../../src/messages/voice.ts'
import type { IncomingText } from '../../../src/ports.ts'
import { choicesOf, inWords, showsMenu, wordOfNumber } from '../menu.ts'

/** `#12`, `【＃１２】`, several of them, and what stands between them and the answer. */
const codes = /^(?:【?[#＃] ?[\d０-９]{1,6}】?[\s,，、:：]*)*/u
/** `/反馈 #12 `: behind it an answer is read, too. */
const feedback = /^[/／]\s?(?:反馈|feedback)[\s,，:：]*[#＃]?\s?[\d０-９]{1,6}[\s,，、:：]+/iu
const circles = '①②③④⑤⑥⑦⑧⑨'
/** `2、` and the like, by the number. */
const listed = [...circles].map((circle, at) => {
  const plain = `[${at + 1}${String.fromCharCode(0xff11 + at)}] ?[、.．)）:：](?!\\d)`
  return new RegExp(`(?:^|[\\s,，;；。.：:（(])${plain}|${circle}`, 'u')
})
const choice = /^(?:[1-9１-９](?:\uFE0F?\u20E3)?|[①-⑨])/u

/** Between the choice and the words. A dot or a colon in 1.5 and 2:30 separates nothing. */
const separator = /^(?:$|[\s、。;；)）+＋]+|[.．,，:：]+(?![\d０-９])[\s+＋]*)/u
/** Written right behind the choice, these can only begin an answer. */
const unseparated = /^(?:已|正在|退回|延期|申请|同意|不同意|通过|因|经)/u

/** Behind a number, what makes it an amount, a date or a place: 2 个工作日, 2 月 3 日, 2 号楼. 处 counts, 处理 does not. */
const measures = [
  '[-~～—至到和或及与%％‰/]',
  '(?:多|余)?(?:个|日|号(?!召)|次(?!日)|件|名(?!单)|天(?!气|然)|小时|分钟|万|亿|元(?!旦)|米|公里|平方|亩|吨|辆|份|套|间(?!隔)|栋|幢|棵|盏|根(?!据))',
  '月(?!底|初|中|内)|周(?![一二三四五六日天末边围]|期)|年(?!底|初|内|度)|点(?!位|评)|处(?![理置])|户(?!主|外)|家(?!长|属)',
  '位(?!于|置)|人(?!员|工|行|大|社|民)|批(?!复|准|示|次)|条(?!件)|起(?!草)|场(?!地|所)|项(?!目)|台(?!账)|期(?!间|限)|倍|楼(?!道|梯|栋|宇)',
  '组(?!织|建|成|长)|科(?!技|学|长)|队(?!伍|长|员)|班(?!子|组|长)|审(?!核|批|定|查|计)',
  "(?:(?:working|business|more|other) )?(?:days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|items?|cases?|people|persons?|households?|sites?|times?|calls?|visits?|of|out|or|and|to|more|others?|[ap]m|o'clock)\\b",
]
const amount = new RegExp(`^(?:${measures.join('|')})`, 'iu')
const digit = /^[\d０-９]/u
/** Behind `2：` a number may be the time that is promised. */
const term = /^[\d０-９]{1,4}(?:年|月[\d０-９]{1,2}[日号]|[-./][\d０-９]{1,2}(?!\d)|个?(?:工作)?[日天])/u
/** With what stands before it one number: 1.5公里, 1,000, 2:30. */
const fraction =
  /^(?:[.．]\d+\s?(?:米|公里|万|亿|元|亩|吨|倍|平方|小时|[%％]|km)|[,，]\d{3}(?!\d)|[:：][0-5]\d(?!\d|[年月日号天]))/iu
const joined = /^[.．,，:：][\d０-９]/u

type Answer = Pick<IncomingText, 'text' | 'choice'> & {
  /** It begins with what may be the number of a choice, which without a menu or an item is no answer. */
  isNumbered: boolean
}

interface Asked {
  quoted: string | undefined
  locale: Locale
  /** It is said to the bot, in private or by a mention: then what is unclear may be asked about. */
  toBot: boolean
}

/**
 * A menu's number at the beginning in the words that it stands for, so that the core need not know the menu:
 * `2 已联系` is `正在办理，已联系`. Where the number may be meant as one, or nothing is quoted or named that it could be a
 * choice of, the text stays as it is: then the core is told of the choice no more than to ask.
 */
export function readAnswer(text: string, { quoted, locale, toBot }: Asked): Answer {
  const begun = beginningOf(text)
  if (!begun) return { text, isNumbered: false }
  const { named, number, rest, isClear } = begun
  const ofMenu = !feedback.test(named) && quoted !== undefined && showsMenu(quoted)
  const isCertain = ofMenu || named !== ''
  const mayAsk = isCertain || toBot || /[#＃] ?[\d０-９]/u.test(quoted ?? '')
  const word = mayAsk ? wordOfNumber(ofMenu ? quoted : undefined, number, locale) : null
  if (word === null) return { text, isNumbered: true }
  if (!isCertain || !isClear) return { text, isNumbered: true, choice: { word } }
  const review = ofMenu ? undefined : choicesOf('review', locale).find((one) => one.number === number)
  return {
    text: named + withWord(word, rest, locale),
    isNumbered: true,
    choice: { word, ...(review && { decision: withWord(review.word, rest, locale) }) },
  }
}

interface Beginning {
  /** The items, or the command, before the number. */
  named: string
  number: number
  rest: string
  /** No amount, no place, no time. */
  isClear: boolean
}

function beginningOf(text: string): Beginning | null {
  const named = (feedback.exec(text) ?? codes.exec(text))?.[0] ?? ''
  const [sign] = choice.exec(text.slice(named.length)) ?? []
  if (sign === undefined) return null
  const number = numberOf(sign)
  const behind = text.slice(named.length + sign.length)
  const between = separator.exec(behind)?.[0] ?? ''
  const rest = behind.slice(between.length)
  const lists = listsOn(rest, number + 1)
  if (lists && number === 1) return null
  // A circle is part of no longer number.
  const stands = between !== '' || behind === '' || circles.includes(sign) || unseparated.test(behind)
  if (!stands && (!joined.test(behind) || fraction.test(behind))) return null
  const isClear = stands && !lists && !countsWith(between, rest)
  return { named, number, rest: spaced(rest), isClear }
}

function numberOf(sign: string): number {
  return circles.includes(sign) ? circles.indexOf(sign) + 1 : Number(sign.normalize('NFKC').charAt(0))
}

/** A space sets a choice apart from 3号楼, and nothing from 个工作日. */
function countsWith(between: string, rest: string): boolean {
  if (!digit.test(rest)) return amount.test(rest)
  return !(/[\s)）]/u.test(between) || (/[:：]/u.test(between) && term.test(rest)))
}

/** 1、已约谈；2、已整改: a report in paragraphs, of which the first is no choice. */
function listsOn(rest: string, next: number): boolean {
  return listed[next - 1]?.test(rest) ?? false
}

/** The menu joins with a plus what is to be written, and some copy it. */
function spaced(rest: string): string {
  return rest.replace(/(?<![\da-z０-９])[+＋]|[+＋](?![\da-z０-９])/giu, ' ')
}

function withWord(word: string, rest: string, locale: Locale): string {
  const words = rest.trim()
  if (!words.toLowerCase().startsWith(word.toLowerCase())) return inWords(word, words, locale)
  const behind = words.slice(word.length)
  return /^\p{L}/u.test(behind) ? words : inWords(word, behind, locale)
}
