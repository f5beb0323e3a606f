import { once } from 'node:events'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ink, paleInk, palette, paper, toneColours } from '../../../bots/wechat/picture/colours.ts'
import { typefaceFor } from '../../../bots/wechat/picture/font.ts'
import { letteringFor, type Style } from '../../../bots/wechat/picture/lettering.ts'
import { chartLines } from '../../../bots/wechat/picture/lines.ts'
import { chartSvg } from '../../../bots/wechat/picture/svg.ts'
import { chartPicture } from '../../../bots/wechat/picture.ts'
import type { Chart } from '../../../src/messages/message.ts'
import type { Locale } from '../../../src/messages/voice.ts'

const tones = { 逾期: 'danger', 在办: 'info', 解决: 'success' } as const

function bars(values: Chart['values'], more: Partial<Chart> = {}): Chart {
  return { type: 'bar', title: '各单位在办与逾期', values, ...more }
}

function pie(values: Chart['values'], more: Partial<Chart> = {}): Chart {
  return { type: 'pie', title: '办理结果', values, ...more }
}

describe('a chart as a picture', () => {
  test('is as wide as a phone’s screen, on white, and written on in dark', async () => {
    const { width, height, colours } = await pictureOf(bars([{ label: '市交通委', value: 3 }]))
    expect(width).toBe(1080)
    expect(height).toBeGreaterThan(150)
    expect(colours[0]).toBe(paper)
    expect(colours[colours.length - 1]).toBe(paper)
    expect(count(colours, ink)).toBeGreaterThan(500)
  })

  test('has bars as long as what they stand for', async () => {
    const values = [40, 20, 5, 1, 0].map((value, index) => ({ label: `单位${index}`, value }))
    const [longest = 0, ...others] = barLengths(await pictureOf(bars(values)), toneColours.info)
    expect(longest).toBeGreaterThan(600)
    expect(others).toHaveLength(3)
    expect(others.map((length) => Math.round((40 * length) / longest))).toEqual([20, 5, 1])
  })

  test('has each part of a bar in the colour of its tone, whatever order they come in', async () => {
    const values = [
      { label: '市交通委', value: 30, group: '在办' },
      { label: '市交通委', value: 10, group: '逾期' },
      { label: '浦东新区', value: 20, group: '解决' },
      { label: '浦东新区', value: 20, group: '逾期' },
    ]
    const picture = await pictureOf(bars(values, { tones }))
    const lengths = (tone: 'info' | 'danger' | 'success') => barLengths(picture, toneColours[tone])
    const one = (lengths('info')[0] ?? 0) / 30
    expect(one).toBeGreaterThan(5)
    expect(lengths('danger').map((length) => Math.round(length / one))).toEqual([10, 20])
    expect(lengths('success').map((length) => Math.round(length / one))).toEqual([20])
  })

  test('has slices as large as what they stand for', async () => {
    const shown = [
      { label: '解决', value: 30 },
      { label: '逾期', value: 10 },
      { label: '在办', value: 0 },
    ]
    const { colours } = await pictureOf(pie(shown, { tones }))
    const ring = count(colours, toneColours.success) / count(colours, toneColours.danger)
    expect(ring).toBeGreaterThan(2.9)
    expect(ring).toBeLessThan(3.1)
  })

  test('is a whole ring where there is but one value', async () => {
    const { colours, width } = await pictureOf(pie([{ label: '解决', value: 3 }], { tones }))
    const expected = Math.PI * (270 ** 2 - 165 ** 2)
    expect(count(colours, toneColours.success) / expected).toBeCloseTo(1, 1)
    const middle = Math.floor(colours.indexOf(toneColours.success) / width) + 270
    expect(colours[middle * width + 540 - 220]).toBe(toneColours.success)
    expect(colours[middle * width + 540 + 220]).toBe(toneColours.success)
  })

  test('shows the smallest slice among large ones', async () => {
    const shown = [
      { label: '解决', value: 995 },
      { label: '逾期', value: 5 },
    ]
    const { colours, width } = await pictureOf(pie(shown, { tones }))
    const ring = colours.slice(0, (Math.floor(colours.indexOf(toneColours.success) / width) + 100) * width)
    expect(count(ring, toneColours.danger)).toBeGreaterThan(200)
  })

  test('has a line for each of thirty departments', async () => {
    const values = Array.from({ length: 30 }, (_, index) => ({ label: `第${index}单位`, value: 1 + index }))
    expect(barLengths(await pictureOf(bars(values)), toneColours.info)).toHaveLength(30)
  })

  test.each([
    [1, 12],
    [2, 6],
    [3, 4],
    [4, 3],
    [6, 2],
    [8, 1],
  ])('leaves its margin to %i parts of a bar that together take so many digits', async (groups, digits) => {
    const most = 10 ** digits - 1
    const labels = ['市规划和自然资源局', '浦东新区', '市水务局']
    const values = labels.flatMap((label, row) =>
      Array.from({ length: groups }, (_, index) => ({
        label,
        value: Math.max(1, Math.floor(most / groups / 3 ** (row * index))),
        group: groups === 1 ? undefined : `第${index}类`,
      })),
    )
    const { colours, width } = await pictureOf(bars(values), 'en')
    expect(colours.filter((colour, at) => at % width >= width - 46 && colour !== paper)).toEqual([])
  })

  test.each<[string, Chart]>([
    ['no values', bars([])],
    ['no slices', pie([])],
    ['nothing but zeros', bars([{ label: '市交通委', value: 0, group: '逾期' }], { tones })],
    ['a pie of zeros', pie([{ label: '解决', value: 0 }])],
    ['less than nothing', bars([{ label: '市交通委', value: -1 }])],
    ['no count', bars([{ label: '市交通委', value: Number.NaN }])],
    ['a part of one', pie([{ label: '解决', value: 0.5 }])],
    [
      'more bars than a phone shows',
      bars(Array.from({ length: 101 }, (_, i) => ({ label: `${i}`, value: 1 }))),
    ],
    ['numbers that leave the bars no room', bars([{ label: '市交通委', value: 10 ** 16 }])],
    ['a sum wider than the ring', pie([{ label: '解决', value: 12_345_678 }])],
  ])('is not made of %s', async (_, chart) => {
    expect(await chartPicture(chart, 'zh-CN')).toBeNull()
  })

  test('that fails is none, and its words are not told', async () => {
    const warned = once(process, 'warning')
    expect(await chartPicture(bars([{ label: '市交通委', value: 1 }]), 'nowhere' as Locale)).toBeNull()
    const [warning] = await warned
    expect(String(warning)).toMatch(/a chart could not be drawn: /)
    expect(String(warning)).not.toContain('市交通委')
  })
})

