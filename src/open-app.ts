import type { Config } from './config.ts'
import { createVoice } from './messages/voice.ts'
import type { App } from './services/app.ts'
import { type LiveOffice, openOffice } from './services/office.ts'
import { probeFolder, watchStorage } from './services/storage.ts'

/** What differs between the bot and the command line beside it. */
export type AppParts = Pick<App, 'db' | 'clock' | 'queue' | 'messengers' | 'abilities' | 'log'>

/** What every use case works with, over a database that is open and migrated. */
export async function openApp(core: Config, parts: AppParts): Promise<{ app: App; office: LiveOffice }> {
  const office = await openOffice(parts.db, core.hours)
  const app: App = {
    ...parts,
    voice: createVoice(core.locale, core.hours.timezone, parts.clock),
    policies: core.policies,
    office: office.office,
    storage: watchStorage({
      async probe() {
        await parts.db.probe()
        await probeFolder(core.dataDir)
      },
      log: parts.log,
      recovered: () => void parts.queue.schedule('sweep', 'saved-again', parts.clock.now()),
    }),
    dataDir: core.dataDir,
    retentionDays: core.retentionDays,
  }
  return { app, office }
}
