import { backupCommand } from './backup.ts'
import { calendarCommand } from './calendar.ts'
import { claimCodeCommand } from './claim-code.ts'
import type { OperatorCommand } from './command.ts'
import { directoryCommand } from './directory.ts'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { migrateCommand } from './migrate.ts'
import { statusCommand } from './status.ts'

/** Every command of the operator's: a new one is a file, its wording and a line here. */
export const operatorCommands = [
  directoryCommand,
  importCommand,
  exportCommand,
  statusCommand,
  calendarCommand,
  migrateCommand,
  backupCommand,
  claimCodeCommand,
  doctorCommand,
  // biome-ignore lint/suspicious/noExplicitAny: each has an input of its own, which its schema guards
] satisfies OperatorCommand<any>[]
