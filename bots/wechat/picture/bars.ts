import type { Chart } from '../../../src/messages/message.ts'
import { ink, paleInk, paper, rule } from './colours.ts'
import { type Bar, barsOf, type Figure, sum } from './figures.ts'
import type { Style } from './lettering.ts'
import { type Drawn, margin, pageWidth, round } from './page.ts'
import type { Pen } from './pen.ts'

const labelStyle: Style = { size: 36, weight: 'regular', colour: ink }
const legendStyle: Style = { size: 34, weight: 'regular', colour: ink }
const numberStyle: Style = { size: 36, weight: 'bold', colour: ink }
const insideStyle: Style = { ...numberStyle, colour: paper }

/** Nine characters: a department's longer name takes a second line. */
const widestLabel = 330
const mostLabelLines = 4
const labelLine = 46
const barHeight = 48
const betweenBars = 28
/** What is there is seen, however little it is. */
const thinnest = 2
const gap = 16

/** Bars lie down, so that the departments' names can be read, and every number is written at its bar. */
export function drawBars(chart: Chart, pen: Pen): Drawn {
  const { bars, groups } = barsOf(chart)
  const legend = drawLegend(
    groups.filter(({ label }) => label !== ''),
    pen,
  )
  const rows = bars.map((bar) => ({
    bar,
    lines: pen.wrap(bar.label, widestLabel, labelStyle, mostLabelLines),
  }))
  const labelWidths = rows.flatMap(({ lines }) => lines.map((line) => pen.width(line, labelStyle)))
  const left = Math.round(margin + Math.max(0, ...labelWidths) + gap)
  const perUnit = longestUnit(bars, pageWidth - margin - left, pen)

  let y = legend.height
  let svg = legend.svg
  for (const { bar, lines } of rows) {
    const height = Math.max(barHeight, lines.length * labelLine)
    const centre = y + height / 2
    lines.forEach((line, index) => {
      const at = centre + (index - (lines.length - 1) / 2) * labelLine
      svg += pen.write(line, left - gap, at, labelStyle, 'end')
    })
    svg += drawBar(bar, left, centre, perUnit, pen)
    y += height + betweenBars
  }
  y -= betweenBars
  const start = `x="${left - 2}" y="${legend.height - 8}" width="2" height="${y - legend.height + 16}"`
  return { svg: `${svg}<rect ${start} fill="${rule}"/>`, height: y }
}

/**
 * The length of one, such that each bar has room for the numbers behind it. Shorter bars have more numbers behind
 * them, which shortens them again, until all have their place.
 */
function longestUnit(bars: Bar[], room: number, pen: Pen): number {
  let perUnit = Number.POSITIVE_INFINITY
  for (;;) {
    const fitting = bars
      .filter(({ parts }) => sum(parts) > 0)
      .map((bar) => (room - gap - widthOf(behindBar(bar, perUnit, pen), pen)) / sum(bar.parts))
    const next = Math.min(perUnit, ...fitting)
    if (next === perUnit) return perUnit
    perUnit = next
  }
}

/** Numbers stand in the parts; behind the bar are those for which their part is too short, and the sum. */
function drawBar(bar: Bar, left: number, centre: number, perUnit: number, pen: Pen): string {
  const top = centre - barHeight / 2
  let x = left
  let svg = ''
  for (const part of bar.parts.filter(({ value }) => value > 0)) {
    const width = Math.max(Math.round(part.value * perUnit), thinnest)
    svg += `<rect x="${x}" y="${top}" width="${width}" height="${barHeight}" fill="${part.colour}"/>`
    if (hasNumberInside(part, bar, perUnit, pen)) {
      svg += pen.write(pen.number(part.value), x + width / 2, centre, insideStyle, 'middle')
    }
    x += width
  }
  for (const { text, style } of behindBar(bar, perUnit, pen)) {
    svg += pen.write(text, x + gap, centre, style)
    x += pen.width(text, style) + gap
  }
  return svg
}

function hasNumberInside({ value }: Figure, bar: Bar, perUnit: number, pen: Pen): boolean {
  return isSplit(bar) && value * perUnit > pen.width(pen.number(value), insideStyle) + gap
}

interface Written {
  text: string
  style: Style
}

function behindBar(bar: Bar, perUnit: number, pen: Pen): Written[] {
  const total = sum(bar.parts)
  if (total === 0) return [{ text: pen.number(0), style: { ...numberStyle, colour: paleInk } }]
  const parts = bar.parts
    .filter((part) => part.value > 0 && !hasNumberInside(part, bar, perUnit, pen))
    .map(({ value, colour }) => ({ text: pen.number(value), style: { ...numberStyle, colour } }))
  return isSplit(bar) ? [...parts, { text: pen.words.total(pen.number(total)), style: numberStyle }] : parts
}

function widthOf(written: Written[], pen: Pen): number {
  return written.reduce((width, { text, style }) => width + pen.width(text, style) + gap, -gap)
}

/** A bar of a single part has its number behind it, as in a chart without groups. */
function isSplit({ parts }: Bar): boolean {
  return parts.filter(({ value }) => value > 0).length > 1
}

const swatch = 30
const legendLine = 52

/** One beside the other, in as many lines as they need. */
function drawLegend(groups: Omit<Figure, 'value'>[], pen: Pen): Drawn {
  if (groups.length === 0) return { svg: '', height: 0 }
  const room = pageWidth - 2 * margin - swatch - gap
  let x = margin
  let y = legendLine / 2
  let svg = ''
  for (const { label, colour } of groups) {
    const [name = ''] = pen.wrap(label, room, legendStyle, 1)
    const width = swatch + gap + pen.width(name, legendStyle)
    if (x > margin && x + width > pageWidth - margin) {
      x = margin
      y += legendLine
    }
    svg += `<rect x="${round(x)}" y="${y - swatch / 2}" width="${swatch}" height="${swatch}" rx="6" fill="${colour}"/>`
    svg += pen.write(name, x + swatch + gap, y, legendStyle)
    x += width + 3 * gap
  }
  return { svg, height: y + legendLine / 2 + 24 }
}
