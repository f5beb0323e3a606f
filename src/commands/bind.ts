import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { resolveDepartment } from '../services/directory/departments.ts'
import { bind as bindGroup } from '../services/directory/groups.ts'
import { defineChange } from './command.ts'

export const bind = defineChange({
  name: 'bind',
  roles: ['lead'],
  args: z.object({ department: z.string() }),
  parse(words) {
    if (words === '') throw new UserError((t) => t.errors.needDepartment)
    return { department: words }
  },
  async run({ app, actor, incoming }, { department: name }, work) {
    const { t } = app.voice
    if (incoming.chat.kind !== 'group') throw new UserError((w) => w.errors.onlyInGroup)
    const department = await resolveDepartment(work.db, name)
    const chat = { platform: incoming.platform, chatId: incoming.chat.id }
    const isNew = await bindGroup(work, actor, department, chat)
    return { reply: line(isNew ? t.bind.done(department.name) : t.bind.already(department.name), 'success') }
  },
})
