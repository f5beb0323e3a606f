import { findMentions } from './completion.ts'
import { negators, noLonger } from './cues/doubts.ts'
import { concerns } from './cues/talk.ts'
import { findDates } from './dates.ts'
import type { Finding } from './findings.ts'
import type { Move, Setting } from './here.ts'
import { readCompletion, readMention, readReserve, readStep, readTypo, readUnderWay } from './read-outcome.ts'
import { readDeferral, readExtension, readReference, readReturn, readSuspension } from './read-request.ts'
import { readAcknowledgement, readAside, readCourtesy, readHeading, readInstruction } from './read-talk.ts'
import { withoutTopic } from './topic.ts'
import type { Voice } from './voice.ts'

/** In the order in which they are tried. */
const moves: Move[] = [
  readAside,
  readCourtesy,
  readAcknowledgement,
  readInstruction,
  readHeading,
  readExtension,
  readReturn,
  readSuspension,
  readDeferral,
  readReference,
  readTypo,
  readCompletion,
  readUnderWay,
  readMention,
  readStep,
  readReserve,
]

export function readClause(voice: Voice, setting: Setting): Finding {
  const { clause } = voice
  const dates = findDates(clause.text, setting.today, setting.office)
  const said = withoutTopic(clause.text)
  const negative = negators.in(noLonger.without(said))
  const at = { voice, text: clause.text, said, dates, setting }
  for (const move of moves) {
    const found = move(at)
    if (found) return { clause, dates, negative, ...found }
  }
  return {
    clause,
    dates,
    negative,
    kind: 'measure',
    concerns: concerns.in(clause.text) || findMentions(clause.text).length > 0,
  }
}
