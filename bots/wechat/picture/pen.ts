import type { Chart } from '../../../src/messages/message.ts'
import type { Locale } from '../../../src/messages/voice.ts'
import { type Lettering, letteringFor } from './lettering.ts'

/** What writes on one chart, in its locale's way. */
export interface Pen extends Lettering {
  number(value: number): string
  share(value: number): string
  words: Words
}

interface Words {
  sum: string
  /** Behind a bar's parts. */
  total(number: string): string
}

const words = {
  'zh-CN': { sum: '合计', total: (number) => `共${number}` },
  en: { sum: 'Total', total: (number) => `Total ${number}` },
} satisfies Record<Locale, Words>

/** Of what percentages tell; nothing that is there is told as nothing. */
const leastShare = 0.001

export async function penFor({ title, values }: Chart, locale: Locale): Promise<Pen> {
  const { sum, total } = words[locale]
  const texts = [title, sum, total(''), ...values.flatMap(({ label, group = '' }) => [label, group])]
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  return {
    ...(await letteringFor(texts, locale)),
    number: (value) => number.format(value),
    share: (value) =>
      value > 0 && value < leastShare / 2 ? `<${percent.format(leastShare)}` : percent.format(value),
    words: words[locale],
  }
}
