import { addDays, localDate } from '../../src/domain/time.ts'
import type { Duban } from '../../src/main.ts'
import { takeIn } from '../../src/services/intake/intake.ts'
import type { SandboxMessage } from '../api.ts'
import { buttonsOf, type CardButton, textOf } from '../card-reading.ts'
import type { Sandbox } from '../server/index.ts'

/** One thing that somebody does in the messenger, as the page would do it for them. Chats and people go by name. */
export type Step = (sandbox: Sandbox, duban: Duban) => unknown

/** @param text of the date in so many days, where it names one */
export function says(chat: string, who: string, text: string | ((inDays: InDays) => string)): Step {
  return (sandbox, { app }) => {
    const { chat_id, open_id } = read(sandbox, chat, who)
    const { timezone } = app.office().hours
    const inDays = (days: number) => addDays(localDate(app.clock.now(), timezone), days)
    sandbox.sendText(chat_id, open_id, typeof text === 'string' ? text : text(inDays))
  }
}

type InDays = (days: number) => string

/** Another system hands these in, over the API. */
export function handsIn(...items: readonly object[]): Step {
  return async (_, { app }) => {
    const answer = await takeIn(app, items, '12345')
    if ('faults' in answer) throw new Error(`the demo's items have faults: ${JSON.stringify(answer.faults)}`)
  }
}

/** Replies to the newest card there that names the item. */
export function answers(chat: string, who: string, code: number, text: string): Step {
  return async (sandbox) => {
    const { chat_id, open_id } = read(sandbox, chat, who)
    const card = await sandbox.waitFor(() => cardOf(sandbox, chat_id, code), `a card of #${code}`)
    sandbox.sendText(chat_id, open_id, text, { reply_to: card.message_id })
  }
}

/** The same where there are no cards: quotes the bot's newest words there that name the item, and hears its answer. */
export function quotes(chat: string, who: string, code: number, text: string): Step {
  return async (sandbox) => {
    const { chat_id, open_id } = read(sandbox, chat, who)
    const bot = sandbox.state().bot.open_id
    const words = () => sandbox.messages(chat_id).filter(({ sender }) => sender === bot)
    const named = () => words().findLast((message) => textOf(message).includes(`#${code}`))
    const quoted = await sandbox.waitFor(named, `words about #${code}`)
    const before = words().length
    sandbox.sendText(chat_id, open_id, text, { reply_to: quoted.message_id })
    await sandbox.waitFor(() => words().length > before, `an answer about #${code}`)
  }
}

/** Presses the button of that command, or submits the form that it closes. */
export function presses(
  chat: string,
  who: string,
  code: number,
  wanted: { command: string; decision?: string },
  form?: Record<string, string>,
): Step {
  return async (sandbox) => {
    const { chat_id, open_id } = read(sandbox, chat, who)
    // What was done just before may still be on its way to the card.
    const { card, button } = await sandbox.waitFor(
      () => buttonOn(cardOf(sandbox, chat_id, code), wanted),
      `a button ${JSON.stringify(wanted)} of #${code}`,
    )
    return sandbox.act(card.message_id, {
      operator: open_id,
      name: button.name,
      value: button.value,
      form_value: form,
    })
  }
}

/** Nothing is unread to anybody. */
export function everyoneReads(sandbox: Sandbox): void {
  for (const { chat_id, members } of sandbox.chats()) {
    for (const member of members) sandbox.read(chat_id, member)
  }
}

/** Whoever acts in a chat has seen what stands in it. */
function read(sandbox: Sandbox, chat: string, who: string): { chat_id: string; open_id: string } {
  const { chat_id } = found(
    sandbox.chats().find(({ name, kind }) => name === chat && kind === 'group'),
    chat,
  )
  const { open_id } = found(
    sandbox.people().find(({ name }) => name === who),
    who,
  )
  sandbox.read(chat_id, open_id)
  return { chat_id, open_id }
}

/** The newest card of the bot's in that chat that names the item and can still be acted on, else that names it. */
function cardOf(sandbox: Sandbox, chatId: string, code: number): SandboxMessage | undefined {
  const cards = sandbox
    .messages(chatId)
    .filter((message) => message.msg_type === 'interactive' && textOf(message).includes(`#${code} `))
  const live = cards.filter((message) => buttonsOf(message).length > 0)
  return live.at(-1) ?? cards.at(-1)
}

function buttonOn(
  card: SandboxMessage | undefined,
  wanted: { command: string; decision?: string },
): { card: SandboxMessage; button: CardButton } | undefined {
  const button = card && buttonsOf(card).find(({ value }) => isWanted(value, wanted))
  return button && { card, button }
}

function isWanted(value: unknown, wanted: { command: string; decision?: string }): boolean {
  const { command, args } = value as { command?: unknown; args?: { decision?: unknown } }
  return command === wanted.command && args?.decision === wanted.decision
}

function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`the demo does not find ${what}`)
  return thing
}
