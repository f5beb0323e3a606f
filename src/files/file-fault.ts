/**
 * Why a file cannot be read, all of it: one row a code. The functions take the code's parameters and give the
 * developer's English; what people read is worded in `messages/`.
 */
const texts = {
  'file-missing': (p: { name: string }) => `no such file: ${p.name}`,
  'file-unreadable': (p: { name: string; reason: string }) => `cannot read ${p.name}: ${p.reason}`,
  'file-type': (p: { name: string }) => `${p.name} is not .csv, .xlsx or .json`,
  'file-too-big': (p: { maxMb: number }) => `the file is over ${p.maxMb} MB`,
  'file-empty': (_: NoParams) => 'the file holds nothing',
  'file-old-excel': (_: NoParams) => 'an old binary Excel file; it must be saved as .xlsx',
  'file-encrypted': (_: NoParams) => 'the file is protected by a password',
  'file-not-as-named': (p: { extension: string }) => `the content is not ${p.extension}`,
  'file-damaged': (p: { detail: string }) => `the file is damaged: ${p.detail}`,
  'unpacked-too-big': (p: { maxMb: number }) => `the file unpacks to over ${p.maxMb} MB`,
  'encoding-unknown': (_: NoParams) => 'the text is neither UTF-8 nor GB18030',
  'quote-open': (p: { line: number }) =>
    `a quotation mark opened in the row at line ${p.line} is never closed`,
  'row-too-long': (p: { line: number }) => `the row that begins at line ${p.line} has no end in sight`,
  'json-syntax': (p: { line: number | null }) =>
    p.line === null ? 'not valid JSON' : `not valid JSON, at line ${p.line}`,
  'json-shape': (_: NoParams) => 'the JSON is neither an array of objects nor {"items": [...]}',
  'too-many-rows': (p: { max: number }) => `more than ${p.max} rows`,
  'too-many-columns': (p: { max: number }) => `more than ${p.max} columns`,
  'cell-too-long': (p: { line: number; header: string; max: number }) =>
    `the cell "${p.header}" at line ${p.line} is longer than ${p.max} characters`,
  'header-twice': (p: { header: string }) => `two columns are headed "${p.header}"`,
  'column-twice': (p: { field: string; headers: string[] }) =>
    `the columns ${p.headers.map((h) => `"${h}"`).join(' and ')} both mean ${p.field}`,
  'columns-missing': (p: { fields: string[] }) => `no column for ${p.fields.join(', ')}`,
  'calendar-incomplete': (p: { year: number; missing: string[] }) =>
    `${p.year} is not whole: ${p.missing.join(', ')} must be a holiday`,
} satisfies Record<string, (params: never) => string>

type NoParams = Record<string, never>

export type FileFaultCode = keyof typeof texts
export type FileFaultParams = { [C in FileFaultCode]: Parameters<(typeof texts)[C]>[0] }

/** A file that cannot be read: nothing of it may be written. Its message is for developers. */
export class FileFault<C extends FileFaultCode = FileFaultCode> extends Error {
  readonly code: C
  readonly params: FileFaultParams[C]
  constructor(code: C, params: FileFaultParams[C], options?: ErrorOptions) {
    super((texts[code] as (params: FileFaultParams[C]) => string)(params), options)
    this.name = 'FileFault'
    this.code = code
    this.params = params
  }
}
