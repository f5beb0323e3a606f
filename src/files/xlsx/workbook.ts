import { posix } from 'node:path'
import { FileFault } from '../file-fault.ts'
import { type NumberFormat, numberFormat } from './number-format.ts'
import { scanXml, type XmlHandlers } from './xml.ts'
import type { Archive } from './zip.ts'

/** What a sheet needs from the rest of its workbook. */
export interface Workbook {
  /** The path of the first sheet that a person sees. */
  sheetPath: string
  epoch1904: boolean
  strings: string[]
  /** By the style number of a cell. */
  formats: NumberFormat[]
}

/** @throws {FileFault} */
export function readWorkbook(archive: Archive): Workbook {
  const workbookPath = relationsOf(archive, '').find((r) => r.type === 'officeDocument')?.path
  const path = workbookPath ?? 'xl/workbook.xml'
  const relations = relationsOf(archive, path)
  const sheets: { id: string; hidden: boolean }[] = []
  let epoch1904 = false
  scanPart(archive, path, {
    open(name, attribute) {
      if (name === 'sheet') {
        sheets.push({ id: attribute('id') ?? '', hidden: (attribute('state') ?? 'visible') !== 'visible' })
      }
      if (name === 'workbookPr') epoch1904 ||= /^(1|true)$/.test(attribute('date1904') ?? '')
    },
  })
  const candidates = [...sheets.filter((s) => !s.hidden), ...sheets.filter((s) => s.hidden)]
  const sheetPath = candidates
    .map((sheet) => relations.find((r) => r.id === sheet.id && r.type === 'worksheet')?.path)
    .find(Boolean)
  if (!sheetPath) throw new FileFault('file-damaged', { detail: 'no worksheet' })
  return {
    sheetPath,
    epoch1904,
    strings: readStrings(archive, relations.find((r) => r.type === 'sharedStrings')?.path),
    formats: readFormats(archive, relations.find((r) => r.type === 'styles')?.path),
  }
}

/** Scans one XML file of the archive. @throws {FileFault} where it is missing or not well-formed */
export function scanPart(archive: Archive, path: string, on: XmlHandlers): void {
  const bytes = archive.read(path)
  if (!bytes) throw new FileFault('file-damaged', { detail: `no ${path}` })
  try {
    scanXml(new TextDecoder('utf-8', { fatal: true }).decode(bytes), on)
  } catch (error) {
    if (error instanceof FileFault) throw error
    const detail = `${path}: ${(error as Error).message}`
    throw new FileFault('file-damaged', { detail }, { cause: error })
  }
}

interface Relation {
  id: string
  /** The last part of the type's URL, which differs between the transitional and the strict standard. */
  type: string
  path: string
}

function relationsOf(archive: Archive, path: string): Relation[] {
  const folder = posix.dirname(path)
  const relationsPath = posix.join(folder, '_rels', `${posix.basename(path)}.rels`)
  if (!archive.read(relationsPath)) return []
  const relations: Relation[] = []
  scanPart(archive, relationsPath, {
    open(name, attribute) {
      if (name !== 'Relationship') return
      const target = attribute('Target') ?? ''
      relations.push({
        id: attribute('Id') ?? '',
        type: attribute('Type')?.split('/').at(-1) ?? '',
        path: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      })
    },
  })
  return relations
}

function readStrings(archive: Archive, path: string | undefined): string[] {
  const strings: string[] = []
  if (!path) return strings
  const collector = textCollector()
  scanPart(archive, path, {
    open(name) {
      if (name === 'si') collector.start()
      collector.open(name)
    },
    close(name) {
      collector.close(name)
      if (name === 'si') strings.push(collector.text())
    },
    text: collector.add,
  })
  return strings
}

/** Puts together the runs of a rich text, leaving out the phonetic guide. */
export function textCollector() {
  let collected = ''
  let inText = false
  let inPhonetic = false
  return {
    start() {
      collected = ''
    },
    open(name: string) {
      if (name === 't') inText = true
      if (name === 'rPh') inPhonetic = true
    },
    close(name: string) {
      if (name === 't') inText = false
      if (name === 'rPh') inPhonetic = false
    },
    add(text: string) {
      if (inText && !inPhonetic) collected += text
    },
    text() {
      return unescapeText(collected)
    },
  }
}

/** Characters that XML cannot hold are written `_x000D_`: ECMA-376 part 1, 22.9.2.19. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function readFormats(archive: Archive, path: string | undefined): NumberFormat[] {
  const formats: NumberFormat[] = []
  if (!path) return formats
  const codes = new Map<number, string>()
  let inCellFormats = false
  scanPart(archive, path, {
    open(name, attribute) {
      const id = Number(attribute('numFmtId') ?? 0)
      if (name === 'numFmt') codes.set(id, attribute('formatCode') ?? '')
      if (name === 'cellXfs') inCellFormats = true
      if (name === 'xf' && inCellFormats) formats.push(numberFormat(id, codes.get(id)))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return formats
}
