/** Why the sandbox would not do what a person or a test asked of it: what could not happen in the real client. */
export class SandboxRefusal extends Error {
  readonly status: 400 | 404
  constructor(message: string, status: 400 | 404 = 400) {
    super(message)
    this.name = 'SandboxRefusal'
    this.status = status
  }
}

/** What `map` has under `id`. @throws {SandboxRefusal} */
export function existing<T>(map: Map<string, T>, id: string, what: string): T {
  const found = map.get(id)
  if (found === undefined) throw new SandboxRefusal(`no such ${what}: ${id}`, 404)
  return found
}
