import type { Chart } from '../../../src/messages/message.ts'
import type { Locale } from '../../../src/messages/voice.ts'
import { drawBars } from './bars.ts'
import { ink, paper } from './colours.ts'
import { type Lettering, letteringFor, type Style } from './lettering.ts'
import { drawPie } from './pie.ts'

/** As wide as a phone's screen has pixels, so that nothing is blurred. */
export const pageWidth = 1080
export const margin = 48

/** A part of the page, from its own top: they are put one below the other. */
export interface Drawn {
  svg: string
  height: number
}

/** What the drawing itself says; `number` also gives the numbers their commas. */
export interface Pen extends Lettering {
  number(value: number): string
  share(value: number): string
  total(value: number): string
}

const totals = {
  'zh-CN': (number: string) => `共${number}`,
  en: (number: string) => `Total ${number}`,
} satisfies Record<Locale, (number: string) => string>

const titleStyle: Style = { size: 46, weight: 'bold', colour: ink }
const titleLine = 64

export async function chartSvg(chart: Chart, locale: Locale): Promise<string> {
  const pen = await penFor(chart, locale)
  const parts = [
    drawTitle(chart.title, pen),
    chart.type === 'bar' ? drawBars(chart, pen) : drawPie(chart, pen),
  ]
  let y = margin
  let drawn = ''
  for (const { svg, height } of parts) {
    drawn += `<g transform="translate(0 ${y})">${svg}</g>`
    y += height
  }
  const size = `width="${pageWidth}" height="${y + margin}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="${paper}"/>${drawn}</svg>`
}

async function penFor({ title, values }: Chart, locale: Locale): Promise<Pen> {
  const words = [title, totals[locale](''), ...values.flatMap(({ label, group = '' }) => [label, group])]
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  return {
    ...(await letteringFor(words, locale)),
    number: (value) => number.format(value),
    share: (value) => percent.format(value),
    total: (value) => totals[locale](number.format(value)),
  }
}

function drawTitle(title: string, pen: Pen): Drawn {
  const lines = pen.wrap(title, pageWidth - 2 * margin, titleStyle, 3)
  if (lines.length === 0) return { svg: '', height: 0 }
  const svg = lines
    .map((line, index) => pen.write(line, margin, titleLine * (index + 0.5), titleStyle))
    .join('')
  return { svg, height: titleLine * lines.length + 24 }
}
