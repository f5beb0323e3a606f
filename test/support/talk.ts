import { expect } from 'vitest'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { textOf } from '../../sandbox/card-reading.ts'
import type { Office, World } from './duban.ts'
import { truth } from './truth.ts'

/** A lead dispatches; resolves with the card once everything is delivered. */
export async function dispatch(world: World, words: string, to: Office): Promise<SandboxMessage> {
  // What is still on its way is not the card.
  await world.settled()
  const before = world.posts(to).length
  world.say(world.taskForce, 'lead', `/派单 ${words}`)
  const card = await world.sandbox.waitFor(() => world.posts(to)[before], `the card of ${words}`)
  await world.settled()
  return card
}

/** Somebody else who is in that group too. */
export function guestIn({ sandbox }: World, { chat, name, people }: Office, account: string): Office {
  const member = sandbox.people().find(({ open_id }) => open_id === account)
  if (!member) throw new Error(`there is no ${account}`)
  const members = sandbox.chats().find(({ chat_id }) => chat_id === chat.chat_id)?.members ?? []
  sandbox.addChat({ chat_id: chat.chat_id, name: chat.name, members: [...new Set([...members, account])] })
  return { name, chat, people: { ...people, guest: member } }
}

/** What the bot answers to these words. */
export async function answerTo(
  world: World,
  where: Office,
  who: string,
  words: string,
  below?: SandboxMessage,
): Promise<SandboxMessage> {
  const said = world.say(where, who, words, below && { reply_to: below.message_id })
  const answer = await world.sandbox.waitFor(
    () => world.posts(where).find(({ parent_id, at }) => parent_id === said.message_id && at >= said.at),
    `an answer to ${words}`,
  )
  await world.settled()
  return answer
}

/** Nothing of what is said has the bot speak, or change anything. */
export async function silently(world: World, talk: () => void): Promise<void> {
  const before = await truth(world)
  const offices = [world.agriculture, world.commerce, world.taskForce]
  const heard = offices.map((office) => world.posts(office).map(textOf))
  talk()
  await world.settled()
  expect(offices.map((office) => world.posts(office).map(textOf))).toEqual(heard)
  expect(await truth(world)).toBe(before)
}
