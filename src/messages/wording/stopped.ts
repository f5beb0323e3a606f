/** What somebody wrote, as the end of a sentence of ours: one stop, and not theirs and ours. */
export function stopped(words: string, stop: '。' | '.'): string {
  const bare = words.trim().replace(/(?<![。．.；;，,、\s])[。．.；;，,、\s]+$/u, '')
  return /[？?！!…]$/u.test(bare) ? bare : `${bare}${stop}`
}
