import type { Role } from '../domain/person.ts'
import type { Platform } from '../ports.ts'
import { type FieldReader, found, nameList, oneLine, required } from './field-readers.ts'
import { directoryColumns, findColumns } from './headers.ts'
import { nameFinder, nameKey, platformNames, roleNames } from './names.ts'
import { cellsByField } from './row-cells.ts'
import { faultOf, Refusal, type RowFault } from './row-fault.ts'
import type { Table } from './table.ts'

/** A department with all that its rows say. */
export interface DirectoryDepartment {
  /** The first line that names it. */
  line: number
  name: string
  aliases: string[]
  /** At most one for each platform. */
  chats: { platform: Platform; chat_id: string }[]
  people: DirectoryPerson[]
}

export interface DirectoryPerson {
  line: number
  name: string
  platform: Platform
  /** The person's id on the platform: the column person_id. */
  account: string
  role: Role
}

export interface ParsedDirectory {
  departments: DirectoryDepartment[]
  faults: RowFault[]
  /** Headers of columns that mean nothing to us. */
  ignored: string[]
}

/**
 * A row for each person; rows repeat the department, its aliases and its chat, or leave what was said already empty.
 * @throws {FileFault} where the file has no column for the department
 */
export function parseDirectoryRows(table: Table): ParsedDirectory {
  const columns = findColumns(table, directoryColumns, ['department'])
  const faults: RowFault[] = []
  const rows: DirectoryRow[] = []
  for (const row of table.rows) {
    const { cells, faults: inCells } = cellsByField(row, columns)
    const read = readRow(cells, row.line, new Set(inCells.map(({ field }) => field)))
    faults.push(...inCells, ...read.faults)
    if (read.row && inCells.length === 0) rows.push(read.row)
  }
  const claims = claimsOf(rows)
  const departments = new Map<string, DirectoryDepartment>()
  for (const row of rows) {
    const conflicts = conflictsOf(row, claims)
    faults.push(...conflicts)
    if (conflicts.length === 0) addRow(departments, row)
  }
  return {
    departments: [...departments.values()],
    faults: faults.sort((a, b) => a.line - b.line),
    ignored: columns.ignored,
  }
}

interface DirectoryRow {
  line: number
  department: string
  aliases: string[]
  platform: Platform | null
  chat_id: string | null
  person: string | null
  person_id: string | null
  role: Role | null
}

const readers = {
  department: required(oneLine(100)),
  aliases: nameList(100),
  platform: found(nameFinder(platformNames), 'unknown-name'),
  chat_id: oneLine(200),
  person: oneLine(50),
  person_id: oneLine(200),
  role: found(nameFinder(roleNames), 'unknown-name'),
} satisfies { [F in keyof Omit<DirectoryRow, 'line'>]: FieldReader<DirectoryRow[F]> }

type DirectoryField = keyof typeof readers

function readRow(
  cells: Partial<Record<DirectoryField, string>>,
  line: number,
  flawed: ReadonlySet<string>,
): { row: DirectoryRow | null; faults: RowFault[] } {
  const values: Record<string, unknown> = { line }
  const faults: RowFault[] = []
  for (const field of Object.keys(readers) as DirectoryField[]) {
    const value = readers[field](cells[field], undefined)
    if (!(value instanceof Refusal)) values[field] = value
    else if (!flawed.has(field)) faults.push({ line, ...faultOf(field, value) })
  }
  if (faults.length > 0) return { row: null, faults }
  const row = values as unknown as DirectoryRow
  const missing = missingFields(row).filter((field) => !flawed.has(field))
  faults.push(...missing.map((field): RowFault => ({ line, field, code: 'required' })))
  return { row: faults.length > 0 ? null : row, faults }
}

/** A person needs a name, an account and a role; an account or a chat needs to say on which platform. */
function missingFields(row: DirectoryRow): DirectoryField[] {
  const hasPerson = row.person !== null || row.person_id !== null || row.role !== null
  const needed: DirectoryField[] = hasPerson ? ['person', 'person_id', 'role'] : []
  if (hasPerson || row.chat_id !== null) needed.push('platform')
  return needed.filter((field) => row[field] === null)
}

interface Claim {
  line: number
  owner: string
}

/** Who said something first. Departments' own names come before all aliases, wherever in the file they stand. */
interface Claims {
  names: Map<string, Claim>
  chats: Map<string, Claim>
  chatOfDepartment: Map<string, Claim>
  accounts: Map<string, Claim>
}

function claimsOf(rows: DirectoryRow[]): Claims {
  const claims: Claims = {
    names: new Map(),
    chats: new Map(),
    chatOfDepartment: new Map(),
    accounts: new Map(),
  }
  for (const { department, line } of rows) claim(claims.names, nameKey(department), department, line)
  for (const row of rows) {
    for (const alias of row.aliases) claim(claims.names, nameKey(alias), row.department, row.line)
    if (row.chat_id !== null) {
      claim(claims.chats, `${row.platform} ${row.chat_id}`, row.department, row.line)
      claim(claims.chatOfDepartment, `${row.platform} ${row.department}`, row.chat_id, row.line)
    }
    if (row.person_id !== null) {
      claim(claims.accounts, `${row.platform} ${row.person_id}`, row.person ?? '', row.line)
    }
  }
  return claims
}

function claim(claims: Map<string, Claim>, key: string, owner: string, line: number): void {
  if (!claims.has(key)) claims.set(key, { line, owner })
}

function conflictsOf(row: DirectoryRow, claims: Claims): RowFault[] {
  const faults: RowFault[] = []
  function check(
    field: DirectoryField,
    code: RowFault['code'],
    value: string,
    claim?: Claim,
    owner?: string,
  ) {
    if (!claim || claim.owner === owner) return
    faults.push({ line: row.line, field, code, value, otherLine: claim.line })
  }
  const { department, platform, chat_id, person, person_id } = row
  check('department', 'name-taken', department, claims.names.get(nameKey(department)), department)
  for (const alias of row.aliases) {
    check('aliases', 'name-taken', alias, claims.names.get(nameKey(alias)), department)
  }
  if (chat_id !== null) {
    const chosen = claims.chatOfDepartment.get(`${platform} ${department}`)
    check('chat_id', 'chat-taken', chat_id, claims.chats.get(`${platform} ${chat_id}`), department)
    check('chat_id', 'chat-conflict', chat_id, chosen, chat_id)
  }
  if (person_id !== null && person !== null) {
    const known = claims.accounts.get(`${platform} ${person_id}`)
    check('person_id', 'person-conflict', person_id, known, person)
  }
  return faults
}

function addRow(departments: Map<string, DirectoryDepartment>, row: DirectoryRow): void {
  const { line, department: name, platform, chat_id, person, person_id, role } = row
  const department = departments.get(name) ?? { line, name, aliases: [], chats: [], people: [] }
  departments.set(name, department)
  for (const alias of row.aliases) {
    if (alias !== name && !department.aliases.includes(alias)) department.aliases.push(alias)
  }
  if (platform === null) return
  if (chat_id !== null && !department.chats.some((chat) => chat.platform === platform)) {
    department.chats.push({ platform, chat_id })
  }
  if (person === null || person_id === null || role === null) return
  const isKnown = department.people.some(
    (p) => p.platform === platform && p.account === person_id && p.role === role,
  )
  if (!isKnown) department.people.push({ line, name: person, platform, account: person_id, role })
}
