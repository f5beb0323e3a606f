import type { SandboxMessage } from '../../sandbox/api.ts'
import type { Totals } from '../../src/domain/totals.ts'
import { totalsFields } from '../../src/messages/status.ts'
import type { Board } from './board.ts'
import type { Case } from './cases.ts'
import type { City } from './city.ts'
import { until } from './until.ts'

/** Asks the bot for the totals, and counts them anew from what the people did. @returns a line for each that differs */
export async function wrongTotals(
  { sandbox, taskForce, app }: City,
  board: Board,
  cases: Case[],
): Promise<string[]> {
  const asked = sandbox.sendText(taskForce.chat, taskForce.person, '/进度')
  const [answer] = await until(
    () => board.answersTo(asked.message_id).length > 0 && board.answersTo(asked.message_id),
    'the answer to /进度',
  )
  const shown = answer ? textsOf(answer) : []
  return totalsFields(expectedTotals(cases), app.voice).flatMap(({ label, value }) => {
    const said = shown[shown.indexOf(label) + 1]
    return shown.includes(label) && said === value
      ? []
      : [`${label} is ${said} in the totals and should be ${value}`]
  })
}

function expectedTotals(cases: Case[]): Totals {
  const count = (matches: (one: Case) => boolean) => cases.filter(matches).length
  const accepted = (outcome: Case['outcome']) =>
    count((one) => one.until === 'accepted' && one.outcome === outcome)
  return {
    collected: cases.length,
    waiting: 0,
    merged: 0,
    declined: 0,
    dispatched: cases.length,
    unacknowledged: count(({ until }) => until === 'sent'),
    working: count(({ until }) => until === 'working'),
    review: count(({ until }) => until === 'review'),
    suspended: 0,
    in_progress: accepted('in_progress'),
    resolved: accepted('resolved'),
    mostly_resolved: accepted('mostly_resolved'),
    deferred: 0,
    reference: 0,
    overdue: 0,
    rate_3wd: { n: 0, m: 0 },
    rate_7d: { n: 0, m: 0 },
  }
}

/** Every piece of text of a card, in reading order. */
function textsOf({ content }: SandboxMessage): string[] {
  return JSON.stringify(content)
    .matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)
    .map(([, text]) => JSON.parse(`"${text}"`) as string)
    .toArray()
}
