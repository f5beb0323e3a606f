import { within } from '../within.ts'
import type { Content } from './content.ts'
import { type Named, type Resolved, resolveMentions } from './mentions.ts'
import type { Login, Person, Room, WechatMessage } from './wechaty.ts'

/** A gateway that hangs must not hold up what people write. */
const patienceMs = 10_000

/**
 * Who is mentioned in a group: by the puppet's ids where it has them, else by the names of the group's members, which
 * are asked for only where an @ is still nobody's.
 */
export async function findMentions(
  message: WechatMessage,
  { text, quoted }: Content,
  room: Room,
  login: Login,
): Promise<Omit<Resolved, 'open'>> {
  const bot = { id: login.account, names: [login.name] }
  const known = message.payload?.mentionIdList?.length ? await people(room, message.mentionList()) : []
  const first = resolveMentions(text, [bot, ...known], bot.id)
  const found = first.open
    ? resolveMentions(text, [bot, ...(await people(room, room.memberAll()))], bot.id)
    : first
  const ids = new Set(found.mentioned.map(({ id }) => id))
  // Some puppets look for names among the quoted words, too: then only what is found in the answer counts.
  const nameless = quoted === undefined ? known.filter(({ id }) => !ids.has(id)) : []
  return {
    text: found.text,
    mentioned: [...found.mentioned, ...nameless.map(({ id, names: [name = ''] }) => ({ id, name }))],
  }
}

/** Without what can't be had: the words are worth more than who is mentioned in them. */
async function people(room: Room, list: Promise<Person[]>): Promise<Named[]> {
  const named = list.then((persons) =>
    Promise.all(
      persons.map(async (person) => ({
        id: person.id,
        names: [person.name(), (await room.alias(person)) ?? ''],
      })),
    ),
  )
  return within(patienceMs, named).catch(() => [])
}
