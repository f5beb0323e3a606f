import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Blob, Face, Font, Variation } from 'harfbuzzjs'
import decompress from 'wawoff2/decompress.js'

/** Noto Sans SC comes in a hundred slices: only those are read in which a wanted character is. */
const home = '@fontsource-variable/noto-sans-sc'
const { resolve } = createRequire(import.meta.url)

const weights = { regular: 400, bold: 600 } as const
export type Weight = keyof typeof weights

export interface Glyph {
  /** An outline as SVG has it, but upwards; in units of which `Typeface.unitsPerEm` make the size. */
  outline: string
  advance: number
}

export interface Typeface {
  unitsPerEm: number
  /** @returns a box for what the font does not have. */
  glyph(character: string, weight: Weight): Glyph
}

/** Stands in for a character that the font lacks. */
const box = '□'

type Slice = Record<Weight, Font> & { unitsPerEm: number }

/** A typeface that has at least these characters, as far as the font has them. */
export async function typefaceFor(characters: Iterable<string>): Promise<Typeface> {
  const sliceNames = await sliceNamesByCharacter()
  const slices = new Map<string, Slice>()
  for (const character of [box, ...characters]) {
    const name = sliceNames(character)
    if (name !== undefined && !slices.has(name)) slices.set(name, await readSlice(name))
  }
  function find(character: string, weight: Weight): Glyph | undefined {
    const font = slices.get(sliceNames(character) ?? '')?.[weight]
    const id = font?.nominalGlyph(character.codePointAt(0) ?? 0)
    return font && id ? { outline: font.glyphToPath(id), advance: font.glyphHAdvance(id) } : undefined
  }
  const found: Record<Weight, Map<string, Glyph>> = { regular: new Map(), bold: new Map() }
  function glyph(character: string, weight: Weight): Glyph {
    const known = found[weight].get(character)
    if (known) return known
    const drawn = find(character, weight) ?? find(box, weight) ?? { outline: '', advance: 0 }
    found[weight].set(character, drawn)
    return drawn
  }
  return { unitsPerEm: [...slices.values()][0]?.unitsPerEm ?? 1000, glyph }
}

async function readSlice(name: string): Promise<Slice> {
  const woff2 = await readFile(resolve(`${home}/files/noto-sans-sc-${name}-wght-normal.woff2`))
  const face = new Face(new Blob(await decompress(woff2)))
  function weighing(weight: number): Font {
    const font = new Font(face)
    font.setVariations([new Variation('wght', weight)])
    return font
  }
  return { regular: weighing(weights.regular), bold: weighing(weights.bold), unitsPerEm: face.upem }
}

/** The package lists what is where: `{"[4]": "U+1f1e9-1f1f5,U+1f21a", "latin": …}`. */
async function sliceNamesByCharacter(): Promise<(character: string) => string | undefined> {
  const listed: Record<string, string> = JSON.parse(await readFile(resolve(`${home}/unicode.json`), 'utf8'))
  const ranges = Object.entries(listed).flatMap(([key, list]) =>
    list.split(',').map((range) => {
      const [first = 0, last = first] = range
        .slice('U+'.length)
        .split('-')
        .map((code) => Number.parseInt(code, 16))
      return { name: key.replace(/[[\]]/g, ''), first, last }
    }),
  )
  return (character) => {
    const code = character.codePointAt(0) ?? 0
    return ranges.find(({ first, last }) => first <= code && code <= last)?.name
  }
}
