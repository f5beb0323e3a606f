import type { Clause } from './clauses.ts'
import { findMentions } from './completion.ts'
import { anyOf } from './cue.ts'
import {
  complains,
  conditions,
  content,
  courteousConditions,
  hearsay,
  looksInto,
  notContent,
  others,
  ourselves,
  questions,
  says,
  sideQuestions,
} from './cues/doubts.ts'

/** In whose words and under what reserve a clause stands, from the clauses before and behind it in its sentence. */
export interface Voice {
  clause: Clause
  /** Somebody else's words. */
  quoted: boolean
  asked: boolean
  /** Asks about the paperwork only. */
  aside: boolean
  conditional: boolean
  /** Behind 如再, 如有: says nothing of what is. */
  courteous: boolean
}

const other = anyOf(others)
const say = `(?:${anyOf(says)}|问(?!题))`
const we = anyOf(ourselves)
const speech = new RegExp(`(?<![向给对与跟])${other}[^，。]{0,8}?${say}`, 'iu')
const complaint = new RegExp(`${other}[^，。的]{0,8}?(?:${anyOf(complains)})(?!的)`, 'iu')
const openSpeech = new RegExp(`(?:^据|${other})[^，。]{0,14}?(?:${say}|反映)$`, 'iu')
const asSource = new RegExp(`^(?:据|经)${other}[^，。]{0,8}?(?:${say}|反映)`, 'iu')
const tellsThem = new RegExp(`(?:向|给|对|与|跟|和|已|电话|联系)(?:${other})[^，。]{0,6}?(?:${say})`, 'iu')
const ourTurn = new RegExp(`^(?:经|现|目前|我|本|对此|为此|接报|接到|收到|${we}|we |our )`, 'iu')
/** 市教委反馈：, said of oneself at the head of a report. */
const ownHeader = /^市\p{Script=Han}{1,12}(?:反馈|回复|答复|报告)$/u
const embedded =
  /(?:核实|核查|研究|了解|检查|查看|评估|论证|调查|查明|查清|排查|商讨|确认)[^，。]{0,6}(?:是否|如何|怎么|哪|有无|有没有)/u

/** Hears who speaks in each clause; what others say, and conditions, hold to the end of their sentence. */
export function listen(clauses: readonly Clause[]): Voice[] {
  const voices: Voice[] = []
  let quoted = false
  let conditional = false
  let courteous = false
  let sentence = -1
  for (const clause of clauses) {
    if (clause.sentence !== sentence)
      [quoted, conditional, courteous, sentence] = [false, false, false, clause.sentence]
    if (quoted && ourTurn.test(clause.text)) quoted = false
    const theirs = theirWords(clause)
    courteous ||= courteousConditions.in(clause.text)
    conditional ||= !courteous && conditions.in(clause.text)
    voices.push({
      clause,
      quoted: quoted || theirs !== 'none',
      asked: isQuestion(clause),
      aside: false,
      conditional,
      courteous,
    })
    quoted ||= theirs === 'rest'
  }
  spreadConditions(voices)
  spreadQuestions(voices)
  spreadSpeech(voices)
  return voices
}

/** Whether the clause, or the rest of its sentence too, is in the words of others. */
function theirWords({ text, mark }: Clause): 'none' | 'clause' | 'rest' {
  if (ownHeader.test(text) && mark === '：') return 'none'
  if (hearsay.in(text)) return 'rest'
  if (content.in(text) && !notContent.in(text)) return 'none'
  if (tellsThem.test(text) && !findMentions(text).length) return 'none'
  if (openSpeech.test(text) || speech.test(text) || asSource.test(text)) return 'rest'
  return complaint.test(text) ? 'clause' : 'none'
}

function isQuestion({ text, mark }: Clause): boolean {
  if (mark === '？' || mark === '?') return true
  return questions.in(text) && !embedded.test(text) && !looksInto.in(text.slice(0, 4))
}

/** A condition named last holds for what it follows: 已解决，前提是物业配合. */
function spreadConditions(voices: Voice[]): void {
  for (const [i, voice] of voices.entries()) {
    const before = voices[i - 1]
    if (
      voice.conditional &&
      before &&
      before.clause.sentence === voice.clause.sentence &&
      trails.test(voice.clause.text)
    )
      before.conditional = true
  }
}
const trails =
  /^(?:但|不过)?(?:前提|除非|只要|如果|要是|取决于|if|unless|provided|as long as|subject to|once)/iu

/** Resolved, they say. */
function spreadSpeech(voices: Voice[]): void {
  for (const { clause } of voices) {
    if (!attribution.test(clause.text)) continue
    for (const other of voices) if (other.clause.sentence === clause.sentence) other.quoted = true
  }
}
const attribution = new RegExp(`^(?:${say}\\s?(?:the )?)?${other}\\s?(?:${say})?(?:的|了)?$`, 'iu')

/** A question that closes a sentence asks all of it, unless it is about the paperwork. */
function spreadQuestions(voices: Voice[]): void {
  for (const [i, voice] of voices.entries()) {
    const last = voices[i + 1]?.clause.sentence !== voice.clause.sentence
    if (!voice.asked || !last) continue
    if (sideQuestions.in(voice.clause.text) && findMentions(voice.clause.text).length === 0) {
      voice.aside = true
      continue
    }
    for (const other of voices) if (other.clause.sentence === voice.clause.sentence) other.asked = true
  }
}
