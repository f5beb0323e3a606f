import { tmpdir } from 'node:os'
import path from 'node:path'

/** For the environment of child processes: where Node keeps what it compiled, which halves the time of each start. */
export const quickStart = { NODE_COMPILE_CACHE: path.join(tmpdir(), 'node-compile-cache') }
