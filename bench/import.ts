import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Bench, milliseconds } from './bench.ts'

const rows = 10_000

/** The operator's own command, as a process of its own: start, reading, checking, writing. */
export const importRows: Bench = {
  name: 'import',
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'duban-bench-'))
    const file = path.join(folder, 'items.csv')
    const lines = Array.from(
      { length: rows },
      (_, index) =>
        `H-${index},12345,第${index}件：小区门口快递堆放混乱,取件时人员聚集，建议设置货架并错峰取件。,社区防控,一般`,
    )
    writeFileSync(file, ['编号,来源,标题,内容,类别,紧急程度', ...lines].join('\n'))
    const cli = path.join(import.meta.dirname, '../src/cli.ts')
    const env = {
      ...process.env,
      DATABASE_URL: `file:${folder}/duban.db`,
      DATA_DIR: folder,
      REDIS_URL: 'redis://127.0.0.1:1',
    }
    const figures = ['new', 'all known already'].map((which) => {
      const started = performance.now()
      const { status, stderr } = spawnSync(process.execPath, [cli, 'import', file], { env, encoding: 'utf8' })
      if (status !== 0) throw new Error(`the import failed: ${stderr}`)
      return {
        what: `${rows} rows of CSV, ${which}`,
        value: milliseconds(performance.now() - started),
        wanted: '< 10 s',
      }
    })
    rmSync(folder, { recursive: true })
    return figures
  },
}
