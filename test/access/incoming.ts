import type { Action, FormField, Message } from '../../src/messages/message.ts'
import type { IncomingAction, IncomingText } from '../../src/ports.ts'
import type { City } from '../model/city.ts'

/** A button, or a form's, where it stands. */
export interface Button {
  message: string
  chat: string
  action: Action
  fields: FormField[]
}

interface Said {
  account: string
  /** `private`: with the bot alone. */
  chat: string
  at: number
  id: string
}

export function text({ words, ...said }: Said & { words: string }): IncomingText {
  return {
    ...baseOf(said),
    kind: 'text',
    messageId: `om_${said.id}`,
    text: words,
    mentionsBot: false,
    mentions: [],
    replyTo: [],
    attachments: [],
  }
}

export function click({
  button,
  form = {},
  ...said
}: Said & { button: Button; form?: object }): IncomingAction {
  const { message, action } = button
  const args = { ...action.args, ...form }
  return { ...baseOf(said), kind: 'action', messageId: message, command: action.command, args }
}

function baseOf({ account, chat, at, id }: Said) {
  const isPrivate = chat === 'private'
  return {
    platform: 'feishu' as const,
    ids: [id],
    at,
    chat: {
      id: isPrivate ? `p2p_${account}` : chat,
      kind: isPrivate ? ('private' as const) : ('group' as const),
    },
    sender: { account, name: account },
  }
}

/** Every button of what stands with somebody, newest first. */
export function buttonsOn(board: City['board']): Button[] {
  return [...board]
    .reverse()
    .flatMap(([message, { chat, message: shown }]) =>
      buttonsIn(shown).map((found) => ({ message, chat, ...found })),
    )
}

export function buttonsIn({ blocks }: Message): Pick<Button, 'action' | 'fields'>[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'actions':
        return block.actions.map((action) => ({ action, fields: [] }))
      case 'entries':
        return block.entries.flatMap(({ actions = [] }) => actions.map((action) => ({ action, fields: [] })))
      case 'form':
        return [{ action: block.form.submit, fields: block.form.fields }]
      default:
        return []
    }
  })
}

/** `review item decision=accept`, with the fields of its form in brackets: all buttons that do the same look the same. */
export function shapeOf({ action, fields }: Pick<Button, 'action' | 'fields'>): string {
  const args = Object.entries(action.args).map(([name, value]) =>
    telling.includes(name) ? `${name}=${value}` : name,
  )
  const form = fields.length === 0 ? [] : [`[${fields.map(({ name }) => name).join(' ')}]`]
  return [action.command, ...args.sort(), ...form].join(' ')
}

/** The arguments that say what is done, and not to what. */
const telling = ['decision', 'about', 'all', 'overdue', 'confirmed']

export function filled(fields: FormField[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, valueFor(field)]))
}

function valueFor(field: FormField): unknown {
  switch (field.kind) {
    case 'text':
      return field.name === 'url' ? 'https://example.org/a' : field.required ? '已核实情况' : ''
    case 'date':
      return '2026-12-15'
    case 'choice':
      return field.options[0]?.value
    case 'choices':
      return []
  }
}
