import { z } from 'zod'
import { line } from '../messages/message.ts'
import { undo as takeBack } from '../services/undo/undo.ts'
import { defineChange } from './command.ts'
import { nothingMore } from './words.ts'

export const undo = defineChange({
  name: 'undo',
  roles: ['lead', 'contact', 'backup'],
  args: z.object({}),
  parse: nothingMore,
  async run({ actor, app }, _, work) {
    const { moment, t } = app.voice
    const { at, codes, what } = await takeBack(work, actor)
    return { reply: line(t.closing.undo.done(t.codes(codes), t.events[what], moment(at)), 'success') }
  },
})
