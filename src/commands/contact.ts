import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { showDetails } from '../services/directory/private-details.ts'
import { defineChange } from './command.ts'
import { codeAndRest, itemArg } from './words.ts'

export const contact = defineChange({
  name: 'contact',
  roles: ['lead', 'contact', 'backup'],
  args: z.object({ item: itemArg }),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    if (rest !== '') throw new UserError((t) => t.errors.surplus(rest))
    return { item }
  },
  async run({ app, actor, incoming }, { item }, work) {
    const { t } = app.voice
    const isPrivate = incoming.kind === 'text' && incoming.chat.kind === 'private'
    await showDetails(work, actor, item, {
      platform: incoming.platform,
      account: incoming.sender.account,
      replyTo: isPrivate ? incoming.messageId : undefined,
    })
    // What stands in the private chat needs no second message that says so.
    return isPrivate ? {} : { reply: line(t.answeredInPrivate), toast: t.directory.contact.sent }
  },
})
