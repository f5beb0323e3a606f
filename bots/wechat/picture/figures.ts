import type { Chart } from '../../../src/messages/message.ts'
import { palette, toneColours } from './colours.ts'

/** More than these make a picture that no phone shows whole. */
const mostValues = 100

/** One value, or one part of a bar. */
export interface Figure {
  label: string
  value: number
  colour: string
}

export interface Bar {
  label: string
  parts: Figure[]
}

export function canBeDrawn({ values }: Chart): boolean {
  const labels = new Set(values.map(({ label }) => label))
  return labels.size <= mostValues && values.some(({ value }) => amount(value) > 0)
}

/** One bar for each label, its parts in the order of the groups. */
export function barsOf({ values, tones }: Chart): { bars: Bar[]; groups: Omit<Figure, 'value'>[] } {
  const names = [...new Set(values.map(({ group = '' }) => group))]
  const groups = names.map((label, index) => ({ label, colour: colourOf(tones, label, index) }))
  const labels = [...new Set(values.map(({ label }) => label))]
  const bars = labels.map((label) => {
    const own = values.filter((value) => value.label === label)
    const parts = groups.map((group) => ({
      ...group,
      value: sum(own.filter((value) => (value.group ?? '') === group.label)),
    }))
    return { label, parts }
  })
  return { bars, groups }
}

export function slicesOf({ values, tones }: Chart): Figure[] {
  return values.map(({ label, value, group = label }, index) => ({
    label,
    value: amount(value),
    colour: colourOf(tones, group, index),
  }))
}

export function sum(values: readonly { value: number }[]): number {
  return values.reduce((total, { value }) => total + amount(value), 0)
}

function colourOf(tones: Chart['tones'], name: string, index: number): string {
  const tone = tones?.[name]
  return tone ? toneColours[tone] : (palette[index % palette.length] ?? toneColours.info)
}

/** Nothing has less than no length. */
function amount(value: number): number {
  return Number.isFinite(value) ? Math.max(value, 0) : 0
}
