import { z } from 'zod'
import type { Role } from '../domain/person.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { registerPerson } from '../services/directory.ts'
import { defineChange } from './command.ts'
import { departmentNamed } from './department-words.ts'
import { departmentHere } from './here.ts'
import { tokensOf, wordings } from './words.ts'

/** Leads make the others; more leads come by the directory file, not by a word in a group. */
const assignable = ['contact', 'backup', 'leader'] as const satisfies readonly Role[]

export const person = defineChange({
  name: 'person',
  roles: ['lead'],
  args: z.object({
    account: z.string(),
    name: z.string(),
    role: z.enum(assignable),
    department: z.array(z.string()),
  }),
  parse(words, { incoming }) {
    const mention = incoming.kind === 'text' ? incoming.mentions[0] : undefined
    if (!mention) throw new UserError((t) => t.errors.needMention)
    const tokens = tokensOf(words.replace(`@${mention.name}`, ' '))
    const roleAt = tokens.findIndex((token) => roleOf(token) !== undefined)
    const role = roleOf(tokens[roleAt] ?? '')
    if (!role) throw new UserError((t) => t.errors.needRole)
    const department = tokens.filter((_, index) => index !== roleAt)
    return { account: mention.account, name: mention.name, role, department }
  },
  async run(call, { account, name, role, department: words }, work) {
    const { t } = call.app.voice
    const department =
      words.length === 0 ? await departmentHere(call) : await departmentNamed(work.db, words, 'person')
    if (!department) throw new UserError((w) => w.errors.unknownDepartmentOfGroup)
    await registerPerson(
      work,
      call.actor,
      { platform: call.incoming.platform, account, name },
      role,
      department,
    )
    return { reply: line(t.person.done(name, department.name, t.roles[role]), 'success') }
  },
})

function roleOf(token: string): (typeof assignable)[number] | undefined {
  const said = token.toLowerCase()
  return assignable.find(
    (role) => role === said || wordings.some((t) => t.roles[role].toLowerCase() === said),
  )
}
