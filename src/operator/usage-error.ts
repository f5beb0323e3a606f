import type { CommanderError } from 'commander'
import type { Wording } from '../messages/wording.ts'
import type { OperatorCommand } from './command.ts'

/** Commander's complaint about the command line, in the operator's language. */
export function usageErrorText(
  { code, message }: CommanderError,
  command: OperatorCommand | undefined,
  { operator: { usage } }: Wording,
): string {
  const [name = ''] = quoted(message)
  const near = /\(Did you mean (?:one of )?([^)?,]+)/.exec(message)?.[1] ?? null
  const help = usage.help(command ? `${command.name} ` : '')
  return `${what()}\n${help}`

  function what(): string {
    switch (code) {
      case 'commander.unknownCommand':
        return usage.unknownCommand(name, near)
      case 'commander.unknownOption':
        return usage.unknownOption(name, near)
      case 'commander.missingArgument':
        return usage.missingArgument
      case 'commander.excessArguments':
        return command?.takesFile ? usage.surplus : usage.surplusNone
      case 'commander.optionMissingArgument':
        return usage.missingValue(name)
      default:
        return message
    }
  }
}

function quoted(message: string): string[] {
  return [...message.matchAll(/'([^']*)'/g)].map(([, text]) => text ?? '')
}
