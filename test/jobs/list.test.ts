import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { jobs } from '../../jobs/index.ts'

const folder = new URL('../../jobs/', import.meta.url)

async function definedJobs(): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'))
  const names: string[] = []
  for (const file of files) {
    const source: Record<string, unknown> = await import(new URL(file, folder).href)
    for (const exported of Object.values(source)) {
      if (isJob(exported)) names.push(`${file}: ${exported.name}`)
    }
  }
  return names.sort()
}

function isJob(value: unknown): value is { name: string } {
  return typeof value === 'object' && value !== null && 'run' in value && 'payload' in value
}

test('every job of the folder is in the list, under its own name, in a file of that name', async () => {
  const listed = Object.entries(jobs).map(([key, job]) => {
    expect(job.name).toBe(key)
    return `${key}.ts: ${key}`
  })
  expect(await definedJobs()).toEqual(listed.sort())
})

test('a payload is parsed anew: an id of a delivery is a number', () => {
  expect(jobs.deliver.payload.parse({ id: '12' })).toEqual({ id: 12 })
  for (const id of ['', '0', '-1', '1.5', '12a', 'a:b', '1e3', 12, null]) {
    expect(jobs.deliver.payload.safeParse({ id }).success, String(id)).toBe(false)
  }
})
