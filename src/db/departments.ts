import { loginOf } from '../domain/platform.ts'
import type { Platform } from '../ports.ts'
import { isInForce } from './logins.ts'
import type { Db } from './schema.ts'

export interface Department {
  id: number
  name: string
}

export interface Chat {
  platform: Platform
  chatId: string
}

export async function departmentsByName(db: Db): Promise<Map<string, Department>> {
  const rows = await db
    .selectFrom('department_names')
    .innerJoin('departments', 'departments.id', 'department_names.department_id')
    .select(['department_names.name as alias', 'departments.id', 'departments.name'])
    .execute()
  return new Map(rows.map((row) => [row.alias, { id: row.id, name: row.name }]))
}

export async function addDepartment(db: Db, name: string, at: number): Promise<Department> {
  const { id } = await db
    .insertInto('departments')
    .values({ name, created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('department_names').values({ name, department_id: id }).execute()
  return { id, name }
}

/** Makes `names` the department's other names, beside its full one. */
export async function setAliases(db: Db, department: Department, names: string[]): Promise<void> {
  await db
    .deleteFrom('department_names')
    .where('department_id', '=', department.id)
    .where('name', '!=', department.name)
    .execute()
  const aliases = [...new Set(names)].filter((name) => name !== department.name)
  if (aliases.length === 0) return
  await db
    .insertInto('department_names')
    .values(aliases.map((name) => ({ name, department_id: department.id })))
    .execute()
}

/** The groups that are the department's now: under the login that is in force. */
export async function chatsOf(db: Db, departmentId: number): Promise<Chat[]> {
  const rows = await db
    .selectFrom('department_chats')
    .select(['platform', 'chat_id'])
    .where('department_id', '=', departmentId)
    .where(isInForce('department_chats'))
    .orderBy('platform')
    .execute()
  return rows.map((row) => ({ platform: row.platform, chatId: row.chat_id }))
}

export async function departmentOfChat(db: Db, chat: Chat): Promise<Department | undefined> {
  return db
    .selectFrom('department_chats')
    .innerJoin('departments', 'departments.id', 'department_chats.department_id')
    .select(['departments.id', 'departments.name'])
    .where('platform', '=', chat.platform)
    .where('chat_id', '=', chat.chatId)
    .where(isInForce('department_chats'))
    .executeTakeFirst()
}

/** Those that have a group on that platform. */
export async function departmentsOn(db: Db, platform: Platform): Promise<Department[]> {
  return db
    .selectFrom('department_chats')
    .innerJoin('departments', 'departments.id', 'department_chats.department_id')
    .select(['departments.id', 'departments.name'])
    .where('platform', '=', platform)
    .where(isInForce('department_chats'))
    .orderBy('departments.id')
    .execute()
}

/** Those that have one under another login alone. */
export async function departmentsOnceOn(db: Db, platform: Platform): Promise<Department[]> {
  const present = await departmentsOn(db, platform)
  const rows = await db
    .selectFrom('department_chats')
    .innerJoin('departments', 'departments.id', 'department_chats.department_id')
    .select(['departments.id', 'departments.name'])
    .where('platform', '=', platform)
    .distinct()
    .orderBy('departments.id')
    .execute()
  return rows.filter(({ id }) => !present.some((department) => department.id === id))
}

/** The department's group on that platform, and under that login, from now on, whatever it was before. */
export async function bindChat(db: Db, departmentId: number, chat: Chat): Promise<void> {
  const login = loginOf(chat.chatId)
  await unbindChat(db, chat)
  await db
    .deleteFrom('department_chats')
    .where('department_id', '=', departmentId)
    .where('platform', '=', chat.platform)
    .where('login', '=', login)
    .execute()
  await db
    .insertInto('department_chats')
    .values({ department_id: departmentId, platform: chat.platform, chat_id: chat.chatId, login })
    .execute()
}

export async function unbindChat(db: Db, chat: Chat): Promise<void> {
  await db
    .deleteFrom('department_chats')
    .where('platform', '=', chat.platform)
    .where('chat_id', '=', chat.chatId)
    .execute()
}

/** The task force: the departments whose people are leads. */
export async function taskForces(db: Db): Promise<Department[]> {
  return db
    .selectFrom('departments')
    .innerJoin('memberships', 'memberships.department_id', 'departments.id')
    .select(['departments.id', 'departments.name'])
    .where('memberships.role', '=', 'lead')
    .distinct()
    .orderBy('departments.id')
    .execute()
}
