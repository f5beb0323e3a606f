import { state } from '../store.ts'

/** What a person has done to a card and not sent yet. It outlives new drawings, other chats and other messages. */
export interface CardSession {
  /** What was typed or chosen, by the field's name. */
  values: Map<string, string>
  /** What is wrong with a field, by its name. */
  errors: Map<string, string>
  /** The button whose click is on its way; no other can be pressed meanwhile. */
  busy: string | undefined
  /** Which page a table shows. */
  pages: Map<string, number>
}

const sessions = new Map<string, CardSession>()

export function sessionOf(message: string): CardSession {
  const key = `${state.me}|${message}`
  let session = sessions.get(key)
  if (!session) {
    session = { values: new Map(), errors: new Map(), busy: undefined, pages: new Map() }
    sessions.set(key, session)
  }
  return session
}
