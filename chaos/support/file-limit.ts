import { execFile } from 'node:child_process'

/** How large the files of a process may be: beyond, each write fails with EFBIG, whoever it runs as. */
export interface FileLimit {
  set(): Promise<void>
  lift(): Promise<void>
}

/** A page: the database and its log are longer from the start. */
const smallest = 4096

/** Null where the machine has no `prlimit`, which is Linux's. */
export async function limitFiles(pid: number): Promise<FileLimit | null> {
  const prlimit = (...args: string[]) =>
    new Promise<string>((resolve, reject) => {
      execFile('prlimit', ['--pid', String(pid), ...args], (error, out) =>
        error ? reject(error) : resolve(out),
      )
    })
  try {
    const before = (await prlimit('--fsize', '--output', 'SOFT', '--noheadings', '--raw')).trim()
    // The hard limit stays, so that it can be lifted again by everybody.
    const soft = async (limit: string) => void (await prlimit(`--fsize=${limit}:`))
    return { set: () => soft(String(smallest)), lift: () => soft(before) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
