import type { Action } from '../../../src/messages/message.ts'
import type { Element } from './element.ts'
import { columnSet, narrowColumn, plain } from './element.ts'

const types = { primary: 'primary_filled', default: 'default', danger: 'danger' } as const satisfies Record<
  Action['style'],
  string
>

/** What comes back when a button is pressed; it must be an object for the SDK. */
export interface ButtonValue {
  command: string
  args: Action['args']
}

export function renderButton(action: Action, properties: Record<string, unknown> = {}): Element {
  const value: ButtonValue = { command: action.command, args: action.args }
  return {
    tag: 'button',
    text: plain(action.label),
    type: types[action.style],
    ...(action.confirm && { confirm: { title: plain(action.label), text: plain(action.confirm) } }),
    behaviors: [{ type: 'callback', value }],
    ...properties,
  }
}

/** Buttons in a row, which wraps on a phone. */
export function renderButtonRow(actions: Action[], size: 'small' | 'medium'): Element[] {
  if (actions.length === 0) return []
  const columns = actions.map((action) => narrowColumn([renderButton(action, { size })]))
  return [columnSet(columns, 'flow')]
}
