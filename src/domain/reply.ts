import type { Office } from './office-hours.ts'
import { splitClauses } from './reply/clauses.ts'
import { takeItems } from './reply/items.ts'
import { judge } from './reply/judge.ts'
import { readClause } from './reply/read-clause.ts'
import type { Reading } from './reply/reading.ts'
import { canonical } from './reply/text.ts'
import { listen } from './reply/voice.ts'
import type { LocalDate } from './time.ts'

export type { Action, Extension, Feedback, Intent, Reading, Return, Unclear, Why } from './reply/reading.ts'

export interface ReplyContext {
  today: LocalDate
  office: Office
}

/** A report fits into a fraction of it; what is longer was pasted. */
const longestReply = 4_000
/** Nor does anyone write so much without a mark. */
const longestClause = 400

/**
 * Reads what an official answers in plain words, Chinese or English. Certain or nothing: whatever is denied, asked,
 * hedged, promised, said by others or at odds with itself never counts as solved. Takes time linear in the text.
 */
export function readReply(text: string, context: ReplyContext): Reading {
  if (text.length > longestReply) {
    const { items } = takeItems(canonical(text.slice(0, longestClause)))
    return { items, intent: { kind: 'unclear', why: 'too-long' } }
  }
  const { items, rest, doubtful } = takeItems(canonical(text))
  if (!/[\p{L}\p{N}👌❌]/u.test(rest))
    return { items, intent: items.length > 0 ? { kind: 'unclear', why: 'empty' } : { kind: 'none' } }

  const clauses = splitClauses(rest)
  if (clauses.some(({ text: words }) => words.length > longestClause))
    return { items, intent: { kind: 'unclear', why: 'too-long' } }

  const voices = listen(clauses)
  const findings = voices.map((voice, i) =>
    readClause(voice, { ...context, before: i > 0 ? (voices[i - 1]?.clause.text ?? '') : '' }),
  )
  const intent = judge(findings, context.today)
  if (intent.kind === 'none' && items.length > 0 && findings.some(({ kind }) => kind === 'measure'))
    return { items, intent: { kind: 'unclear', why: 'no-outcome' } }
  if (doubtful && intent.kind !== 'unclear') {
    const guess = intent.kind === 'none' ? undefined : intent
    return { items, intent: { kind: 'unclear', why: 'several-items', guess } }
  }
  return { items, intent }
}
