import { createHash, randomBytes } from 'node:crypto'

const prefixes = {
  person: 'ou_',
  chat: 'oc_',
  message: 'om_',
  thread: 'omt_',
  file: 'file_v3_',
  image: 'img_v3_',
  callback: 'c-',
  token: 't-',
  event: '',
} as const

/** A new id in the platform's form. */
export function newId(kind: keyof typeof prefixes): string {
  return prefixes[kind] + randomBytes(16).toString('hex')
}

/** The same id for the same name, so that it survives restarts without being written down. */
export function fixedId(kind: keyof typeof prefixes, name: string): string {
  return prefixes[kind] + createHash('sha256').update(name).digest('hex').slice(0, 32)
}

/** A person's id across all apps of a developer. */
export function unionId(openId: string): string {
  return openId.replace(/^ou_/, 'on_')
}
