import type { Chart } from '../../../src/messages/message.ts'
import { palette, toneColours } from './colours.ts'

/** More than these make a picture that no phone shows whole. */
const mostLines = 100
const mostGroups = 8
/** Of all the numbers at one bar, if each is the longest: they must leave it room. */
const mostDigitsOfBar = 12
/** They stand in the middle of the ring. */
const mostDigitsOfSum = 7

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

/** The counts of a city's task force can; what cannot is told in words. */
export function canBeDrawn(chart: Chart): boolean {
  const { type, values } = chart
  if (!values.every(({ value }) => Number.isInteger(value) && value >= 0) || sum(values) === 0) return false
  if (type === 'pie') return values.length <= mostLines && digits(sum(values)) <= mostDigitsOfSum
  const { bars, groups } = barsOf(chart)
  if (bars.length > mostLines || groups.length > mostGroups) return false
  return groups.length * digits(Math.max(...bars.map(({ parts }) => sum(parts)))) <= mostDigitsOfBar
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
    value,
    colour: colourOf(tones, group, index),
  }))
}

export function sum(values: readonly { value: number }[]): number {
  return values.reduce((total, { value }) => total + value, 0)
}

function colourOf(tones: Chart['tones'], name: string, index: number): string {
  if (tones) return toneColours[tones[name] ?? 'muted']
  return palette[index % palette.length] ?? toneColours.info
}

function digits(count: number): number {
  return String(count).length
}
