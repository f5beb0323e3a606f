import type { Block, Chart } from '../../../src/messages/message.ts'
import type { Element } from './element.ts'

/** More than these make a phone stutter, says the platform. */
export const maxCharts = 5

/** The chart as a VChart specification: bars lie down so that the departments' names can be read. */
export function renderChart({ chart }: Extract<Block, { kind: 'chart' }>): Element[] {
  if (chart.values.length === 0) return []
  return [
    {
      tag: 'chart',
      aspect_ratio: chart.type === 'bar' ? roomFor(categories(chart)) : '16:9',
      color_theme: 'brand',
      chart_spec: { title: { visible: true, text: chart.title }, ...specs[chart.type](chart) },
    },
  ]
}

const specs = { bar: barSpec, pie: pieSpec } satisfies Record<Chart['type'], (chart: Chart) => object>

function barSpec({ values }: Chart): object {
  const grouped = values.some((value) => value.group !== undefined)
  return {
    type: 'bar',
    direction: 'horizontal',
    data: { values: grouped ? values.map((value) => ({ ...value, group: value.group ?? '' })) : values },
    xField: 'value',
    yField: 'label',
    ...(grouped && { seriesField: 'group', stack: true }),
    label: { visible: !grouped },
    legends: { visible: grouped, orient: 'bottom' },
    axes: [
      { orient: 'left', type: 'band' },
      { orient: 'bottom', type: 'linear', tick: { noDecimals: true } },
    ],
  }
}

function pieSpec({ values }: Chart): object {
  return {
    type: 'pie',
    data: { values },
    categoryField: 'label',
    valueField: 'value',
    innerRadius: 0.5,
    label: { visible: true },
    legends: { visible: true, orient: 'bottom' },
  }
}

/** On a phone each bar needs a line's height, or its label is left out. */
function roomFor(bars: number): '16:9' | '4:3' | '1:1' {
  if (bars <= 4) return '16:9'
  return bars <= 8 ? '4:3' : '1:1'
}

function categories({ values }: Chart): number {
  return new Set(values.map((value) => value.label)).size
}
