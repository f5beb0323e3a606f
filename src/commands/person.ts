import { z } from 'zod'
import { type Department, taskForces } from '../db/departments.ts'
import { type Role, roles } from '../domain/person.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import type { Account } from '../services/directory/accounts.ts'
import { openWords } from '../services/directory/groups.ts'
import { type Leaving, leave, type Place, registerPerson } from '../services/directory/people.ts'
import type { Work } from '../services/work.ts'
import { type Call, defineChange } from './command.ts'
import { departmentNamed } from './department-words.ts'
import { says } from './directory-words.ts'
import { departmentHere } from './here.ts'
import { tokensOf, wordings } from './words.ts'

export const person = defineChange({
  name: 'person',
  roles: ['lead'],
  args: z.object({
    account: z.string(),
    name: z.string(),
    /** None: leaves. */
    roles: z.array(z.enum(roles)),
    department: z.array(z.string()),
  }),
  parse(words, { incoming }) {
    const mention = incoming.kind === 'text' ? incoming.mentions[0] : undefined
    if (!mention) throw new UserError((t) => t.errors.needMention)
    const tokens = tokensOf(words.replace(`@${mention.name}`, ' '))
    const given = tokens.flatMap((token) => roleOf(token) ?? [])
    const leaves = tokens.some((token) => says('leave', token))
    if (leaves && given.length > 0) throw new UserError((t) => t.directory.person.either)
    if (!leaves && given.length === 0) throw new UserError((t) => t.directory.person.needRole)
    const department = tokens.filter((token) => !roleOf(token) && !says('leave', token))
    const inOrder = roles.filter((role) => given.includes(role))
    return { account: mention.account, name: mention.name, roles: inOrder, department }
  },
  async run(call, { account, name, roles: given, department: words }, work) {
    const who: Account = { platform: call.incoming.platform, account, name }
    const named = words.length === 0 ? undefined : await departmentNamed(work.db, words, 'person')
    return {
      reply: line(
        await (given.length === 0 ? left(call, work, who, named) : joined(call, work, who, given, named)),
        'success',
      ),
    }
  },
})

async function joined(
  call: Call,
  work: Work,
  who: Account,
  given: Role[],
  named: Department | undefined,
): Promise<string> {
  const { t } = call.app.voice
  const places: Place[] = []
  for (const role of given) {
    const department = await (role === 'lead' ? taskForceOf(call, work, named) : departmentOf(call, named))
    places.push({ role, department })
  }
  const known = await registerPerson(work, call.actor, who, places)
  const byDepartment = Map.groupBy(places, ({ department }) => department.name)
  const lines = [...byDepartment].map(([department, own]) =>
    t.person.done(who.name, department, t.list(own.map(({ role }) => t.roles[role]))),
  )
  return t.beside(...lines, known === null ? '' : t.person.known[known](who.name))
}

/** @throws {UserError} where neither the words nor the group say which */
async function departmentOf(call: Call, named: Department | undefined): Promise<Department> {
  const department = named ?? (await departmentHere(call))
  if (!department) throw new UserError((t) => t.errors.unknownDepartmentOfGroup)
  return department
}

/** A lead elsewhere would make that department a task force. @throws {UserError} */
async function taskForceOf(call: Call, work: Work, named: Department | undefined): Promise<Department> {
  const forces = await taskForces(work.db)
  const here = await departmentHere(call)
  const meant =
    named ?? forces.find(({ id }) => id === here?.id) ?? (forces.length === 1 ? forces[0] : undefined)
  if (!meant) throw new UserError((t) => t.errors.unknownDepartmentOfGroup)
  if (forces.some(({ id }) => id === meant.id)) return meant
  const names = forces.map(({ name }) => name)
  throw new UserError((t) => t.directory.person.leadElsewhere(meant.name, t.list(names)))
}

/** From the department that is named; else from the one in whose group it is said, or from every one. */
async function left(call: Call, work: Work, who: Account, named: Department | undefined): Promise<string> {
  const { t } = call.app.voice
  const here = await departmentHere(call)
  const leaving = await leave(work, call.actor, who, { named, here })
  const words = [t.directory.person.left(leaving.name, rolesLeft(leaving, call))]
  for (const department of leaving.withoutContact) {
    words.push(t.directory.person.noContact(department.name, await openWords(work, department)))
  }
  return t.beside(...words)
}

function rolesLeft({ left: all }: Leaving, { app }: Call): string {
  const { t } = app.voice
  return t.list(
    all.map(({ department, roles: had }) =>
      t.directory.person.roleOf(department.name, t.list(had.map((role) => t.roles[role]))),
    ),
  )
}

function roleOf(token: string): Role | undefined {
  const said = token.toLowerCase()
  return roles.find((role) => role === said || wordings.some((t) => t.roles[role].toLowerCase() === said))
}
