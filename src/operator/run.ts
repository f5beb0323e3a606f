import { Command, CommanderError } from 'commander'
import { ConfigError } from '../config.ts'
import { UserError } from '../errors.ts'
import { FileFault } from '../files/file-fault.ts'
import { fileFaultText } from '../messages/files.ts'
import type { Voice } from '../messages/voice.ts'
import { Unwritable } from '../ports.ts'
import type { OperatorCommand, OperatorOption } from './command.ts'
import type { Desk } from './desk.ts'
import { operatorCommands } from './index.ts'
import { displayWidth } from './terminal/display-width.ts'
import { usageErrorText } from './usage-error.ts'

/** Runs what the words after `duban` say. @returns the exit code: 0, or 1 with a message on the terminal */
export async function runOperator(words: readonly string[], desk: Desk): Promise<number> {
  let exitCode = 0
  const program = createProgram(desk.voice, desk.terminal.say, async (command, input) => {
    exitCode = (await command.run(desk, command.input.parse(input))) ? 0 : 1
  })
  try {
    await program.parseAsync(words, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const complaint = complaintOf(error, words, desk.voice)
    if (complaint === null) throw error
    if (complaint !== '') desk.terminal.complain(complaint)
    return 1
  } finally {
    desk.terminal.progress('')
  }
}

/** Null where it is a bug. */
function complaintOf(error: unknown, words: readonly string[], voice: Voice): string | null {
  if (error instanceof UserError) return error.say(voice.t)
  if (error instanceof FileFault) return fileFaultText(error, voice)
  if (error instanceof ConfigError) return voice.t.operator.config(error.faults)
  if (error instanceof CommanderError) {
    // The help was shown, since nothing was asked for.
    if (error.code === 'commander.help') return ''
    const command = operatorCommands.find(({ name }) => name === words[0])
    return usageErrorText(error, command, voice.t)
  }
  // Errors with a code are the system's: no room, no right, a database that is locked.
  if (error instanceof Unwritable) return voice.t.operator.failed(error.message)
  if (error instanceof Error && (error.constructor === Error || 'code' in error)) {
    return voice.t.operator.failed(error.message)
  }
  return null
}

type Run = (command: OperatorCommand, input: Record<string, unknown>) => Promise<void>

function createProgram({ t }: Voice, say: (text: string) => void, run: Run): Command {
  const { operator } = t
  const headings: Record<string, string> = {
    'Usage:': operator.help.usage,
    'Arguments:': operator.help.arguments,
    'Options:': operator.help.options,
    'Commands:': operator.help.commands,
  }
  const program = new Command('npm run duban --')
    .description(operator.about)
    .helpOption('-h, --help', operator.help.show)
    .helpCommand(false)
    .addHelpText('after', `\n${operator.help.more}`)
    .configureHelp({ displayWidth, styleTitle: (title) => headings[title] ?? title })
    .configureOutput({
      writeOut: (text) => say(text.trimEnd()),
      writeErr: (text) => say(text.trimEnd()),
      outputError: () => {},
    })
    .exitOverride()
  for (const command of operatorCommands) addCommand(program, command, t.operator, run)
  return program
}

function addCommand(
  program: Command,
  command: OperatorCommand,
  { commands, options, help }: Voice['t']['operator'],
  run: Run,
): void {
  const words: { does: string; file?: string } = commands[command.name]
  const sub = program
    .command(command.name)
    .description(words.does)
    .helpOption('-h, --help', help.show)
    .allowExcessArguments(false)
  if (command.takesFile) sub.argument('<file>', words.file)
  for (const [name, value] of Object.entries(command.options) as [OperatorOption, string][]) {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    sub.option(value === 'flag' ? flag : `${flag} <${value}>`, options[name])
  }
  sub.action(async () => run(command, { ...sub.opts(), file: sub.args[0] }))
}
