import { z } from 'zod'
import { type Check, ok, warning } from './finding.ts'

const patienceMs = 4_000
const readiness = z.object({
  ok: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string().optional() })),
})

/** Whether the bot runs on this machine and says that it is ready. */
export const botCheck: Check = {
  name: 'bot',
  async run(desk) {
    const words = desk.voice.t.operator.doctor.bot
    const { host, port } = desk.config().http
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    const ready = await askReadiness(url)
    if (!ready) return [warning(words.off(url), words.offAdvice)]
    if (ready.ok) return [ok(words.ok(url))]
    const parts = Object.entries(ready.checks)
      .filter(([, part]) => !part.ok)
      .map(([name, { detail }]) => (detail ? words.part(name, detail) : name))
    return [warning(words.notReady(desk.voice.t.list(parts)), words.notReadyAdvice)]
  },
}

async function askReadiness(url: string): Promise<z.output<typeof readiness> | null> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(patienceMs) })
    return readiness.parse(await answer.json())
  } catch {
    return null
  }
}
