// `npm test`: all tests, or what is named after `--`: files, or folders of test/. Where folders run, a few
// processes take their files from a queue (file-group.ts), and the servers and commands that they start run from a bundle of the sources (bundle.ts); at
// the end the slowest files are printed. Compiled code is kept between processes, which saves a third of the processor time.
// A test file that does not end within its time limit fails by its name instead of holding the run.
import { spawn } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { processorTimeWithChildren } from '../processor-time.ts'
import { bundle } from './bundle.ts'
import { type FileGroup, type FileTime, fileLimit } from './file-group.ts'
import type { QueuedFile } from './file-queue.ts'
import { filesInMemory } from './temporary-dir.ts'

const root = resolve(import.meta.dirname, '../../..')
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

/** Servers of these folders need a process each, because tests start, end, measure or reload it. */
const ownServers: ReadonlySet<string> = new Set(['test', 'processes', 'operations', 'faults'])

/**
 * A row has the folders of test/ whose files a process takes one after the other; `test` is what lies in test/ itself, and the first
 * row has all that no row names. Folders of a row need the same: a browser, servers of one kind, modules of the same rooms. Rows take about
 * the same processor time, and begin with the folder whose files take longest, so that no long file runs alone at the end.
 */
const rows: readonly (readonly string[])[] = [
  ['e2e'],
  ['attacks'],
  [...ownServers, 'store'],
  ['cli', 'agent', 'clients', 'demo', 'deploy', 'federation', 'sts', 'verify'],
  ['admin', 'account', 'mail', 'sign-in', 'console', 'iam', 'aws', 'audit', 'decision', 'oidc'],
]

/**
 * Files for which a process more is started. It takes two seconds of processor time before its first test has run, to load the sources
 * and to open a process for servers.
 */
const filesWorthAProcess = 20

/** Writes one file for each process, which takes test files from a queue; gives their paths. */
function groups(files: FilesByFolder): string[] {
  const dir = join(cache, 'groups')
  const taken = join(dir, 'taken')
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(taken, { recursive: true })
  const lanes = lanesOf(files)
  const count = lanes.flat().length
  const processes = Math.min(Number(concurrency), Math.ceil(count / filesWorthAProcess))
  return Array.from({ length: processes }, (_, n) => {
    const path = join(dir, `${n + 1}.mjs`)
    const group: FileGroup = { queue: { lanes, taken }, first: n % lanes.length, root, times }
    writeFileSync(
      path,
      `import { runFiles } from ${JSON.stringify(resolve(import.meta.dirname, 'file-group.ts'))}\n` +
        `await runFiles(${JSON.stringify(group, undefined, 1)})\n`,
    )
    return path
  })
}

type FilesByFolder = ReadonlyMap<string, readonly string[]>

/** The test files of each folder that this run is of, by the name of the folder. */
function testFiles(): FilesByFolder {
  const byFolder = Map.groupBy(
    globSync('test/**/*.test.ts', { cwd: root }).toSorted(),
    (file) => file.split('/').slice(1, -1)[0] ?? 'test',
  )
  const unknown = positionals.filter((folder) => !byFolder.has(folder))
  if (unknown.length > 0) throw new Error(`no folder of test/ has tests: ${unknown.join(', ')}`)
  return new Map([...byFolder].filter(([folder]) => positionals.length === 0 || positionals.includes(folder)))
}

function lanesOf(files: FilesByFolder): readonly (readonly QueuedFile[])[] {
  const named = new Set(rows.flat())
  const others = [...files.keys()].filter((folder) => !named.has(folder))
  return rows
    .map((row, at) => (at === 0 ? [...row, ...others] : row))
    .map((folders) =>
      folders.flatMap((folder) =>
        (files.get(folder) ?? []).map((file) => ({
          file: resolve(root, file),
          hosted: !ownServers.has(folder),
        })),
      ),
    )
    .filter((lane) => lane.length > 0)
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

/** What each test file has taken that has run. */
const fileTimes = (): readonly FileTime[] =>
  readFileSync(times, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FileTime)

/** Prints what the slowest files took, those first which took most processor time, and the sum of all. */
function printTimes(clock: number): void {
  const files = fileTimes().toSorted((a, b) => b.processor - a.processor)
  const row = (processor: number, clock: number, what: string) =>
    console.log(
      `${(processor / 1000).toFixed(1).padStart(9)} ${(clock / 1000).toFixed(1).padStart(9)}  ${what}`,
    )
  console.log('processor     clock  in seconds')
  for (const { file, processor, clock } of files.slice(0, Number(values.slowest))) row(processor, clock, file)
  row(processorTimeWithChildren(), clock, `all, on ${availableParallelism()} processors`)
}

/** Fails the run when one of its test files has not run to its end. */
function requireAll(files: readonly string[]): void {
  const ran = new Set(fileTimes().map(({ file }) => file))
  const missing = files.filter((file) => !ran.has(file))
  if (missing.length === 0) return
  console.error(`did not run to its end: ${missing.join(', ')}`)
  process.exitCode = 1
}

const ofFolders: FilesByFolder = areFolders ? testFiles() : new Map()
const files = areFolders ? groups(ofFolders) : positionals
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
  if (!areFolders) return
  printTimes(performance.now() - started)
  requireAll([...ofFolders.values()].flat())
})
