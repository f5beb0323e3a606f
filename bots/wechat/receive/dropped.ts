/** What is not for us; `reason` says why, and never what stood in it. */
export class Dropped {
  readonly reason: string
  readonly level: 'debug' | 'info' | 'warn'
  constructor(reason: string, level: 'debug' | 'info' | 'warn' = 'debug') {
    this.reason = reason
    this.level = level
  }
}
