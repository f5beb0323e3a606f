/** Lends a fixed set of things, each to one user at a time, first come first served. */
export class Pool<T> {
  readonly #size: number
  readonly #idle: T[]
  readonly #waiting: ((member: T) => void)[] = []
  #closed = false

  constructor(members: T[]) {
    this.#size = members.length
    this.#idle = [...members]
  }

  async acquire(): Promise<T> {
    if (this.#closed) throw new Error('The database is closed')
    return this.#next()
  }

  release(member: T): void {
    const next = this.#waiting.shift()
    if (next) next(member)
    else this.#idle.push(member)
  }

  /** Lends nothing more, and ends each member once those who have it or wait for it are done. */
  async close(end: (member: T) => Promise<void>): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await Promise.all(Array.from({ length: this.#size }, async () => end(await this.#next())))
  }

  #next(): Promise<T> {
    return new Promise((resolve) => {
      const member = this.#idle.pop()
      if (member === undefined) this.#waiting.push(resolve)
      else resolve(member)
    })
  }
}
