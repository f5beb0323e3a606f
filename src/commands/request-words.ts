import { type Policy, parsePolicy } from '../domain/policy.ts'
import { findDates } from '../domain/reply/dates.ts'
import { canonical } from '../domain/reply/text.ts'
import { isStartOfDay, type LocalDate, localDate, parseInstant } from '../domain/time.ts'
import { UserError } from '../errors.ts'
import type { Call } from './command.ts'
import { wordAndRest, wordings } from './words.ts'

type Day = Pick<Call, 'app' | 'now'>

const longestDateWords = 3

/** `批准 5个工作日`, `不同意 理由不充分`: what a lead decides, and the words behind it; null where it is no decision. */
export function decisionIn(
  words: string,
): { decision: 'approve' | 'refuse' | 'resume'; rest: string } | null {
  const { word, rest } = wordAndRest(words)
  for (const decision of ['approve', 'refuse', 'resume'] as const) {
    if (wordings.some((t) => t.requests.words[decision].includes(word))) return { decision, rest }
  }
  return null
}

/**
 * The date at the start of the words, or else at their end, and what is left of them; null where none stands there.
 * @throws {UserError} where it is one that no calendar has
 */
export function dateAndRest(words: string, day: Day): { date: LocalDate; rest: string } | null {
  const tokens = words.trim().split(/[\s,，;；]+/)
  for (let length = Math.min(longestDateWords, tokens.length); length > 0; length -= 1) {
    const first = dateNamed(tokens.slice(0, length).join(' '), day)
    if (first !== null) return { date: first, rest: without(words, tokens.slice(0, length), 'start') }
    const last = dateNamed(tokens.slice(-length).join(' '), day)
    if (last !== null) return { date: last, rest: without(words, tokens.slice(-length), 'end') }
  }
  return null
}

/** A date that is set as a limit somewhere in the words: 因货源紧张，申请延至12月10日. */
export function limitIn(words: string, { app, now }: Day): LocalDate | null {
  const today = localDate(now, app.voice.timezone)
  const limits = findDates(canonical(words), today, app.office()).filter(({ limit }) => limit)
  return limits.at(-1)?.date ?? null
}

/**
 * The date that the whole text is: `2026-12-10`, `12月10日前`, 下周五.
 * @throws {UserError} where it is one that no calendar has
 */
export function dateNamed(text: string, { app, now }: Day): LocalDate | null {
  const { timezone } = app.voice
  const bare = canonical(text)
    .replace(/^(?:延?至|延?到|until|by)\s*/iu, '')
    .replace(/(?:之|以)?前$|[止。]$/u, '')
  const at = parseInstant(bare, timezone)
  if (at !== null) return localDate(at, timezone)
  const [only, more] = findDates(bare, localDate(now, timezone), app.office())
  if (!only || more || only.start !== 0 || only.end !== bare.length) return null
  if (only.date === null) throw new UserError((t) => t.requests.noDateSuch(text))
  return only.date
}

/**
 * What a lead grants: the usual days, undefined, or until when.
 * @throws {UserError} where the words are neither
 */
export function grantedIn(words: string | null, day: Day): Policy | undefined {
  if (words === null) return undefined
  const { timezone } = day.app.voice
  const policy = parsePolicy(words, timezone)
  if (policy?.kind === 'working-days' && policy.days === 5) return undefined
  if (policy?.kind === 'until') return policy
  const date = policy === null ? dateNamed(words, day) : null
  const named = date === null ? null : parsePolicy(date, timezone)
  if (named?.kind === 'until' && isStartOfDay(named.at, timezone)) return named
  throw new UserError((t) => t.requests.extension.badUntil(words))
}

function without(words: string, tokens: string[], where: 'start' | 'end'): string {
  let rest = words.trim()
  for (const token of where === 'start' ? tokens : tokens.toReversed()) {
    const bare = rest.replace(where === 'start' ? /^[\s,，;；]+/u : /(?<![\s,，;；])[\s,，;；]+$/u, '')
    rest = where === 'start' ? bare.slice(token.length) : bare.slice(0, bare.length - token.length)
  }
  return rest.replace(/^[\s,，;；、：:]+|(?<![\s,，;；、])[\s,，;；、]+$/gu, '')
}
