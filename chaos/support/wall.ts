import type { Office } from '../../src/domain/office-hours.ts'

/** Office time reckoned anew, in quarters of an hour and from what the clocks show, to check the bot's own reckoning. */
export interface Wall {
  /** `YYYY-MM-DD`. */
  date(at: number): string
  /** `HH:MM`. */
  time(at: number): string
  /** When the clocks show it first. */
  at(date: string, time: string): number
  /** The nth working day after, or before, that day. */
  workday(date: string, n: number): string
  isWorkday(date: string): boolean
  /** So many hours of office time later, or earlier. */
  officeHours(at: number, hours: number): number
  /** The first moment from then on at which a nudge may go out. */
  allowed(at: number): number
}

const quarter = 15 * 60_000
const day = 24 * 60 * 60_000

/** By the default hours, in that timezone; working days are the calendar's. */
export function wallOf(timezone: string, office: () => Office): Wall {
  const clocks = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  const shown = (at: number) => clocks.format(at)
  const date = (at: number) => shown(at).slice(0, 10)
  const time = (at: number) => shown(at).slice(11)
  const isWorkday = (on: string) => office().calendar.isWorkday(on)
  const isOpen = (at: number) => isWorkday(date(at)) && time(at) >= '09:00' && time(at) < '17:30'
  const isAllowed = (at: number) => isWorkday(date(at)) && time(at) >= '09:00' && time(at) < '21:00'

  // Asked again and again for the same.
  let { calendar } = office()
  const known = new Map<string, number>()
  function once(question: string, reckon: () => number): number {
    if (calendar !== office().calendar) known.clear()
    calendar = office().calendar
    const answer = known.get(question) ?? reckon()
    known.set(question, answer)
    return answer
  }

  return {
    date,
    time,
    isWorkday,
    at: (on, moment) =>
      once(`${on} ${moment}`, () => {
        const wanted = `${on} ${moment}`
        const noon = Date.parse(`${on}T${moment}Z`)
        for (let at = noon - day; at <= noon + day; at += quarter) if (shown(at) === wanted) return at
        throw new RangeError(`the clocks of ${timezone} never show ${wanted}`)
      }),
    workday(from, n) {
      let at = Date.parse(`${from}T12:00Z`)
      for (let left = Math.abs(n); left > 0; ) {
        at += Math.sign(n) * day
        if (isWorkday(new Date(at).toISOString().slice(0, 10))) left -= 1
      }
      return new Date(at).toISOString().slice(0, 10)
    },
    officeHours: (from, hours) =>
      once(`${hours} from ${from}`, () => {
        let left = Math.abs(hours) * 60 * 60_000
        const step = Math.sign(hours)
        for (let at = from; ; ) {
          const edge =
            step > 0 ? (Math.floor(at / quarter) + 1) * quarter : (Math.ceil(at / quarter) - 1) * quarter
          if (isOpen(Math.min(at, edge))) {
            const passing = Math.abs(edge - at)
            if (passing >= left) return at + step * left
            left -= passing
          }
          at = edge
        }
      }),
    allowed: (from) =>
      once(`allowed from ${from}`, () => {
        let at = from
        while (!isAllowed(at)) at = (Math.floor(at / quarter) + 1) * quarter
        return at
      }),
  }
}
