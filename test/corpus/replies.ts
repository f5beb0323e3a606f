import { englishReplies } from './replies.en.ts'
import { heldOut } from './replies.held-out.ts'
import { heldOutAgain } from './replies.held-out-2.ts'
import { heldOutLast } from './replies.held-out-3.ts'
import { heldOutDaily } from './replies.held-out-4.ts'
import { heldOutBlind } from './replies.held-out-5.ts'
import { heldOutReports } from './replies.held-out-6.ts'
import { traps } from './replies.traps.ts'
import { replies } from './replies.zh.ts'

/** Labelled before the reader was written. */
export const before = [...replies, ...traps, ...englishReplies]

/**
 * Labelled after it, in six rounds; the reader learnt from each one only once it had been measured. At first sight it
 * understood 201 of the 243 in these that say something (83 %) without asking, and misread 16 of 364: 7 as solved, all
 * in the first three rounds, and the others as being solved. About what else it did not understand it asked.
 */
export const after = [
  ...heldOut,
  ...heldOutAgain,
  ...heldOutLast,
  ...heldOutDaily,
  ...heldOutBlind,
  ...heldOutReports,
]
