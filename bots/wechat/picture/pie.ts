import type { Chart } from '../../../src/messages/message.ts'
import { ink, paleInk, paper, rule } from './colours.ts'
import { type Figure, slicesOf, sum } from './figures.ts'
import type { Style } from './lettering.ts'
import { type Drawn, margin, pageWidth, round } from './page.ts'
import type { Pen } from './pen.ts'

const labelStyle: Style = { size: 38, weight: 'regular', colour: ink }
const numberStyle: Style = { size: 38, weight: 'bold', colour: ink }
const shareStyle: Style = { size: 38, weight: 'regular', colour: paleInk }
const sumStyle: Style = { size: 60, weight: 'bold', colour: ink }

const outer = 270
const inner = 165
const swatch = 32
const gap = 20
const labelLine = 50
const betweenRows = 26
/** The share of a slice that a white outline would swallow. */
const narrowest = 0.01

/** A ring, and below it what its slices are, clockwise from the top, with every number. */
export function drawPie(chart: Chart, pen: Pen): Drawn {
  const slices = slicesOf(chart)
  const total = sum(slices)
  const centre = { x: pageWidth / 2, y: outer }
  const list = drawList(slices, total, pen)
  const middle =
    pen.write(pen.words.sum, centre.x, centre.y - 42, shareStyle, 'middle') +
    pen.write(pen.number(total), centre.x, centre.y + 20, sumStyle, 'middle')
  const below = 2 * outer + 40
  const svg = `${drawRing(slices, total, centre)}${middle}<g transform="translate(0 ${below})">${list.svg}</g>`
  return { svg, height: below + list.height }
}

interface Point {
  x: number
  y: number
}

function drawRing(slices: Figure[], total: number, centre: Point): string {
  const shown = slices.filter(({ value }) => value > 0)
  const [only] = shown
  if (only && shown.length === 1) {
    const stroke = `stroke="${only.colour}" stroke-width="${outer - inner}"`
    return `<circle cx="${centre.x}" cy="${centre.y}" r="${(outer + inner) / 2}" fill="none" ${stroke}/>`
  }
  const outline = `stroke="${paper}" stroke-width="3" stroke-linejoin="round"`
  const [wide, narrow] = [[], []] as [string[], string[]]
  let before = 0
  for (const { value, colour } of shown) {
    const part = `d="${ringPart(centre, before / total, (before + value) / total)}" fill="${colour}"`
    if (value / total > narrowest) wide.push(`<path ${part} ${outline}/>`)
    else narrow.push(`<path ${part}/>`)
    before += value
  }
  return [...wide, ...narrow].join('')
}

/** From one share of the circle to another. */
function ringPart(centre: Point, from: number, to: number): string {
  const isLong = to - from > 0.5 ? 1 : 0
  const [a, b] = [onCircle(centre, outer, from), onCircle(centre, outer, to)]
  const [c, d] = [onCircle(centre, inner, to), onCircle(centre, inner, from)]
  return `M${a}A${outer} ${outer} 0 ${isLong} 1 ${b}L${c}A${inner} ${inner} 0 ${isLong} 0 ${d}Z`
}

function onCircle({ x, y }: Point, radius: number, share: number): string {
  const angle = 2 * Math.PI * share
  return `${round(x + radius * Math.sin(angle))} ${round(y - radius * Math.cos(angle))}`
}

function drawList(slices: Figure[], total: number, pen: Pen): Drawn {
  const numbers = slices.map(({ value }) => pen.number(value))
  const shares = slices.map(({ value }) => pen.share(value / total))
  const shareWidth = Math.max(...shares.map((share) => pen.width(share, shareStyle)))
  const numberEnd = pageWidth - margin - shareWidth - 1.5 * gap
  const numberWidth = Math.max(...numbers.map((number) => pen.width(number, numberStyle)))
  const labelStart = margin + swatch + gap
  const room = numberEnd - numberWidth - gap - labelStart
  let y = 0
  let svg = ''
  slices.forEach(({ label, colour }, index) => {
    const lines = pen.wrap(label, room, labelStyle, 3)
    const height = Math.max(1, lines.length) * labelLine
    const centre = y + betweenRows / 2 + height / 2
    svg += `<rect x="${margin}" y="${y}" width="${pageWidth - 2 * margin}" height="1" fill="${rule}"/>`
    svg += `<rect x="${margin}" y="${centre - swatch / 2}" width="${swatch}" height="${swatch}" rx="6" fill="${colour}"/>`
    lines.forEach((line, at) => {
      svg += pen.write(line, labelStart, centre + (at - (lines.length - 1) / 2) * labelLine, labelStyle)
    })
    svg += pen.write(numbers[index] ?? '', numberEnd, centre, numberStyle, 'end')
    svg += pen.write(shares[index] ?? '', pageWidth - margin, centre, shareStyle, 'end')
    y += height + betweenRows
  })
  return { svg, height: y }
}
