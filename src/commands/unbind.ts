import { z } from 'zod'
import { departmentOfChat, taskForces } from '../db/departments.ts'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { unbindQuestion } from '../messages/unbind.ts'
import { openWords, unbind as unbindGroup } from '../services/directory/groups.ts'
import { defineChange } from './command.ts'
import { says } from './directory-words.ts'
import { plainWords } from './words.ts'

/** Asks first, and says what it means; the word or the button after that does it. */
export const unbind = defineChange({
  name: 'unbind',
  roles: ['lead'],
  args: z.object({ confirmed: z.boolean(), department: z.number().optional() }),
  parse(words) {
    const confirmed = says('confirm', plainWords(words))
    if (words !== '' && !confirmed) throw new UserError((t) => t.errors.surplus(words))
    return { confirmed }
  },
  async run({ app, actor, incoming }, { confirmed, department: meant }, work) {
    const { t } = app.voice
    if (incoming.chat.kind !== 'group') throw new UserError((w) => w.directory.errors.onlyInGroup)
    const chat = { platform: incoming.platform, chatId: incoming.chat.id }
    const department = await departmentOfChat(work.db, chat)
    if (!department) throw new UserError((w) => w.directory.errors.notBound)
    if (!confirmed) {
      // A task force's own group is nobody's news.
      const isTold = (await taskForces(work.db)).some(({ id }) => id !== department.id)
      return { reply: unbindQuestion(department, await openWords(work, department), isTold, app.voice) }
    }
    if (meant !== undefined && meant !== department.id) {
      throw new UserError((w) => w.directory.errors.boundOtherwise(department.name))
    }
    await unbindGroup(work, actor, department, chat)
    const done = t.directory.unbind.done(department.name)
    return {
      reply: line(done, 'success'),
      toast: done,
      replace: { title: done, tone: 'muted', blocks: [{ kind: 'text', text: t.directory.unbind.waits }] },
    }
  },
})
