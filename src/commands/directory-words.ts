import type { Wording } from '../messages/wording.ts'
import { wordings } from './words.ts'

type Kind = keyof Wording['directory']['words']

/** Whether it is one of the words, in either language, that say so. */
export function says(kind: Kind, word: string): boolean {
  return wordings.some((t) => t.directory.words[kind].includes(word.toLowerCase()))
}
