/** Looks through lines of logs for what may stand in none. */

/** What the tests and scenarios have for secrets: in worlds, in configurations and in files. */
export const secrets = [
  'sandbox-secret',
  'sandbox-only',
  'an-encrypt-key',
  'a-verification-token',
  'k-9f2c-encrypt',
  'v-71ab-verification',
  'claim-me',
  'open-sesame',
  'a-claim-code',
  'hotline-0123456789',
  'archive-0123456789',
  'insecure_0123456789',
  'a-token-for-the-page',
  'a-login-token-of-ours',
  'puppet_workpro_0123456789abcdef',
  'a-token-of-the-fuzz',
  'the-encrypt-key',
  'the-verification-token',
]

const chinese = /\p{Script=Han}/gu
/** What no program may say to anybody. */
const personal: [string, RegExp][] = [
  ['a secret', new RegExp(secrets.join('|'))],
  ['a phone or identity number', /(?<![\w.-])(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\w)/],
]
// We log in English: whatever is Chinese is somebody's name, address or words.
const forbidden: typeof personal = [...personal, ["somebody's words", chinese]]

/** The platforms' own words. */
const known = [
  '[ws] receive events or callbacks through persistent connection',
  'WeChat has logged the bot out',
]

/** A log that tells everything need not be kept whole to show that it does. */
const most = 100
const found = new Set<string>()

/** A line of a log, of this process or of one that was started. */
export function noteLine(line: string): void {
  const theirs = known.some((words) => line.includes(words)) ? line.replaceAll(chinese, '') : line
  note(line, theirs, forbidden)
}

/** A line of a program that also speaks to people, in their language. */
export function noteOutput(line: string): void {
  if (isLog(line)) noteLine(line)
  else note(line, line, personal)
}

/** Whether it is of our own log, among what a program says. */
export function isLog(line: string): boolean {
  return line.startsWith('{"level":')
}

/** What lines have told, since this was last asked, that they may not. */
export function takeFaults(): string[] {
  const faults = [...found]
  found.clear()
  return faults
}

function note(line: string, theirs: string, patterns: typeof personal): void {
  for (const [what, pattern] of patterns) {
    if (found.size < most && theirs.search(pattern) >= 0) found.add(`${what}: ${line.trim().slice(0, 600)}`)
  }
}
