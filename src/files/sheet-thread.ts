import { parentPort, workerData } from 'node:worker_threads'
import type { SheetRow } from './sheet.ts'
import { sheetHere } from './sheet.ts'
import type { TableColumn } from './table-to-write.ts'

/** What `sheetApart` says to its thread: more rows, or that there are no more. */
export type ToThread = { rows: SheetRow[] } | 'finish'

const { columns } = workerData as { columns: TableColumn[] }
const sheet = sheetHere(columns)

parentPort?.on('message', async (said: ToThread) => {
  if (said !== 'finish') {
    sheet.add(said.rows)
    return
  }
  // A copy of its own: the bytes move to the other thread.
  const bytes = new Uint8Array(await sheet.finish())
  parentPort?.postMessage(bytes, [bytes.buffer])
  parentPort?.close()
})
