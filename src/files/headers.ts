import { FileFault } from './file-fault.ts'
import { nameKey } from './names.ts'
import type { Table } from './table.ts'

/** A file's fields, by their English headers; the first Chinese header is the one that we write ourselves. */
export type Columns<F extends string> = Readonly<Record<F, readonly [string, ...string[]]>>

export const itemColumns = {
  external_id: ['编号', '事项编号', '诉求编号', '工单编号', '工单号'],
  source: ['来源', '事项来源', '诉求来源', '来源渠道'],
  title: ['标题', '事项标题', '诉求标题', '工单标题'],
  content: ['内容', '事项内容', '诉求内容', '工单内容', '具体内容'],
  category: ['类别', '事项类别', '诉求类别'],
  urgency: ['紧急程度', '缓急程度'],
  petitioner: ['诉求人', '来电人', '反映人'],
  phone: ['联系电话', '电话', '手机', '手机号', '联系方式'],
  address: ['地址', '联系地址', '诉求地址'],
  received_at: ['受理时间', '受理日期', '来电时间'],
  lead: ['主办单位', '主办部门', '主办'],
  co: ['协办单位', '协办部门', '协办'],
  policy: ['时限', '办理时限'],
} as const satisfies Columns<string>

export const directoryColumns = {
  department: ['单位', '单位名称', '部门', '部门名称'],
  aliases: ['简称', '别名'],
  platform: ['平台'],
  chat_id: ['群', '群ID', '群号'],
  person: ['姓名', '人员'],
  person_id: ['账号', '帐号', '人员账号', '账号ID'],
  role: ['角色'],
} as const satisfies Columns<string>

export const calendarColumns = {
  date: ['日期'],
  kind: ['类型', 'isOffDay'],
  name: ['名称', '节日', '节日名称'],
} as const satisfies Columns<string>

export interface FoundColumns<F extends string> {
  /** The header in the file, by field. */
  headers: Partial<Record<F, string>>
  /** Headers that mean nothing to us. */
  ignored: string[]
}

/** @throws {FileFault} where a required field has no column, or a field has two */
export function findColumns<F extends string>(
  table: Table,
  columns: Columns<F>,
  required: readonly F[],
): FoundColumns<F> {
  const fields = Object.keys(columns) as F[]
  const fieldOf = new Map(
    fields.flatMap((field) => [field, ...columns[field]].map((h) => [headerKey(h), field])),
  )
  const headers: Partial<Record<F, string>> = {}
  const ignored: string[] = []
  for (const header of table.headers) {
    const field = fieldOf.get(headerKey(header))
    const other = field && headers[field]
    if (field && other !== undefined) throw new FileFault('column-twice', { field, headers: [other, header] })
    if (field) headers[field] = header
    else ignored.push(header)
  }
  const missing = required.filter((field) => headers[field] === undefined)
  if (missing.length > 0 && table.headers.length > 0)
    throw new FileFault('columns-missing', { fields: missing })
  return { headers, ignored }
}

/** `* External ID：` and `标题（必填）` are the headers that they decorate. */
function headerKey(header: string): string {
  return nameKey(header)
    .replace(/\((必填|选填|可选|required|optional)\)/g, '')
    .replace(/^\*+|(?<![*:])[*:]+$/g, '')
    .replace(/[_-]/g, '')
}
