import { distance } from 'fastest-levenshtein'
import type { Wording } from '../messages/wording.ts'
import type { Command } from './command.ts'
import { wordings } from './words.ts'

/** The command of that name, in either language. */
export function named(commands: readonly Command[], word: string): Command | undefined {
  const said = word.toLowerCase()
  return commands.find((command) => !command.hidden && namesOf(command).includes(said))
}

/** The name, in the asker's language, that the word was most likely meant for; null where none is near. */
export function nearestName(commands: readonly Command[], word: string, t: Wording): string | null {
  const said = word.toLowerCase()
  const [best] = commands
    .filter((command) => !command.hidden)
    .map((command) => ({ command, steps: Math.min(...namesOf(command).map((name) => distance(said, name))) }))
    .sort((a, b) => a.steps - b.steps)
  if (!best || best.command.name === 'form' || best.steps > Math.max(1, Math.floor(said.length / 2)))
    return null
  return `/${t.commands[best.command.name].name}`
}

function namesOf({ name }: Command): string[] {
  if (name === 'form') return []
  return [name, ...wordings.map((t) => t.commands[name].name)]
}
