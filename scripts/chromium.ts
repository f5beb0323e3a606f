import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const programs = ['chromium', 'chromium-browser', 'google-chrome']
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The machine's own Chromium, without a window. @throws if there is none on the PATH */
export async function launchChromium(): Promise<Browser> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const executablePath = programs
    .flatMap((program) => folders.map((folder) => join(folder, program)))
    .find((file) => existsSync(file))
  if (executablePath === undefined) {
    throw new Error(`none of ${programs.join(', ')} is on the PATH: apt-get install chromium fonts-noto-cjk`)
  }
  return chromium.launch({ executablePath, args })
}
