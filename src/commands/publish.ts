import { z } from 'zod'
import { UserError } from '../errors.ts'
import { line } from '../messages/message.ts'
import { publish as makePublic } from '../services/closing/publish.ts'
import { defineChange } from './command.ts'
import { replacement } from './replacement.ts'
import { blankToNull, codeAndRest, itemArg, wordings } from './words.ts'

export const publish = defineChange({
  name: 'publish',
  roles: ['lead'],
  args: z.object({
    item: itemArg,
    url: z.string().trim().min(1).max(2000),
    text: blankToNull.pipe(z.string().max(1000).nullable()),
    confirmed: z.boolean().default(false),
  }),
  parse(words) {
    const { item, rest } = codeAndRest(words)
    if (rest === '') throw new UserError((t) => t.closing.publish.need)
    return { item, ...answerOf(rest) }
  },
  async run(call, { item, ...order }, work) {
    const { t } = call.app.voice
    const count = await makePublic(work, call.actor, { code: item, ...order })
    const text = count === 1 ? t.closing.publish.done(item) : t.closing.publish.again(item, count)
    return { reply: line(text, 'success'), toast: text, replace: await replacement(call, work) }
  },
})

const confirm = wordings.flatMap(({ closing }) => closing.words.confirm).join('|')
const confirmation = new RegExp(`(?<![\\s,，。;；])[\\s,，。;；]+(?:${confirm})[。.]?$`, 'i')

/** `https://… the answer 确认`: an address ends where Chinese begins, whether or not there is a space. */
function answerOf(words: string): { url: string; text: string; confirmed: boolean } {
  const said = words.replace(confirmation, '')
  const [, url = '', text = ''] = /^([!-~]+|\S+)[\s,，。:：;；、]*(.*)/s.exec(said.trim()) ?? []
  return { url: url.replace(/(?<![,;.])[,;.]+$/, ''), text, confirmed: said !== words }
}
