import type { Block, Chart, Tone } from '../../../src/messages/message.ts'
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

function barSpec({ values, tones }: Chart): object {
  const grouped = values.some((value) => value.group !== undefined)
  return {
    type: 'bar',
    direction: 'horizontal',
    data: { values: grouped ? values.map((value) => ({ ...value, group: value.group ?? '' })) : values },
    xField: 'value',
    yField: 'label',
    ...(grouped && { seriesField: 'group', stack: true, ...colours(values, tones) }),
    label: { visible: !grouped },
    legends: { visible: grouped, orient: 'bottom' },
    axes: [
      { orient: 'left', type: 'band' },
      { orient: 'bottom', type: 'linear', tick: { noDecimals: true } },
    ],
  }
}

/** VChart gives its colours out in the order in which the groups come. */
function colours(values: Chart['values'], tones: Chart['tones']): object {
  if (!tones) return {}
  const groups = [...new Set(values.map(({ group = '' }) => group))]
  return { color: groups.map((group) => toneColours[tones[group] ?? 'info']) }
}

const toneColours = {
  info: '#3370ff',
  success: '#2ea121',
  warning: '#f77234',
  danger: '#d83931',
  muted: '#8f959e',
} as const satisfies Record<Tone, string>

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
