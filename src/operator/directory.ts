import { z } from 'zod'
import { type DirectorySnapshot, directorySnapshot } from '../db/directory-snapshot.ts'
import { parseDirectoryRows } from '../files/directory-rows.ts'
import { directoryColumns } from '../files/headers.ts'
import type { Wording } from '../messages/wording.ts'
import { upsertDirectory } from '../services/directory/directory.ts'
import { work } from '../services/work.ts'
import { defineOperatorCommand } from './command.ts'
import { leftOut, refusal } from './fault-list.ts'
import { readOperatorFile, sayIgnored } from './files.ts'
import { withApp } from './open.ts'

export const directoryCommand = defineOperatorCommand({
  name: 'directory',
  takesFile: true,
  options: { skipBad: 'flag' },
  input: z.object({ file: z.string(), skipBad: z.boolean().default(false) }),
  async run(desk, { file, skipBad }) {
    const { terminal, voice } = desk
    const { directory: words, files } = voice.t.operator
    const { name, table, labels } = await readOperatorFile(desk, file, directoryColumns)
    const { departments, faults, ignored } = parseDirectoryRows(table)
    if (faults.length > 0 && (!skipBad || departments.length === 0)) {
      const advice = skipBad ? files.nothingGood : files.advice
      terminal.complain(refusal(name, faults, labels, advice, voice))
      return false
    }
    return withApp(desk, { made: true }, async ({ app, hasJobs }) => {
      const { counts, changes } = await work(app, async (current) => {
        const before = await directorySnapshot(current.db)
        const counts = await upsertDirectory(current, departments)
        return { counts, changes: changesBetween(before, await directorySnapshot(current.db), voice.t) }
      })
      terminal.say(words.done(name, counts.departments, counts.people))
      if (changes.length === 0) terminal.say(words.unchanged)
      else terminal.say([words.changes, ...changes.map((change) => `  ${change}`)].join('\n'))
      sayIgnored(desk, ignored)
      if (faults.length > 0) terminal.say(leftOut(faults, labels, voice))
      if (hasJobs()) await desk.outside.wakeBot()
      return true
    })
  },
})

const namesShown = 10

/** A line for each kind of change. */
function changesBetween(before: DirectorySnapshot, after: DirectorySnapshot, t: Wording): string[] {
  const words = t.operator.directory
  const added = [...after.departments.keys()].filter((name) => !before.departments.has(name))
  const changed = (what: 'aliases' | 'chats') =>
    [...before.departments]
      .filter(([name, facts]) => after.departments.get(name)?.[what] !== facts[what])
      .map(([name]) => name)
  const people = [...after.people.keys()].filter((id) => !before.people.has(id))
  const renamed = [...before.people].filter(([id, name]) => after.people.get(id) !== name)
  const roles = [...after.memberships].filter((key) => !before.memberships.has(key))
  const some = (names: string[]) =>
    names.length > namesShown
      ? words.moreNames(t.list(names.slice(0, namesShown)), names.length)
      : t.list(names)

  const aliases = changed('aliases')
  const chats = changed('chats')
  return [
    ...(added.length > 0 ? [words.newDepartments(added.length, some(added))] : []),
    ...(people.length > 0 ? [words.newPeople(people.length)] : []),
    ...(roles.length > 0 ? [words.newRoles(roles.length)] : []),
    ...(renamed.length > 0 ? [words.renamed(renamed.length)] : []),
    ...(aliases.length > 0 ? [words.names(some(aliases))] : []),
    ...(chats.length > 0 ? [words.chats(some(chats))] : []),
  ]
}
