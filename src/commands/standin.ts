import { z } from 'zod'
import { findDates } from '../domain/reply/dates.ts'
import { canonical } from '../domain/reply/text.ts'
import { addDays, isLocalDate, type LocalDate, localDate } from '../domain/time.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import type { Account } from '../services/directory/accounts.ts'
import { arrangeStandIn, endStandIn, tellDepartments } from '../services/directory/stand-in.ts'
import type { Work } from '../services/work.ts'
import { type Call, defineChange, type Result } from './command.ts'
import { says } from './directory-words.ts'
import { departmentHere } from './here.ts'
import { tokensOf } from './words.ts'

/** Longer than so many days is no absence. */
const longest = 180

const personArg = z.object({ account: z.string(), name: z.string() })

export const standin = defineChange({
  name: 'standin',
  roles: ['lead', 'contact', 'backup', 'leader'],
  args: z.union([
    z.object({ end: z.literal(true), who: personArg.optional() }),
    z.object({
      end: z.literal(false),
      standIn: personArg,
      insteadOf: personArg.optional(),
      until: z.string().refine(isLocalDate),
    }),
  ]),
  parse(words, call) {
    const mentions = call.incoming.kind === 'text' ? call.incoming.mentions : []
    const rest = mentions.reduce((text, { name }) => text.replace(`@${name}`, ' '), words)
    const [first, second] = mentions
    if (tokensOf(rest).length === 1 && says('end', tokensOf(rest)[0] ?? '')) {
      return { end: true, ...(first && { who: first }) }
    }
    if (!first) throw new UserError((t) => t.directory.standIn.needMention)
    const tokens = tokensOf(rest)
    const saysInstead = says('instead', tokens[0] ?? '')
    if (mentions.length > 2 || (second !== undefined) !== saysInstead) {
      throw new UserError((t) => t.directory.standIn.needInstead)
    }
    const until = dayIn(tokens.slice(saysInstead ? 1 : 0).join(' '), call)
    return { end: false, standIn: first, ...(second && { insteadOf: second }), until }
  },
  run(call, args, work) {
    return args.end ? end(call, work, args.who) : begin(call, work, args)
  },
})

async function begin(
  call: Call,
  work: Work,
  order: { standIn: Person; insteadOf?: Person; until: LocalDate },
): Promise<Result> {
  const { voice } = call.app
  const standIn = accountOf(call, order.standIn)
  const done = await arrangeStandIn(work, call.actor, {
    standIn,
    insteadOf: order.insteadOf && accountOf(call, order.insteadOf),
    until: order.until,
    here: await departmentHere(call),
  })
  const words = voice.t.directory.standIn.begins(done.name, done.insteadOf, voice.date(order.until))
  await tellDepartments(work, done.departments, words, { except: call.incoming.chat.id, mention: standIn })
  return { reply: line(words, 'success', [standIn]) }
}

async function end(call: Call, work: Work, who: Person | undefined): Promise<Result> {
  const { t } = call.app.voice
  const ended = await endStandIn(work, call.actor, who && accountOf(call, who))
  const lines: string[] = []
  for (const { name, insteadOf, departments } of ended) {
    const words = t.directory.standIn.ends(name, insteadOf)
    lines.push(words)
    await tellDepartments(work, departments, words, { except: call.incoming.chat.id })
  }
  return { reply: line(t.beside(...lines), 'success') }
}

type Person = z.infer<typeof personArg>

function accountOf({ incoming }: Call, { account, name }: Person): Account {
  return { platform: incoming.platform, account, name }
}

/** The last day that the words name, and nothing else. @throws {UserError} */
function dayIn(words: string, { app, now }: Call): LocalDate {
  const text = canonical(words)
  const today = localDate(now, app.voice.timezone)
  const [found, another] = findDates(text, today, app.office())
  if (!found)
    throw new UserError((t) => (text === '' ? t.directory.standIn.needUntil : t.errors.surplus(text)))
  if (another) throw new UserError((t) => t.directory.standIn.oneDate)
  const before = text.slice(0, found.start).trim().toLowerCase()
  const after = text.slice(found.end).trim().toLowerCase()
  const surplus = [says('until', before) ? '' : before, says('upTo', after) ? '' : after].find(
    (part) => part !== '',
  )
  if (surplus !== undefined) throw new UserError((t) => t.errors.surplus(surplus))
  const { date } = found
  if (date === null)
    throw new UserError((t) => t.directory.standIn.badDate(text.slice(found.start, found.end)))
  if (date < today) throw new UserError((t) => t.directory.standIn.passed)
  if (date > addDays(today, longest)) throw new UserError((t) => t.directory.standIn.tooFar(longest))
  return date
}
