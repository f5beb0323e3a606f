import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/** What is wrong with WECHATY_PUPPET, where its module is not there; null where it is. Loads nothing. */
export function puppetFault(puppet: string): string | null {
  try {
    resolve(puppet)
  } catch (error) {
    // Any other failure is that of a module which is there, such as one that only `import` may load.
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      return `WECHATY_PUPPET names a module that is not installed: npm install ${puppet}`
    }
  }
  return null
}
