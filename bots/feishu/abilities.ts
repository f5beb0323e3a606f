import type { Abilities } from '../../src/ports.ts'

export const feishuAbilities: Abilities = {
  changesMessages: true,
  sendsOnce: true,
  sendsInTurn: false,
  // A card acknowledges all of a list by one press, and says how many of them it has no room to show.
  entriesInMessage: 1_000,
}
