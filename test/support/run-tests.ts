// `npm test`: all tests, or what is named after `--`: files, or folders of test/. Where folders run, the files of one share
// processes (file-group.ts), and the servers and commands that they start run from a bundle of the sources (bundle.ts); at
// the end the slowest files are printed. Compiled code is kept between processes, which saves a third of the processor time.
// A test file that does not end within its time limit fails by its name instead of holding the run.
import { spawn } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from './bundle.ts'
import { type FileGroup, type FileTime, fileLimit } from './file-group.ts'
import { processorTimeWithChildren } from './processor-time.ts'
import { filesInMemory } from './temporary-dir.ts'

const root = resolve(import.meta.dirname, '../..')
const cache = resolve(root, 'node_modules/.cache/tests')
const times = join(cache, 'times')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** How many processes run at a time. */
    concurrency: { type: 'string' },
    /** How many files are printed at the end. */
    slowest: { type: 'string', default: '20' },
  },
})
const areFolders = positionals.every((name) => !name.includes('.'))
/** Milliseconds for one process; what each file in it may take is in file-group.ts. */
const groupLimit = 20 * fileLimit
/** More than there are processors, because tests wait for connections to close and for codes of a second factor. */
const concurrency =
  values.concurrency ?? (areFolders ? String(Math.min(8, 2 * availableParallelism() + 1)) : '4')

interface Share {
  /** Folders of test/; `test` is what lies in test/ itself. */
  readonly folders: readonly string[]
  /** How many processes the files of these folders share. */
  readonly processes: number
  /** Whether servers need a process each, because tests start, end, measure or reload it. */
  readonly ownServers?: boolean
}

/**
 * What shares processes, in the order in which they start. A process costs two seconds of processor time before its first
 * test has run, to load the sources and to open a process for servers, so each has much to run; the longest go first, so that
 * none is left to run alone at the end.
 */
const shares: readonly Share[] = [
  { folders: ['e2e'], processes: 2 },
  { folders: ['attacks'], processes: 3 },
  { folders: ['test', 'processes', 'operations', 'faults'], processes: 3, ownServers: true },
  { folders: ['cli', 'agent', 'clients', 'demo', 'deploy'], processes: 2 },
  { folders: ['admin', 'account', 'mail', 'sign-in', 'console'], processes: 2 },
  { folders: ['federation', 'sts', 'verify'], processes: 2 },
  { folders: ['oidc'], processes: 1 },
  { folders: ['iam', 'aws', 'audit', 'decision'], processes: 2 },
  { folders: ['store'], processes: 1 },
]

/** Writes one file per process, which runs its share of test files; gives their paths. */
function groups(): string[] {
  const dir = join(cache, 'groups')
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const byFolder = Map.groupBy(
    globSync('test/**/*.test.ts', { cwd: root }).toSorted(),
    (file) => file.split('/').slice(1, -1)[0] ?? 'test',
  )
  const unknown = positionals.filter((folder) => !byFolder.has(folder))
  if (unknown.length > 0) throw new Error(`no folder of test/ has tests: ${unknown.join(', ')}`)
  const shared = new Set(shares.flatMap(({ folders }) => folders))
  const others: Share = {
    folders: [...byFolder.keys()].filter((folder) => !shared.has(folder)),
    processes: 1,
  }
  return [...shares, others].flatMap(({ folders, processes, ownServers = false }, place) => {
    const asked = folders.filter((folder) => positionals.length === 0 || positionals.includes(folder))
    const files = asked.flatMap((folder) => byFolder.get(folder) ?? [])
    return Array.from({ length: Math.min(processes, files.length) }, (_, n) => {
      const share = files.filter((_, at) => at % processes === n).map((file) => resolve(root, file))
      // Node starts the files in the order of their names.
      const number = String(place).padStart(2, '0')
      const path = join(dir, `${number}-${asked.join('-')}${processes === 1 ? '' : `-${n + 1}`}.mjs`)
      writeFileSync(
        path,
        `import { runFiles } from ${JSON.stringify(resolve(import.meta.dirname, 'file-group.ts'))}\n` +
          `runFiles(${JSON.stringify({ files: share, root, hosted: !ownServers, times } satisfies FileGroup, undefined, 1)})\n`,
      )
      return path
    })
  })
}

/** What processes that share files need beside them. @returns where it is, as environment variables */
async function prepared(): Promise<Readonly<Record<string, string>>> {
  writeFileSync(times, '')
  const env = { CHANCERY_TEST_BIN: await bundle(root, join(cache, 'bundle')), ...filesInMemory() }
  Object.assign(process.env, env)
  // Only now, because modules of support read the environment as they are loaded.
  const { makeFirstStarts } = await import('./first-start.ts')
  return { ...env, CHANCERY_TEST_FIRST_STARTS: await makeFirstStarts(process.env['TMPDIR'] ?? cache) }
}

/** Prints what the slowest files took, those first which took most processor time, and the sum of all. */
function printTimes(clock: number): void {
  const files = readFileSync(times, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FileTime)
    .toSorted((a, b) => b.processor - a.processor)
  const row = (processor: number, clock: number, what: string) =>
    console.log(
      `${(processor / 1000).toFixed(1).padStart(9)} ${(clock / 1000).toFixed(1).padStart(9)}  ${what}`,
    )
  console.log('processor     clock  in seconds')
  for (const { file, processor, clock } of files.slice(0, Number(values.slowest))) row(processor, clock, file)
  row(processorTimeWithChildren(), clock, `all, on ${availableParallelism()} processors`)
}

const files = areFolders ? groups() : positionals
const forFolders = areFolders ? await prepared() : {}
const started = performance.now()
const child = spawn(
  process.execPath,
  [
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${areFolders ? groupLimit : fileLimit}`,
    ...files,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: cache,
      ...forFolders,
    },
  },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1
  if (areFolders) printTimes(performance.now() - started)
})
