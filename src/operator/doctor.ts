import { z } from 'zod'
import { ConfigError } from '../config.ts'
import { UserError } from '../errors.ts'
import type { Wording } from '../messages/wording.ts'
import { defineOperatorCommand } from './command.ts'
import type { Desk } from './desk.ts'
import { botCheck } from './doctor/bot.ts'
import { calendarCheck } from './doctor/calendar.ts'
import { configCheck } from './doctor/config.ts'
import { databaseCheck } from './doctor/database.ts'
import { deliveriesCheck } from './doctor/deliveries.ts'
import { directoryCheck } from './doctor/directory.ts'
import { diskCheck } from './doctor/disk.ts'
import { feishuCheck } from './doctor/feishu.ts'
import type { Check, Finding } from './doctor/finding.ts'
import { redisCheck } from './doctor/redis.ts'
import { retentionCheck } from './doctor/retention.ts'
import { wechatCheck } from './doctor/wechat.ts'
import { displayWidth, padEnd } from './terminal/display-width.ts'

/** In the order in which one thing rests on the other. */
const checks: Check[] = [
  configCheck,
  databaseCheck,
  diskCheck,
  retentionCheck,
  redisCheck,
  feishuCheck,
  wechatCheck,
  botCheck,
  calendarCheck,
  directoryCheck,
  deliveriesCheck,
]

export const doctorCommand = defineOperatorCommand({
  name: 'doctor',
  takesFile: false,
  options: {},
  input: z.object({}),
  async run(desk) {
    const { terminal, voice } = desk
    const words = voice.t.operator.doctor
    const width = Math.max(...checks.map(({ name }) => displayWidth(words[name].name)))
    const all: Finding[] = []
    for (const check of checks) {
      const findings = await examine(check, desk, all)
      all.push(...findings)
      for (const finding of findings) terminal.say(findingText(words[check.name].name, finding, width, words))
    }
    const faults = all.filter(({ level }) => level === 'fault').length
    const warnings = all.filter(({ level }) => level === 'warning').length
    terminal.say('')
    terminal.say(
      faults > 0 ? words.faults(faults, warnings) : warnings > 0 ? words.warnings(warnings) : words.healthy,
    )
    return faults === 0
  },
})

/** What can't be looked at, because what it rests on was found broken or missing, is passed over. */
async function examine(check: Check, desk: Desk, before: readonly Finding[]): Promise<Finding[]> {
  try {
    return await check.run(desk)
  } catch (error) {
    if (error instanceof ConfigError || error instanceof UserError) return []
    if (before.some(({ level }) => level === 'fault')) return []
    throw error
  }
}

/** `✓ Redis      7.0.15 answers`, and what to do below it. */
function findingText(
  name: string,
  { level, text, advice }: Finding,
  width: number,
  { marks }: Wording['operator']['doctor'],
): string {
  const margin = ' '.repeat(width + 4)
  const lines = [...text.split('\n'), ...(advice === undefined ? [] : [`→ ${advice}`])]
  return `${marks[level]} ${padEnd(name, width)}  ${lines.join(`\n${margin}`)}`
}
