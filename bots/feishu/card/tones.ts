import type { Tone } from '../../../src/messages/message.ts'

export const headerTemplates = {
  info: 'blue',
  success: 'green',
  warning: 'orange',
  danger: 'red',
  muted: 'grey',
} as const satisfies Record<Tone, string>

export const textColors = {
  info: 'default',
  success: 'green',
  warning: 'orange',
  danger: 'red',
  muted: 'grey',
} as const satisfies Record<Tone, string>
