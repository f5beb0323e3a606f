import type { Tone } from '../../../src/messages/message.ts'

/** All of them, and white on each, are legible by WCAG's AA: numbers are written on the bars and in the bars' colours. */
export const toneColours = {
  info: '#2864dc',
  success: '#1f7a3a',
  warning: '#b45309',
  danger: '#c8322d',
  muted: '#646a73',
} as const satisfies Record<Tone, string>

/** For what has no tone; the first is that of a chart with no groups. */
export const palette = [
  toneColours.info,
  '#0f766e',
  '#b45309',
  '#7c3aed',
  '#be185d',
  '#4d7c0f',
  '#0e7490',
  '#92400e',
  '#4338ca',
  '#475569',
  '#b91c1c',
  '#15803d',
] as const

export const paper = '#ffffff'
export const ink = '#1f2329'
export const paleInk = '#646a73'
/** Where the bars start, and below the lines of a list. */
export const rule = '#c9cdd4'
