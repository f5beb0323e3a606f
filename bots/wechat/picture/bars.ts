import type { Chart } from '../../../src/messages/message.ts'
import { ink, paleInk, paper, rule } from './colours.ts'
import { type Bar, barsOf, type Figure, sum } from './figures.ts'
import { round, type Style } from './lettering.ts'
import { type Drawn, margin, type Pen, pageWidth } from './svg.ts'

const labelStyle: Style = { size: 36, weight: 'regular', colour: ink }
const legendStyle: Style = { size: 34, weight: 'regular', colour: ink }
const numberStyle: Style = { size: 36, weight: 'bold', colour: ink }

/** Nine characters: a department's longer name takes a second line. */
const widestLabel = 330
const mostLabelLines = 3
const labelLine = 46
const barHeight = 48
const betweenBars = 28
const gap = 16

/** Bars lie down, so that the departments' names can be read, and every number is written at its bar. */
export function drawBars(chart: Chart, pen: Pen): Drawn {
  const { bars, groups } = barsOf(chart)
  const named = groups.filter(({ label }) => label !== '')
  const legend = drawLegend(named, pen)
  const rows = bars.map((bar) => ({
    bar,
    lines: pen.wrap(bar.label, widestLabel, labelStyle, mostLabelLines),
    sum: sum(bar.parts),
  }))
  const labelWidth = Math.max(
    0,
    ...rows.flatMap(({ lines }) => lines.map((line) => pen.width(line, labelStyle))),
  )
  const left = round(margin + labelWidth + gap)
  const behind = Math.max(...bars.map((bar) => widthOf(behindBar(bar.parts, bar, pen), pen)))
  const longest = Math.max(...rows.map((row) => row.sum))
  const perUnit = (pageWidth - margin - left - gap - behind) / longest

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
  const start = `<rect x="${left - 2}" y="${legend.height - 8}" width="2" height="${y - legend.height + 16}" fill="${rule}"/>`
  return { svg: svg + start, height: y }
}

/** Numbers stand in the parts; behind the bar are those for which their part is too short, and the sum. */
function drawBar(bar: Bar, left: number, centre: number, perUnit: number, pen: Pen): string {
  const top = centre - barHeight / 2
  const outside: Figure[] = []
  let x = left
  let svg = ''
  for (const part of bar.parts) {
    const width = part.value * perUnit
    const number = pen.number(part.value)
    const inside = { ...numberStyle, colour: paper }
    if (width > 0) {
      svg += `<rect x="${round(x)}" y="${top}" width="${round(width)}" height="${barHeight}" fill="${part.colour}"/>`
    }
    if (width > pen.width(number, inside) + gap && isSplit(bar)) {
      svg += pen.write(number, x + width / 2, centre, inside, 'middle')
    } else if (part.value > 0) outside.push(part)
    x += width
  }
  for (const { text, style } of behindBar(outside, bar, pen)) {
    svg += pen.write(text, x + gap, centre, style)
    x += pen.width(text, style) + gap
  }
  return svg
}

interface Written {
  text: string
  style: Style
}

function behindBar(outside: Figure[], bar: Bar, pen: Pen): Written[] {
  if (sum(bar.parts) === 0) return [{ text: pen.number(0), style: { ...numberStyle, colour: paleInk } }]
  const parts = outside
    .filter(({ value }) => value > 0)
    .map(({ value, colour }) => ({ text: pen.number(value), style: { ...numberStyle, colour } }))
  if (!isSplit(bar)) return parts
  return [...parts, { text: pen.total(sum(bar.parts)), style: numberStyle }]
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
