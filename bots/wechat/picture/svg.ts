import type { Chart } from '../../../src/messages/message.ts'
import type { Locale } from '../../../src/messages/voice.ts'
import { drawBars } from './bars.ts'
import { ink, paper } from './colours.ts'
import type { Style } from './lettering.ts'
import { type Drawn, margin, pageWidth } from './page.ts'
import { type Pen, penFor } from './pen.ts'
import { drawPie } from './pie.ts'

const titleStyle: Style = { size: 46, weight: 'bold', colour: ink }
const titleLine = 64

const drawings = { bar: drawBars, pie: drawPie } satisfies Record<
  Chart['type'],
  (chart: Chart, pen: Pen) => Drawn
>

export async function chartSvg(chart: Chart, locale: Locale): Promise<string> {
  const pen = await penFor(chart, locale)
  let y = margin
  let drawn = ''
  for (const { svg, height } of [drawTitle(chart.title, pen), drawings[chart.type](chart, pen)]) {
    drawn += `<g transform="translate(0 ${y})">${svg}</g>`
    y += height
  }
  const size = `width="${pageWidth}" height="${y + margin}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="${paper}"/>${drawn}</svg>`
}

function drawTitle(title: string, pen: Pen): Drawn {
  const lines = pen.wrap(title, pageWidth - 2 * margin, titleStyle, 3)
  if (lines.length === 0) return { svg: '', height: 0 }
  const svg = lines
    .map((line, index) => pen.write(line, margin, titleLine * (index + 0.5), titleStyle))
    .join('')
  return { svg, height: titleLine * lines.length + 24 }
}
