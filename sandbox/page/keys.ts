/**
 * Arrow keys, Home and End move between the controls below `event.currentTarget` that match `selector`.
 * Returns whether the key was one of them.
 */
export function moveFocus(event: KeyboardEvent, selector: string): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[
    event.key
  ]
  if (step === undefined) return false
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(selector)]
  if (all.length === 0) return false
  const at = all.indexOf(document.activeElement as HTMLElement)
  const next = Math.min(Math.max(at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step, 0), all.length - 1)
  all[next]?.focus()
  event.preventDefault()
  return true
}

/** Not while an input method is still composing: its Enter chooses characters. */
export function isPlainEnter(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229
}
