import type { Wording } from './messages/wording.ts'

/** Something the one who asked can mend; `say` is shown to them. Whatever else is thrown is a bug. */
export class UserError extends Error {
  readonly say: (wording: Wording) => string
  constructor(say: (wording: Wording) => string) {
    super('user error')
    this.name = 'UserError'
    this.say = say
  }
}