describe('what a chart says', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '&amp;',
    '"',
    "'",
    ']]>',
    '<!--',
    '\u0000',
    '\u202e',
    '\ud800',
    '😀',
    '',
  ]

  test('is drawn, never written: no words are left that could be read as markup', async () => {
    const values = hostile.map((label) => ({ label, value: 1, group: label }))
    for (const chart of [bars(values.slice(0, 7), { title: hostile.join('') }), pie(values)]) {
      const svg = await chartSvg(chart, 'zh-CN')
      expect(elementsOf(svg)).toEqual(new Set(['svg', 'rect', 'g', 'path']))
      expect(svg).not.toMatch(/script|alert|&|CDATA/)
    }
    expect(await chartPicture(pie(values), 'zh-CN')).not.toBeNull()
  })

  test('never makes anything but well-formed SVG with all its numbers finite', async () => {
    const words = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: fc.constantFrom(...'市交通委浦东新区（、）A b-c&<>"'), maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 4 }),
    )
    const value = fc.record({
      label: words,
      value: fc.nat(999),
      group: fc.constantFrom('逾期', '在办', undefined),
    })
    const chart = fc.record({
      type: fc.constantFrom('bar' as const, 'pie' as const),
      title: words,
      values: fc
        .array(value, { minLength: 1, maxLength: 8 })
        .filter((all) => all.some((one) => one.value > 0)),
      tones: fc.constantFrom(undefined, tones),
    })
    await fc.assert(
      fc.asyncProperty(chart, fc.constantFrom<Locale>('zh-CN', 'en'), async (drawn, locale) => {
        const svg = await chartSvg(drawn, locale)
        elementsOf(svg)
        expect(svg).not.toMatch(/NaN|Infinity|undefined|null|width="-/)
      }),
      { numRuns: 40 },
    )
  })

  test('can be read on what it stands on: WCAG’s AA', () => {
    for (const colour of [ink, paleInk, ...Object.values(toneColours), ...palette]) {
      expect(contrast(colour, paper), colour).toBeGreaterThanOrEqual(4.5)
    }
  })
})

