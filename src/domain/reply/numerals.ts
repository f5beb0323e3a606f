const digits: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

const english = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** A regular expression's source for a number below 1,000, in digits or in Chinese. */
export const numeral = '(?:\\d{1,3}|[零〇一二两三四五六七八九十百]{1,5})'

/** Reads 12, 十二, 二十, 一百零五, 两三 (the larger) or `two`; NaN where it is no number. */
export function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const word = text.toLowerCase()
  if (word === 'a' || word === 'an') return 1
  if (english.includes(word)) return english.indexOf(word)
  let sum = 0
  let last = 0
  for (const char of text) {
    const digit = digits[char]
    if (digit !== undefined) {
      last = digit
      continue
    }
    const unit = char === '十' ? 10 : char === '百' ? 100 : Number.NaN
    sum += (last || 1) * unit
    last = 0
  }
  return sum + last
}
