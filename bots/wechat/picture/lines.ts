import type { Chart } from '../../../src/messages/message.ts'
import type { Locale } from '../../../src/messages/voice.ts'
import { textWords } from '../words.ts'
import { barsOf } from './figures.ts'

const ways = {
  'zh-CN': { count: (group: string, value: number) => `${group}${value}`, comma: '，' },
  en: { count: (group: string, value: number) => `${group} ${value}`, comma: ', ' },
} satisfies Record<Locale, object>

/** The chart in words, where it cannot be sent as a picture: a line for each bar, without the groups it has none of. */
export function chartLines(chart: Chart, locale: Locale): string[] {
  if (chart.values.length === 0) return []
  const { colon } = textWords[locale]
  const { count, comma } = ways[locale]
  const lines = barsOf(chart).bars.map(({ label, parts }) => {
    const counted = parts.filter(({ value }) => value !== 0)
    const counts = counted.map((part) =>
      part.label === '' ? String(part.value) : count(part.label, part.value),
    )
    return `${label}${colon}${counts.join(comma) || 0}`
  })
  return [chart.title, ...lines]
}
