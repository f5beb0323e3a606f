/** How wide a text is, in halves of a Chinese character. */
export function width(text: string): number {
  let halves = 0
  for (const character of text) halves += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
  return halves
}
