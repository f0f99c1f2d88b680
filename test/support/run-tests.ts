// `npm test`: all tests, or the files that are named after `--`. Compiled code is kept between test files, which saves a
// third of the processor time. A test file that does not end within its time limit fails instead of holding the run.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

/** Milliseconds for one test file; the longest takes about a minute on two cores. */
const fileLimit = 240_000
const root = resolve(import.meta.dirname, '../..')
const named = process.argv.slice(2)

const child = spawn(
  process.execPath,
  [
    '--test',
    '--test-concurrency=3',
    `--test-timeout=${fileLimit}`,
    ...(named.length > 0 ? named : ['test/**/*.test.ts']),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: resolve(root, 'node_modules/.cache/tests') },
  },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1
})
