import type { FileFaultCode, FileFaultParams } from '../../files/file-fault.ts'
import type { RowFaultCode } from '../../files/row-fault.ts'

/** What a reason may need to say beside itself. */
export interface RowFaultDetails {
  max: number
  /** The earlier place that this one is at odds with. */
  other: string
}

/** A field by its English name, as the operator knows it; where a file has a header of its own, that is said instead. */
const fields: Record<string, string> = {
  external_id: '编号',
  source: '来源',
  title: '标题',
  content: '内容',
  category: '类别',
  urgency: '紧急程度',
  petitioner: '诉求人',
  phone: '联系电话',
  address: '地址',
  received_at: '受理时间',
  lead: '主办单位',
  co: '协办单位',
  policy: '时限',
  department: '单位',
  aliases: '简称',
  platform: '平台',
  chat_id: '群',
  person: '姓名',
  person_id: '账号',
  role: '角色',
  date: '日期',
  kind: '类型',
  name: '名称',
}

function labels(names: string[]): string {
  return names.map((name) => `“${fields[name] ?? name}”`).join('、')
}

/** Operators' files: what is wrong with them, and the names of what they hold. */
export const filesZhCN = {
  fields,

  faults: {
    'file-missing': ({ name }) => `找不到文件 ${name}。`,
    'file-unreadable': ({ name, reason }) => `无法读取 ${name}（${reason}）。`,
    'file-type': ({ name }) => `${name} 不是 .csv、.xlsx 或 .json 文件。`,
    'file-too-big': ({ maxMb }) => `文件超过 ${maxMb} MB。`,
    'file-empty': () => '文件中没有数据。',
    'file-old-excel': () => '这是旧版 Excel 文件（.xls），请另存为 .xlsx 后再试。',
    'file-encrypted': () => '文件设有密码，请去除密码后再试。',
    'file-not-as-named': ({ extension }) => `文件内容不是 ${extension} 格式，请核对扩展名。`,
    'file-damaged': ({ detail }) => `文件已损坏（${detail}），请重新保存后再试。`,
    'unpacked-too-big': ({ maxMb }) => `文件解压后超过 ${maxMb} MB。`,
    'encoding-unknown': () => '文字编码无法识别，请保存为 UTF-8 或 GB18030（GBK）。',
    'quote-open': ({ line }) => `第 ${line} 行起有一处双引号没有配对。`,
    'row-too-long': ({ line }) => `第 ${line} 行起的内容过长，请检查双引号是否配对。`,
    'json-syntax': ({ line }) => (line === null ? 'JSON 语法有误。' : `JSON 语法有误，在第 ${line} 行附近。`),
    'json-shape': () => 'JSON 应为对象的数组，或 {"items": [...]}。',
    'too-many-rows': ({ max }) => `超过 ${max} 行，请分成几个文件。`,
    'too-many-columns': ({ max }) => `超过 ${max} 列。`,
    'cell-too-long': ({ line, header, max }) => `第 ${line} 行“${header}”超过 ${max} 个字符。`,
    'header-twice': ({ header }) => `有两列的标题都是“${header}”。`,
    'column-twice': ({ field, headers }) =>
      `${headers.map((header) => `“${header}”`).join('、')}这两列都表示${labels([field])}，请只保留一列。`,
    'columns-missing': ({ fields: names }) => `缺少必需的列：${labels(names)}。请核对首行标题。`,
    'calendar-incomplete': ({ year, missing }) =>
      `${year} 年的安排不完整：${missing.join('、')} 应为放假。请载入全年安排。`,
  } satisfies FileFaultTexts as FileFaultTexts,

  rowFaults: {
    required: () => '必填',
    'not-text': () => '不是文字',
    'too-long': ({ max }) => `超过 ${max} 个字`,
    'unknown-name': () => '无法识别',
    'not-a-time': () => '不是有效的日期或时间',
    'not-a-date': () => '不是有效的日期',
    'not-a-policy': () => '无法识别，可写 3wd（3个工作日）、5wd、2h 或日期',
    duplicate: ({ other }) => `与${other}重复`,
    'cell-error': () => '是错误值或未计算的公式',
    'cell-digits-lost': () => '数字末位已被 Excel 抹去，请将此列设为文本后重新填写',
    'cell-nested': () => '应为文字，不能是列表或对象',
    'cells-extra': () => '单元格比标题多，请检查是否有未加双引号的逗号',
    'chat-conflict': ({ other }) => `与${other}同一单位的群不一致`,
    'chat-taken': ({ other }) => `此群在${other}已属于其他单位`,
    'name-taken': ({ other }) => `此名称在${other}已属于其他单位`,
    'person-conflict': ({ other }) => `此账号在${other}是另一姓名`,
    'other-year': () => '与本文件其他日期不是同一年',
    'workday-needless': () => '本来就是工作日，无需列为调休上班',
  } satisfies RowFaultTexts as RowFaultTexts,

  andChoices: (reason: string, names: readonly string[]) => `${reason}，可填：${names.join('、')}`,

  /** A place in a file: of a .json, whose rows are objects, the number of the object. */
  place: { line: (n: number) => `第 ${n} 行`, object: (n: number) => `第 ${n} 项` },
  /** `value`: what stands there; empty where it is not to be shown. */
  fault: (place: string, field: string, reason: string, value: string) =>
    `${place}　${field === '' ? '' : `${field}：`}${value === '' ? '' : `“${value}”`}${reason}`,

  /** The columns of an exported task list. */
  columns: {
    code: '督办编号',
    external_id: '编号',
    source: '来源',
    title: '标题',
    content: '内容',
    category: '类别',
    urgency: '紧急程度',
    petitioner: '诉求人',
    phone: '联系电话',
    address: '地址',
    received_at: '受理时间',
    reports: '反映人次',
    status: '事项状态',
    lead: '主办单位',
    co: '协办单位',
    contact: '联络员',
    progress: '办理状态',
    dispatched_at: '交办时间',
    acknowledged_at: '签收时间',
    due_at: '办理时限',
    extended_to: '延期至',
    overdue: '是否逾期',
    measures: '办理情况',
    outcome: '结果',
    evidence: '佐证',
    next_step: '未完成原因/下一步',
    reviewer: '审核人',
    may_publish: '可否公开',
    published: '公开网址',
    callback: '回访结果',
    uptake: '成果转化',
    closed_at: '销号时间',
  },
  yes: '是',
  no: '否',
  promised: (date: string) => `预计${date}办结`,
}

type FileFaultTexts = { [C in FileFaultCode]: (params: FileFaultParams[C]) => string }
type RowFaultTexts = Record<RowFaultCode, (details: RowFaultDetails) => string>