describe('the letters', () => {
  const style: Style = { size: 36, weight: 'regular', colour: ink }
  const long = '上海市住房和城乡建设管理委员会房屋管理处（市城建档案馆）'

  test('are those of the font, rare ones too, and boxes for those it lacks', async () => {
    const { glyph } = await typefaceFor('督办镕龘A9𬭎')
    const outlines = [...'督办镕龘A9'].map((character) => glyph(character, 'regular').outline)
    const box = glyph('□', 'regular').outline
    expect(new Set([...outlines, box]).size).toBe(7)
    expect(glyph('𬭎', 'regular').outline).toBe(box)
    expect(glyph('督', 'bold').outline).not.toBe(outlines[0])
  })

  test('of a long name go on in the next line, none lost, in lines of about one length', async () => {
    const { wrap, width } = await letteringFor([long], 'zh-CN')
    const lines = wrap(long, 330, style, 4)
    expect(lines.join('')).toBe(long)
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines) expect(width(line, style)).toBeLessThanOrEqual(330)
    const short = wrap('市规划和自然资源局研', 330, style, 4).map((line) => line.length)
    expect(short).toHaveLength(2)
    expect(Math.min(...short)).toBeGreaterThanOrEqual(4)
  })

  test('are cut where there is no next line', async () => {
    const { wrap, width } = await letteringFor([long], 'zh-CN')
    const lines = wrap(long, 330, style, 2)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/…$/)
    expect(long.startsWith(lines.join('').slice(0, -1))).toBe(true)
    for (const line of lines) expect(width(line, style)).toBeLessThanOrEqual(330)
  })

  test('of English words stay together, with a space between', async () => {
    const { wrap } = await letteringFor(['Housing and Urban-Rural Development'], 'en')
    const lines = wrap('Housing and Urban-Rural Development', 330, style, 4)
    expect(lines.join(' ')).toBe('Housing and Urban-Rural Development')
  })
})

describe('a chart in words', () => {
  const values = [
    { label: '市交通委', value: 2, group: '逾期' },
    { label: '市交通委', value: 5, group: '在办' },
    { label: '浦东新区', value: 0, group: '逾期' },
    { label: '浦东新区', value: 0, group: '在办' },
  ]

  test('has a line for each bar', () => {
    expect(chartLines(bars(values), 'zh-CN')).toEqual([
      '各单位在办与逾期',
      '市交通委：逾期2，在办5',
      '浦东新区：0',
    ])
    expect(chartLines(bars(values), 'en')).toEqual([
      '各单位在办与逾期',
      '市交通委: 逾期 2, 在办 5',
      '浦东新区: 0',
    ])
    expect(chartLines(pie([{ label: '解决', value: 3 }]), 'zh-CN')).toEqual(['办理结果', '解决：3'])
    expect(chartLines(bars([]), 'zh-CN')).toEqual([])
  })
})

interface Picture {
  width: number
  height: number
  /** `#rrggbb`, row by row. */
  colours: string[]
}

async function pictureOf(chart: Chart, locale: Locale = 'zh-CN'): Promise<Picture> {
  const png = await chartPicture(chart, locale)
  if (!png) throw new Error('no picture')
  return decode(png)
}

/** A PNG of eight bits and four channels, not interlaced. */
function decode(png: Buffer): Picture {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const data: Buffer[] = []
  let [width, height] = [0, 0]
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at))
    if (type === 'IDAT') data.push(body)
    if (type !== 'IHDR') continue
    ;[width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
    expect([...body.subarray(8)]).toEqual([8, 6, 0, 0, 0])
  }
  const bytes = inflateSync(Buffer.concat(data))
  const stride = width * 4
  const pixels = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = bytes[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const left = x < 4 ? 0 : (pixels[y * stride + x - 4] ?? 0)
      const up = y === 0 ? 0 : (pixels[(y - 1) * stride + x] ?? 0)
      const corner = x < 4 || y === 0 ? 0 : (pixels[(y - 1) * stride + x - 4] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      pixels[y * stride + x] = (bytes[y * (stride + 1) + 1 + x] ?? 0) + guess
    }
  }
  const colours = Array.from(
    { length: width * height },
    (_, at) => `#${Buffer.from(pixels.buffer, at * 4, 3).toString('hex')}`,
  )
  return { width, height, colours }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

function count(colours: string[], colour: string): number {
  return colours.filter((one) => one === colour).length
}

/** From the top down; a bar is what stands out in a colour from a corner on, as high as all bars are. */
function barLengths({ colours, width }: Picture, colour: string): number[] {
  const isThere = (at: number) => colours[at] === colour
  const run = (from: number, step: number) => {
    let steps = 0
    while (isThere(from + steps * step)) steps++
    return steps
  }
  return colours.flatMap((_, at) => {
    const isCorner = isThere(at) && !isThere(at - 1) && !isThere(at - width)
    return isCorner && run(at, width) === 48 ? [run(at, 1)] : []
  })
}

/** Fails where it is not well formed. @returns the names of all elements. */
function elementsOf(svg: string): Set<string> {
  const names = new Set<string>()
  const open: string[] = []
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?: [a-z-]+="[^"<&]*")*)(\/?)>/g,
    (_, closes, name, _attributes, isWhole) => {
      names.add(name)
      if (closes) expect(open.pop()).toBe(name)
      else if (!isWhole) open.push(name)
      return ''
    },
  )
  // No words stand between the tags.
  expect(rest).toBe('')
  expect(open).toEqual([])
  return names
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
