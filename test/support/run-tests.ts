// `npm test`: all tests, or the files that are named after `--`. Where all run, the files of one room share processes
// (file-group.ts), and the servers and commands that they start run from a bundle of the sources (bundle.ts).
// Compiled code is kept between processes, which saves a third of the processor time. A test file that does not end within
// its time limit fails by its name instead of holding the run.
import { spawn } from 'node:child_process'
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bundle } from './bundle.ts'
import { fileLimit } from './file-group.ts'

const root = resolve(import.meta.dirname, '../..')
const cache = resolve(root, 'node_modules/.cache/tests')
const named = process.argv.slice(2)
/** Milliseconds for one process; what each file in it may take is in file-group.ts. */
const groupLimit = 4 * fileLimit

/** How many processes the files of a room share, where one would take much longer than the rest. */
const processesOf: ReadonlyMap<string, number> = new Map([
  ['attacks', 8],
  ['oidc', 3],
  ['federation', 3],
  ['verify', 2],
  ['sts', 2],
  ['admin', 2],
  ['cli', 3],
  ['e2e', 2],
])

/** Writes one file per process, which runs its share of a room's test files; gives their paths. */
function groups(): string[] {
  const dir = join(cache, 'groups')
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const rooms = Map.groupBy(
    globSync('test/**/*.test.ts', { cwd: root }).toSorted(),
    (file) => file.split('/').slice(1, -1)[0] ?? 'test',
  )
  return [...rooms].flatMap(([room, files]) => {
    const count = processesOf.get(room) ?? 1
    return Array.from({ length: count }, (_, n) => {
      const share = files.filter((_, at) => at % count === n).map((file) => resolve(root, file))
      const path = join(dir, `${room}${count === 1 ? '' : `-${n + 1}`}.mjs`)
      writeFileSync(
        path,
        `import { runFiles } from ${JSON.stringify(resolve(import.meta.dirname, 'file-group.ts'))}\n` +
          `runFiles(${JSON.stringify(share, undefined, 1)}, ${JSON.stringify(root)})\n`,
      )
      return path
    })
  })
}

const all = named.length === 0
const files = all ? groups() : named
const bin = all ? await bundle(root, join(cache, 'bundle')) : undefined
const child = spawn(
  process.execPath,
  ['--test', '--test-concurrency=4', `--test-timeout=${all ? groupLimit : fileLimit}`, ...files],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: cache, ...(bin !== undefined && { CHANCERY_TEST_BIN: bin }) },
  },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1
})
