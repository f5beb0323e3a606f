import { access, constants, statfs } from 'node:fs/promises'
import path from 'node:path'
import { databaseFile } from '../open.ts'
import { sizeText } from '../terminal/size.ts'
import { type Check, type Finding, fault, ok, warning } from './finding.ts'

const mb = 1024 * 1024
const low = 1024 * mb
const nearlyFull = 100 * mb

/** Room and rights where the database and the evidence are kept. */
export const diskCheck: Check = {
  name: 'disk',
  async run(desk) {
    const { databaseUrl, dataDir } = desk.config()
    const folders = new Set([path.dirname(databaseFile(databaseUrl)), path.resolve(dataDir)])
    const findings: Finding[] = []
    for (const folder of folders) findings.push(await look(folder))
    return findings

    async function look(folder: string): Promise<Finding> {
      const words = desk.voice.t.operator.doctor.disk
      const present = await nearestPresent(folder)
      const writable = await access(present, constants.W_OK).then(
        () => true,
        () => false,
      )
      if (!writable) return fault(words.readOnly(present), words.readOnlyAdvice)
      const { bavail, bsize } = await statfs(present)
      const free = bavail * bsize
      if (free < nearlyFull) return fault(words.low(folder, sizeText(free)), words.lowAdvice)
      if (free < low) return warning(words.low(folder, sizeText(free)), words.lowAdvice)
      return ok(words.ok(folder, sizeText(free)))
    }
  },
}

/** A folder that is not there yet will be made in the nearest one that is. */
async function nearestPresent(folder: string): Promise<string> {
  const present = await access(folder).then(
    () => true,
    () => false,
  )
  return present || path.dirname(folder) === folder ? folder : nearestPresent(path.dirname(folder))
}
