import { z } from 'zod'
import { UserError } from '../errors.ts'
import { commandHelpMessage, helpMessage } from '../messages/help.ts'
import { hasRole } from '../services/actor.ts'
import { type Call, type Command, type CommandName, defineQuery } from './command.ts'
import { named, nearestName } from './names.ts'
import { plainWords } from './words.ts'

export const help = defineQuery({
  name: 'help',
  roles: ['lead', 'observer', 'contact', 'backup', 'leader'],
  args: z.object({ command: z.string().optional() }),
  parse: (words) => (words === '' ? {} : { command: plainWords(words).replace(/^\//, '') }),
  async run(call, { command: wanted }) {
    const { commands } = call
    const { voice } = call.app
    if (wanted === undefined) {
      const names = commands.filter((command) => isFor(command, call)).map(({ name }) => shown(name))
      return { reply: helpMessage(names, voice) }
    }
    const command = named(commands, wanted)
    if (!command)
      throw new UserError((t) => t.errors.unknownCommand(wanted, nearestName(commands, wanted, t)))
    const names = [command.name, nameIn(command.name, call)]
    return {
      reply: commandHelpMessage(lineOf(command.name, call), names.map((name) => `/${name}`).join(' '), voice),
    }
  },
})

function isFor(command: Command, { actor }: Call): boolean {
  return !command.hidden && command.roles !== 'anyone' && hasRole(actor, command.roles)
}

function lineOf(name: CommandName, { app }: Call) {
  return app.voice.t.commands[shown(name)]
}

function shown(name: CommandName): Exclude<CommandName, 'form'> {
  if (name === 'form') throw new Error('a hidden command has no help')
  return name
}

function nameIn(name: CommandName, call: Call): string {
  return lineOf(name, call).name
}
