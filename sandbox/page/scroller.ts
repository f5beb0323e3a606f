/**
 * A scrolling column that stays at its end while it grows, unless the reader has scrolled away. Its attributes tell
 * the style sheet: `data-away` when far from the end, `data-news` when something came meanwhile.
 */
class ChatScroller extends HTMLElement {
  #key = ''
  #tail = ''
  #atEnd = true
  #top = 0
  readonly #observer = new ResizeObserver(() => this.#settle())
  readonly #onScroll = () => this.#look()

  connectedCallback(): void {
    this.#observer.observe(this)
    if (this.firstElementChild) this.#observer.observe(this.firstElementChild)
    this.addEventListener('scroll', this.#onScroll, { passive: true })
    this.toEnd()
  }

  disconnectedCallback(): void {
    this.#observer.disconnect()
    this.removeEventListener('scroll', this.#onScroll)
  }

  /** What the column shows; another one starts at its end. */
  set key(key: string) {
    if (key === this.#key) return
    this.#key = key
    this.#tail = ''
    this.#atEnd = true
    queueMicrotask(() => this.toEnd())
  }

  /** The last entry; one of the reader's own brings the column to its end. */
  set tail({ id, mine }: { id: string; mine: boolean }) {
    if (id === this.#tail) return
    const first = this.#tail === ''
    this.#tail = id
    if (first || mine) queueMicrotask(() => this.toEnd())
    else if (!this.#atEnd || this.#isWrittenIn()) this.toggleAttribute('data-news', true)
  }

  toEnd(): void {
    this.#atEnd = true
    this.scrollTop = this.scrollHeight
    this.#look()
  }

  #settle(): void {
    if (this.#isWrittenIn()) this.#look()
    else if (this.#atEnd) this.scrollTop = this.scrollHeight
  }

  /** Whoever fills in a form here must not have it move away. */
  #isWrittenIn(): boolean {
    const focused = document.activeElement
    return focused !== null && this.contains(focused) && focused.matches('input, select, textarea')
  }

  #look(): void {
    const left = this.scrollHeight - this.scrollTop - this.clientHeight
    // What grows below the reader is no scrolling away: only whoever goes up has left the end.
    if (left < 40) this.#atEnd = true
    else if (this.scrollTop < this.#top) this.#atEnd = false
    this.#top = this.scrollTop
    this.toggleAttribute('data-away', left > 240)
    if (this.#atEnd) this.removeAttribute('data-news')
  }
}

customElements.define('chat-scroller', ChatScroller)

/** For the button below a column that brings it to its end. */
export function toEnd(event: Event): void {
  const column = (event.currentTarget as HTMLElement).parentElement?.querySelector('chat-scroller')
  if (column instanceof ChatScroller) column.toEnd()
}
