import { z } from 'zod'
import { sources, urgencies } from '../domain/item.ts'
import { type PolicyRow, parsePolicy, unreachedRows } from '../domain/policy.ts'
import { nameFinder, sourceNames, urgencyNames } from './names.ts'

const example = '{"sources": ["hotline"], "urgencies": ["urgent"], "policy": "3wd"}'
const fields = ['sources', 'urgencies', 'policy', 'note']

const policy = z.string({ error: 'must be text, like "3wd"' }).transform((text, context) => {
  // A moment would be over one day, and the table stays: only a span can be a rule.
  const read = parsePolicy(text, 'UTC')
  if (read && read.kind !== 'until') return read
  return refuse(context, `"${text}" is no time limit: write 3wd, 5wd or 2h`)
})

const row = z
  .strictObject(
    {
      sources: names('source', sources, nameFinder(sourceNames)).optional(),
      urgencies: names('urgency', urgencies, nameFinder(urgencyNames)).optional(),
      policy,
      /** For whoever reads the file. */
      note: z.string({ error: 'must be text' }).optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `${issue.keys?.join(', ')} means nothing here: ${fields.join(', ')}`
          : `must look like ${example}`,
    },
  )
  .transform(({ note: _, ...rule }): PolicyRow => rule)

const table = z.array(row, { error: 'must be a list of rows' }).min(1, 'has no rows')

/** A deployer's own table of policies. @returns its rows, or everything that is wrong with it, each with its place */
export function readPolicies(text: string): { rows: PolicyRow[] } | { faults: string[] } {
  const json = parsed(text.replace(/^\ufeff/, ''))
  if ('fault' in json) return { faults: [json.fault] }
  const result = table.safeParse(json.value)
  if (!result.success) {
    return { faults: result.error.issues.map(({ path, message }) => `${placeOf(path)}${message}`) }
  }
  const unreached = unreachedRows(result.data)
  if (unreached.length === 0) return { rows: result.data }
  return {
    faults: unreached.map((index) => `row ${index + 1}: never applies, for rows above it take all of it`),
  }
}

function parsed(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { fault: `is not valid JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function names<K extends string>(what: string, keys: readonly K[], find: (text: string) => K | null) {
  const name = z.string({ error: 'must be text' }).transform((text, context) => {
    return find(text) ?? refuse(context, `"${text}" is no ${what}: ${keys.join(', ')}`)
  })
  return z
    .array(name, { error: `must be a list, like ["${keys[0]}"]` })
    .min(1, 'names nothing: leave it out for all')
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

/** `row 2, sources 1: ` */
function placeOf([index, ...path]: PropertyKey[]): string {
  if (typeof index !== 'number') return ''
  const words = path.map((part) => (typeof part === 'number' ? ` ${part + 1}` : `, ${String(part)}`))
  return `row ${index + 1}${words.join('')}: `
}
