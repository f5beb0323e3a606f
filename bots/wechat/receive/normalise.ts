import { unescaped } from './entities.ts'

/** Every line break as one sign, however the puppet writes it. */
export function withLineBreaks(text: string): string {
  return text.replace(/\r\n?|<br ?\/?>/giu, '\n')
}

/** The words as they were typed: web puppets escape them. The space behind a mention is still WeChat's own. */
export function asTyped(text: string): string {
  return unescaped(withLineBreaks(text)).replaceAll('\u00a0', ' ')
}
