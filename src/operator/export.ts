import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import { type TableFormat, tableFormats } from '../files/write-table.ts'
import { exportAudit } from '../services/reports/audit-export.ts'
import { type ExportOrder, exportItems } from '../services/reports/export.ts'
import { defineOperatorCommand } from './command.ts'
import { withApp } from './open.ts'

export const exportCommand = defineOperatorCommand({
  name: 'export',
  takesFile: false,
  options: { format: 'csv|xlsx|json', out: 'file', audit: 'flag', force: 'flag', private: 'flag' },
  input: z.object({
    format: z.string().optional(),
    out: z.string().optional(),
    audit: z.boolean().default(false),
    force: z.boolean().default(false),
    private: z.boolean().default(false),
  }),
  async run(desk, input) {
    const { terminal, voice, folder } = desk
    const { operator } = voice.t
    const format = formatOf(input)
    const { out } = input
    const target = out && path.resolve(folder, out)
    if (target && existsSync(target) && !input.force) {
      throw new UserError((t) => t.operator.export.exists(out ?? ''))
    }
    return withApp(desk, { made: false }, async ({ app }) => {
      const order = {
        format,
        private: input.private,
        progress: (done: number) => terminal.progress(operator.progress.exporting(done)),
      }
      const exportAll = input.audit ? exportAudit : exportItems
      if (!target) {
        await exportAll(app, { ...order, write: terminal.pour })
        if (desk.hasPreamble) terminal.complain(operator.export.preamble)
        return true
      }
      const count = await exportTo(target, (write) => exportAll(app, { ...order, write }))
      terminal.say(
        input.audit ? voice.t.directory.audit.done(out ?? '', count) : operator.export.done(out ?? '', count),
      )
      return true
    })
  },
})

/** The format that was asked for, else the one that the file's name says. @throws {UserError} */
function formatOf({ format, out }: { format?: string; out?: string }): TableFormat {
  const extension = out === undefined ? '' : path.extname(out).slice(1).toLowerCase()
  const wanted = format?.toLowerCase() ?? (extension || 'csv')
  const known = tableFormats.find((name) => name === wanted)
  if (!known) throw new UserError((t) => t.operator.export.format(wanted))
  if (out === undefined && known === 'xlsx') throw new UserError((t) => t.operator.export.needOut)
  if (out !== undefined && extension !== '' && extension !== known) {
    throw new UserError((t) => t.operator.export.extension(out, known))
  }
  return known
}

/** Readable to its owner only, and there only once it is whole. */
async function exportTo(
  target: string,
  fill: (write: ExportOrder['write']) => Promise<number>,
): Promise<number> {
  const unfinished = `${target}.unfinished-${process.pid}`
  const handle = await open(unfinished, 'wx', 0o600)
  try {
    const count = await fill(async (piece) => {
      await handle.writeFile(piece)
    })
    await handle.sync()
    await rename(unfinished, target)
    return count
  } finally {
    await handle.close()
    await rm(unfinished, { force: true })
  }
}
