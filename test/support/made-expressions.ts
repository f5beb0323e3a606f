import { parentPort, workerData } from 'node:worker_threads'

/** A regular expression that a program puts together, and where. */
export interface Made {
  /** `src/domain/masking.ts:11`. */
  place: string
  source: string
  flags: string
}

/** Loads these files, from the root, and tells every regular expression that they make. */
const { root, files } = workerData as { root: string; files: string[] }

const made: Made[] = []
globalThis.RegExp = new Proxy(RegExp, {
  construct(native, args, target) {
    const expression: RegExp = Reflect.construct(native, args, target)
    const [, , caller = ''] = new Error('where').stack?.split('\n') ?? []
    const place = caller.slice(caller.indexOf(root) + root.length + 1).replace(/:\d+\)?$/, '')
    made.push({ place, source: expression.source, flags: expression.flags })
    return expression
  },
})
for (const file of files) await import(`${root}/${file}`)

// Made anew for every text, of the names of those who are there.
const { richText } = await import('../../sandbox/page/rich-text.ts')
richText('@甲', [{ name: '甲', open_id: 'ou_1' }])

parentPort?.postMessage(made.filter(({ place }) => files.includes(place.replace(/:\d+$/, ''))))
