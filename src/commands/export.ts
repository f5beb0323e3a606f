import { z } from 'zod'
import { line } from '../messages/message.ts'
import { requestExport } from '../services/reports/export-file.ts'
import { defineChange } from './command.ts'
import { nothingMore } from './words.ts'

export const exportTable = defineChange({
  name: 'export',
  roles: ['lead'],
  args: z.object({}),
  parse: nothingMore,
  async run({ app, actor, incoming }, _args, work) {
    const { platform, sender } = incoming
    await requestExport(work, actor, { platform, account: sender.account })
    const text = app.voice.t.reports.export.underWay
    return { reply: line(text), toast: text }
  },
})
