import type { z } from 'zod'
import type { Wording } from '../messages/wording.ts'
import type { Desk } from './desk.ts'

export type OperatorCommandName = keyof Wording['operator']['commands']
export type OperatorOption = keyof Wording['operator']['options']

export interface OperatorCommand<Input = unknown> {
  /** Its name on the command line, and its key in the wording. */
  name: OperatorCommandName
  /** Takes the name of a file. */
  takesFile: boolean
  /** A flag, or what stands for its value in the usage. */
  options: Partial<Record<OperatorOption, 'flag' | string>>
  /** The file, as `file`, and the options by their names. */
  input: z.ZodType<Input>
  /**
   * @returns whether it went well
   * @throws {UserError | FileFault | ConfigError} what the operator can mend
   */
  run(desk: Desk, input: Input): Promise<boolean>
}

export function defineOperatorCommand<Input>(command: OperatorCommand<Input>): OperatorCommand<Input> {
  return command
}
