import type { Intent, Reading } from '../../src/domain/reply.ts'
import type { Labelled, Want } from './replies.labels.ts'

export interface Scored {
  label: Labelled
  reading: Reading
  wanted: string
  read: string
  /** What a reply to a reply changes: all but asking and staying silent. */
  acts: boolean
  /** Read as something else than it says, or said of other items. */
  wrong: boolean
  /** Everything that its label states was read. */
  exact: boolean
}

export function score(label: Labelled, reading: Reading): Scored {
  const [wanted, read] = [nameOf(label.want), nameOf(reading.intent)]
  const sameItems = String(label.items) === String(reading.items)
  return {
    label,
    reading,
    wanted,
    read,
    acts: changesSomething(read),
    wrong: changesSomething(read) && (wanted !== read || !sameItems),
    exact: wanted === read && sameItems && agrees(label.want, reading.intent),
  }
}

export function changesSomething(name: string): boolean {
  return name !== 'unclear' && name !== 'none'
}

/** acknowledge, resolved, mostly_resolved …, unclear, none. */
function nameOf(intent: Want | Intent): string {
  return intent.kind === 'feedback' ? intent.outcome : intent.kind
}

function agrees(want: Want, got: Intent): boolean {
  if (want.kind === 'feedback' && got.kind === 'feedback') {
    return (
      want.date === got.promisedDate &&
      (want.is === undefined || want.is === got.measures) &&
      (want.has ?? []).every((part) => got.measures.includes(part)) &&
      (want.reason === undefined || want.reason === got.reason)
    )
  }
  if (want.kind === 'extension' && got.kind === 'extension')
    return want.until === got.until && (want.reason === undefined || want.reason === got.reason)
  if (want.kind === 'return' && got.kind === 'return') return want.suggested === got.suggested
  if (want.kind === 'unclear' && got.kind === 'unclear') return want.why.includes(got.why)
  return want.kind === got.kind
}

/** Precision and recall of every intent and outcome, for people to read. */
export function tableOf(title: string, scored: readonly Scored[]): string {
  const names = [...new Set(scored.flatMap(({ wanted, read }) => [wanted, read]))].sort()
  const rows = names.map((name) => {
    const labelled = scored.filter(({ wanted }) => wanted === name)
    const found = scored.filter(({ read }) => read === name)
    const right = labelled.filter(({ read }) => read === name)
    return `  ${name.padEnd(16)} precision ${ratio(right.length, found.length)}  recall ${ratio(right.length, labelled.length)}`
  })
  const said = scored.filter(({ wanted }) => changesSomething(wanted))
  const understood = said.filter(({ exact }) => exact)
  const wrong = scored.filter(({ wrong }) => wrong)
  return [
    `${title}: ${scored.length} replies, ${ratio(understood.length, said.length)} understood without asking, ${wrong.length} wrong`,
    ...rows,
  ].join('\n')
}

function ratio(n: number, m: number): string {
  return `${n}/${m}${m === 0 ? '' : ` ${Math.round((1000 * n) / m) / 10}%`}`.padEnd(14)
}
