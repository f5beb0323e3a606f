import { withLineBreaks } from './normalise.ts'
import { referIn } from './refer-xml.ts'

/** What somebody wrote, and the words of the message that it answers. */
export interface Split {
  /** The nearest message first; what that one quoted in turn stands below it. */
  quoted?: string
  answer: string
}

/** Nobody quotes deeper on purpose; what lies deeper stays as it is written. */
const deepest = 5

interface Form {
  /** The name may hold colons; a quote within begins right behind it. */
  header: RegExp
  /** The end of the quoted words and a line of dashes. */
  closer: RegExp
}

const forms: readonly Form[] = [
  // wechat4u and padlocal, with 15 or 16 dashes.
  { header: /「[^「」\n]*[：:]/giuy, closer: /」\n(?:[-—–] ?){10,}(?:\n|$)/gu },
  // The archive of WeCom.
  {
    header: /(?:这是一条引用\/回复消息|this is a quote\/reply)[：:]\n[“"][^“"”\n]*[：:]\n/giuy,
    closer: /[”"]\n-{6,}(?:\n|$)/gu,
  },
]

/** Reads a quote in every form that a puppet is known to bring it in; a text without one is all answer. Linear. */
export function splitQuote(text: string): Split {
  return splitWithin(withLineBreaks(text), deepest)
}

function splitWithin(text: string, depth: number): Split {
  const found = referIn(text) ?? bracketsIn(text)
  if (!found) return { answer: text }
  if (depth === 1) return found
  const { quoted, answer } = splitWithin(found.quoted, depth - 1)
  return { quoted: quoted === undefined ? answer : `${answer}\n${quoted}`, answer: found.answer }
}

function bracketsIn(text: string): Required<Split> | null {
  for (const form of forms) {
    const found = bracketsOf(form, text.trim())
    if (found) return found
  }
  return null
}

/** As many quotes lie in one another as there are headers at the beginning: the outermost ends last of them. */
function bracketsOf({ header, closer }: Form, text: string): Required<Split> | null {
  const [first, ...inner] = [...text.matchAll(header)]
  if (!first) return null
  const closers = [...text.matchAll(closer)]
  const end = closers[inner.length] ?? closers.at(-1)
  if (!end) return null
  return {
    quoted: text.slice(endOfName(first[0]), end.index).trim(),
    answer: text.slice(end.index + end[0].length).trim(),
  }
}

/** At the first colon: what is left of a name that holds one does no harm among the quoted words. */
function endOfName(first: string): number {
  return first.startsWith('「') ? first.search(/[：:]/u) + 1 : first.length
}
