import type { AnalysisResult } from 'scslre'

type Pattern = AnalysisResult['parsed']['pattern']
type Alternatives = Pattern['alternatives']
type Element = Alternatives[number]['elements'][number]
type Next = (at: number) => boolean

/** Enough to tell a line from a curve. */
const mostSteps = 400_000

/** How many steps a backtracking search takes, as the standard describes it: no engine's short cuts. */
export function stepsOf(pattern: Pattern, flags: string, text: string): number {
  const chars = /[uv]/.test(flags) ? [...text] : text.split('')
  const isOf = matcher(flags)
  let steps = 0

  function any(alternatives: Alternatives, at: number, forth: boolean, next: Next): boolean {
    return alternatives.some(({ elements }) =>
      all(forth ? elements : elements.toReversed(), 0, at, forth, next),
    )
  }

  function all(elements: Element[], which: number, at: number, forth: boolean, next: Next): boolean {
    const element = elements[which]
    if (!element) return next(at)
    return one(element, at, forth, (to) => all(elements, which + 1, to, forth, next))
  }

  function one(element: Element, at: number, forth: boolean, next: Next): boolean {
    steps += 1
    if (steps > mostSteps) throw new RangeError('too many steps')
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return any(element.alternatives, at, forth, next)
      case 'Quantifier':
        return repeated(element, 0, at, forth, next)
      case 'Assertion':
        return holds(element, at) && next(at)
      case 'Backreference':
        // All that we refer back to is a single mark.
        return at < chars.length && next(at + 1)
      default: {
        const char = chars[forth ? at : at - 1]
        return char !== undefined && isOf(element.raw, char) && next(forth ? at + 1 : at - 1)
      }
    }
  }

  function repeated(
    quantifier: Extract<Element, { type: 'Quantifier' }>,
    times: number,
    at: number,
    forth: boolean,
    next: Next,
  ): boolean {
    const { min, max, greedy, element } = quantifier
    const more = () =>
      times < max &&
      one(element, at, forth, (to) => to !== at && repeated(quantifier, times + 1, to, forth, next))
    const enough = () => times >= min && next(at)
    return greedy ? more() || enough() : enough() || more()
  }

  function holds(assertion: Extract<Element, { type: 'Assertion' }>, at: number): boolean {
    switch (assertion.kind) {
      case 'start':
        return at === 0 || (flags.includes('m') && chars[at - 1] === '\n')
      case 'end':
        return at === chars.length || (flags.includes('m') && chars[at] === '\n')
      case 'word':
        return (isOf('\\w', chars[at - 1] ?? ' ') !== isOf('\\w', chars[at] ?? ' ')) !== assertion.negate
      default:
        return (
          any(assertion.alternatives, at, assertion.kind === 'lookahead', () => true) !== assertion.negate
        )
    }
  }

  try {
    for (let start = 0; start <= chars.length; ) {
      let end = start
      const found = any(pattern.alternatives, start, true, (at) => {
        end = at
        return true
      })
      if (found ? !/[gy]/.test(flags) : flags.includes('y')) break
      start = Math.max(end, start + 1)
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return mostSteps
  }
  return steps
}

/** Words that may keep it busy when they are repeated, and what must stand before them. */
export function pumpsOf(pattern: Pattern, flags: string): { before: string; word: string }[] {
  const isOf = matcher(flags)
  const pumps = new Map<string, { before: string; word: string }>()

  function visit(alternatives: Alternatives, begun: string): void {
    for (const { elements } of alternatives) {
      let before = begun
      for (const element of elements) {
        if (element.type === 'Quantifier') {
          const within = element.element
          if (element.max === Number.POSITIVE_INFINITY) {
            for (const word of [first(within), last(within)])
              for (const pump of [
                { before, word },
                { before: '', word: before + word },
              ])
                pumps.set(JSON.stringify(pump), pump)
          }
          if ('alternatives' in within) visit(within.alternatives, before)
        } else if ('alternatives' in element) visit(element.alternatives, before)
        before += first(element)
      }
    }
  }

  const first = (element: Element) => wordOf(element, 0)
  const last = (element: Element) => wordOf(element, -1)

  function wordOf(element: Element, which: 0 | -1): string {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return (element.alternatives.at(which)?.elements ?? []).map((part) => wordOf(part, which)).join('')
      case 'Quantifier':
        return wordOf(element.element, which).repeat(Math.max(1, element.min))
      case 'Assertion':
      case 'Backreference':
        return ''
      case 'Character':
        return String.fromCodePoint(element.value)
      default:
        return [...samples].find((char) => isOf(element.raw, char)) ?? ''
    }
  }

  visit(pattern.alternatives, '')
  return [...pumps.values()].filter(({ word }) => word !== '')
}

const samples = 'a1中 A-.,，。：:#＃/[]（）()<>"\'=@_~*|!?；;、　\n\t\r\u200b\u0001「」号é😀'

/** Whether a character is of a class, a set or a character, as it is written. */
function matcher(flags: string): (raw: string, char: string) => boolean {
  const known = new Map<string, boolean>()
  const kept = flags.replace(/[gymd]/g, '')
  return (raw, char) => {
    const key = raw + char
    const is = known.get(key) ?? new RegExp(`^${raw}$`, kept).test(char)
    known.set(key, is)
    return is
  }
}
