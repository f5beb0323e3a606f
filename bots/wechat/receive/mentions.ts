/** Somebody who may be mentioned, under any of the names that the text may use. */
export interface Named {
  id: string
  names: readonly string[]
}

export interface Mentioned {
  id: string
  /** As the text says it. */
  name: string
}

export interface Resolved {
  /** Mentions as `@name `, the bot's own taken out. */
  text: string
  /** In the order of the text, each once. */
  mentioned: Mentioned[]
  /** There is an @ behind which nobody's name was found. */
  open: boolean
}

/** Of an e-mail address it is none. */
const at = /(?:(?<![\w.-])[@＠]|[@＠](?![\p{L}\p{N}-]+\.\p{L}))/gu
const everybody = /^(?:所有人|全体成员|all)/iu
/** WeChat's own space behind a name, and whatever else stands there on the same line. */
const behindName = /^[^\S\n]*/u
/** Without a space the name must end there all the same: 督办 is not mentioned by @督办处. */
const goesOn = /^[\p{L}\p{N}_]/u

/** Whether somebody, or everybody, is mentioned in what a message says, known or not. */
export function mayMention(text: string): boolean {
  return text.search(at) >= 0
}

/** Finds who is mentioned by name: the longest name counts, spaces in it and all; one that two people have is nobody's. */
export function resolveMentions(text: string, people: readonly Named[], botId: string): Resolved {
  const owners = ownersOf(people)
  const names = [...owners.keys()].sort((a, b) => b.length - a.length)
  const mentioned = new Map<string, Mentioned>()
  let resolved = ''
  let end = 0
  let open = false
  for (const { index } of text.matchAll(at)) {
    const start = index + 1
    if (index < end || everybody.test(text.slice(start, start + 4))) continue
    const name = names.find((name) => text.startsWith(name, start) && endsAt(text, start + name.length))
    const id = name === undefined ? undefined : owners.get(name)
    if (name === undefined || !id) {
      open = true
      continue
    }
    if (!mentioned.has(id)) mentioned.set(id, { id, name })
    resolved += text.slice(end, index)
    end = start + name.length
    end += behindName.exec(text.slice(end, end + 8))?.[0].length ?? 0
    if (id !== botId) resolved += `@${name} `
  }
  resolved += text.slice(end)
  return { text: resolved.replaceAll('\u2005', ' ').trim(), mentioned: [...mentioned.values()], open }
}

/** Null where two people are called so. */
function ownersOf(people: readonly Named[]): Map<string, string | null> {
  const owners = new Map<string, string | null>()
  for (const { id, names } of people) {
    for (const name of names.filter((name) => name !== '')) {
      const known = owners.get(name)
      owners.set(name, known === undefined || known === id ? id : null)
    }
  }
  return owners
}

function endsAt(text: string, end: number): boolean {
  return !goesOn.test(text.slice(end, end + 2))
}
