import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most tests wait for a socket, a browser or a process rather than for the processor.
    maxWorkers: availableParallelism() * 2,
    // Loading the modules anew for every file would take longer than most tests.
    isolate: false,
    setupFiles: ['./test/support/each-file.ts'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    // A machine's proxy knows nothing of servers that live for one test.
    env: { TZ: 'America/Los_Angeles', HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '' },
  },
})
