import type { Wording } from '../wording.ts'

const fields: Record<string, string> = {
  external_id: 'external_id',
  source: 'source',
  title: 'title',
  content: 'content',
  category: 'category',
  urgency: 'urgency',
  petitioner: 'petitioner',
  phone: 'phone',
  address: 'address',
  received_at: 'received_at',
  lead: 'lead',
  co: 'co',
  policy: 'policy',
  department: 'department',
  aliases: 'aliases',
  platform: 'platform',
  chat_id: 'chat_id',
  person: 'person',
  person_id: 'person_id',
  role: 'role',
  date: 'date',
  kind: 'kind',
  name: 'name',
}

function labels(names: string[]): string {
  return names.map((name) => `"${fields[name] ?? name}"`).join(', ')
}

export const filesEn: Wording['files'] = {
  fields,

  faults: {
    'file-missing': ({ name }) => `There is no file ${name}.`,
    'file-unreadable': ({ name, reason }) => `Can't read ${name} (${reason}).`,
    'file-type': ({ name }) => `${name} is not a .csv, .xlsx or .json file.`,
    'file-too-big': ({ maxMb }) => `The file is larger than ${maxMb} MB.`,
    'file-empty': () => 'The file holds nothing.',
    'file-old-excel': () => 'This is an old Excel file (.xls): save it as .xlsx and try again.',
    'file-encrypted': () => 'The file has a password: remove it and try again.',
    'file-not-as-named': ({ extension }) =>
      `What is in the file is not ${extension}: check the file's extension.`,
    'file-damaged': ({ detail }) => `The file is damaged (${detail}): save it anew and try again.`,
    'unpacked-too-big': ({ maxMb }) => `The file unpacks to more than ${maxMb} MB.`,
    'encoding-unknown': () => "The text's encoding is not known: save it as UTF-8 or GB18030 (GBK).",
    'quote-open': ({ line }) => `A quotation mark opened at line ${line} is never closed.`,
    'row-too-long': ({ line }) =>
      `The row that begins at line ${line} is too long: please check its quotation marks.`,
    'json-syntax': ({ line }) =>
      line === null ? 'This is not valid JSON.' : `Not valid JSON near line ${line}.`,
    'json-shape': () => 'The JSON must be an array of objects, or {"items": [...]}.',
    'too-many-rows': ({ max }) => `There are more than ${max} rows: split the file.`,
    'too-many-columns': ({ max }) => `There are more than ${max} columns.`,
    'cell-too-long': ({ line, header, max }) =>
      `"${header}" at line ${line} is longer than ${max} characters.`,
    'header-twice': ({ header }) => `Two columns are headed "${header}".`,
    'column-twice': ({ field, headers }) =>
      `The columns ${headers.map((header) => `"${header}"`).join(' and ')} both mean ${labels([field])}: keep one.`,
    'columns-missing': ({ fields: names }) => `Columns are missing: ${labels(names)}. Check the header row.`,
    'calendar-incomplete': ({ year, missing }) =>
      `${year} is not whole: ${missing.join(', ')} must be a holiday. Load the whole year.`,
  },

  rowFaults: {
    required: () => 'is required',
    'not-text': () => 'is not text',
    'too-long': ({ max }) => `is longer than ${max} characters`,
    'unknown-name': () => 'is not known',
    'not-a-time': () => 'is no date or time',
    'not-a-date': () => 'is no date',
    'not-a-policy': () => 'is not a time limit: write 3wd (working days), 5wd, 2h or a date',
    duplicate: ({ other }) => `is at ${other} already`,
    'cell-error': () => 'is an error, or a formula that was not calculated',
    'cell-digits-lost': () => 'has lost its last digits in Excel: make the column text and write it anew',
    'cell-nested': () => 'must be text, not a list or an object',
    'cells-extra': () => 'There are more cells than headers: is there a comma that wants quotation marks?',
    'chat-conflict': ({ other }) => `differs from the same department's chat at ${other}`,
    'chat-taken': ({ other }) => `is another department's chat at ${other}`,
    'name-taken': ({ other }) => `is another department's name at ${other}`,
    'person-conflict': ({ other }) => `is somebody of another name at ${other}`,
    'other-year': () => 'is of another year than the rest of the file',
    'workday-needless': () => 'is a working day anyway',
  },

  andChoices: (reason, names) => `${reason}, choose ${names.join(', ')}`,

  place: { line: (n) => `line ${n}`, object: (n) => `object ${n}` },
  fault: (place, field, reason, value) =>
    `${place}${field === '' ? '' : `, ${field}`}: ${value === '' ? '' : `"${value}" `}${reason}`,

  columns: {
    code: 'Item',
    external_id: 'External ID',
    source: 'Source',
    title: 'Title',
    content: 'Content',
    category: 'Category',
    urgency: 'Urgency',
    petitioner: 'Petitioner',
    phone: 'Phone',
    address: 'Address',
    received_at: 'Received at',
    reports: 'Reports',
    status: 'Status',
    lead: 'Lead',
    co: 'Co',
    contact: 'Contact',
    progress: 'Progress',
    dispatched_at: 'Dispatched at',
    acknowledged_at: 'Acknowledged at',
    due_at: 'Due at',
    extended_to: 'Extended to',
    overdue: 'Overdue',
    measures: 'Measures',
    outcome: 'Outcome',
    evidence: 'Evidence',
    next_step: 'Reason / next step',
    reviewer: 'Reviewer',
    may_publish: 'May be published',
    published: 'Published address',
    callback: 'Callback',
    uptake: 'Uptake',
    closed_at: 'Closed at',
  },
  yes: 'yes',
  no: 'no',
  promised: (date) => `to be done by ${date}`,
}
