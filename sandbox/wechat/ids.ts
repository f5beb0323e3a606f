/**
 * How a puppet spells the sandbox's ids. Web puppets spell everybody anew at each login, hence the session, which is
 * empty where ids stay the same.
 */
export interface Spelling {
  contact(openId: string): string
  room(chatId: string): string
  message(messageId: string): string
  /** Each gives `undefined` for an id of another session, or of no such thing. */
  personOf(contactId: string): string | undefined
  chatOf(roomId: string): string | undefined
  messageOf(id: string): string | undefined
}

export function spelling(session: string): Spelling {
  const mark = session && `-${session}`
  const contact = affixes('wxid_', mark, 'ou_')
  const room = affixes('', `${mark}@chatroom`, 'oc_')
  const message = affixes('', '', 'om_')
  return {
    contact: contact.spell,
    room: room.spell,
    message: message.spell,
    personOf: contact.read,
    chatOf: room.read,
    messageOf: (id) => message.read(plainId(id)),
  }
}

/** The same message once more under another id, as some puppets bring it. */
export function copyId(id: string, copy: number): string {
  return `${id}~${copy}`
}

/** The notice that a message was recalled is a message too. */
export function recallId(id: string): string {
  return `${id}~recalled`
}

export function isRecallId(id: string): boolean {
  return id.endsWith('~recalled')
}

function plainId(id: string): string {
  return id.split('~', 1)[0] ?? id
}

function affixes(before: string, after: string, ours: string) {
  return {
    spell: (id: string) => before + id.slice(ours.length) + after,
    read: (id: string) => {
      if (!id.startsWith(before) || !id.endsWith(after)) return undefined
      return ours + id.slice(before.length, id.length - after.length)
    },
  }
}
