// A MongoDB for tests: the one CHANCERY_TEST_MONGODB names, else the real server by mongodb-memory-server (which downloads
// it), else FerretDB built with the Go that is on the machine (ferretdb/main.go), else none. One serves all tests of a
// process; with-mongodb.ts starts one for many processes. Change streams need another: mongo-java-server, which Maven
// fetches, behind a stand-in for a replica set; CHANCERY_TEST_MONGODB_KIND=java runs everything on it.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { machineDir } from '../runner/temporary-dir.ts'
import { StandInSet } from './stand-in-set.ts'

export interface TestServer {
  /** Ends with `/`: a database name can follow. */
  readonly url: string
  /** What it is, for reports. */
  readonly what: string
  stop(): Promise<void>
}

let server: Promise<TestServer | undefined> | undefined

/** Undefined when none can be had. It ends with this process. */
export function testServer(): Promise<TestServer | undefined> {
  server ??= startServer()
  return server
}

/** Why tests of MongoDB are skipped; false when they are not. With CI=true a missing server is a failure. */
export async function withoutServer(): Promise<string | false> {
  if (await testServer()) return false
  if (process.env['CI'] === 'true') throw new Error('no MongoDB for the tests, and CI allows no skip')
  return 'no MongoDB: set CHANCERY_TEST_MONGODB, or install Go, or let mongodb-memory-server download one'
}

/** A database of its own, on the test server unless another is given. */
export async function testDatabase(
  server?: TestServer,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const at = server ?? (await testServer())
  if (!at) throw new Error('no MongoDB for the tests')
  const url = databaseUrl(at.url, `chancery-test-${randomBytes(8).toString('hex')}`)
  return { url, drop: () => dropDatabase(url) }
}

/** Keeps the options of the server's URL. */
export function databaseUrl(server: string, database: string): string {
  const [base = '', query] = server.split('?')
  return `${base.replace(/\/$/, '')}/${database}${query === undefined ? '' : `?${query}`}`
}

export async function dropDatabase(url: string): Promise<void> {
  const { createConnection } = await import('mongoose')
  const connection = await createConnection(url).asPromise()
  await connection.dropDatabase()
  await connection.close()
}

async function startServer(): Promise<TestServer | undefined> {
  const given = process.env['CHANCERY_TEST_MONGODB']
  if (given) return { url: given, what: 'CHANCERY_TEST_MONGODB', stop: async () => undefined }
  if (process.env['CHANCERY_TEST_MONGODB_KIND'] === 'java') return javaServer()
  return (await realServer()) ?? (await ferretdb())
}

/** A replica set of one. Where it cannot be downloaded that is known at once, and said by who is left without a server. */
async function realServer(): Promise<TestServer | undefined> {
  process.env['MONGOMS_MAX_RETRIES'] ??= '0'
  const { warn } = console
  console.warn = () => undefined
  const dbPath = mkdtempSync(join(tmpdir(), 'chancery-mongodb-'))
  const remove = () => rmSync(dbPath, { recursive: true, force: true })
  try {
    const { MongoMemoryReplSet } = await import('mongodb-memory-server-core')
    const set = await MongoMemoryReplSet.create({
      replSet: { count: 1, storageEngine: 'wiredTiger' },
      instanceOpts: [{ dbPath }],
    })
    const stop = async () => {
      await set.stop()
      remove()
    }
    process.once('exit', remove)
    return { url: set.getUri(), what: 'MongoDB of mongodb-memory-server', stop }
  } catch {
    remove()
    return undefined
  } finally {
    console.warn = warn
  }
}

const sources = join(import.meta.dirname, 'ferretdb')

/** Built once a machine; of several processes that build at once, the last to finish puts the same file there. */
async function builtFerretdb(): Promise<string | undefined> {
  const hash = createHash('sha256')
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(sources, name)))
  const dir = join(machineDir, `chancery-ferretdb-${process.getuid?.() ?? 0}`)
  const file = join(dir, hash.digest('hex').slice(0, 16))
  if (existsSync(file)) return file
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const aside = `${file}.${process.pid}`
  try {
    await promisify(execFile)('go', ['build', '-o', aside, '.'], { cwd: sources })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined // no Go here
    throw error
  }
  renameSync(aside, file)
  return file
}

export interface Ferretdb extends TestServer {
  readonly port: number
  readonly process: ChildProcess
}

export interface FerretdbOptions {
  /** Reuse a directory of an earlier one; made and removed when absent. */
  readonly dir?: string
  /** Default: any. */
  readonly port?: number
  /** Without the gate that makes each command one step. */
  readonly ungated?: boolean
}

/** Undefined where it cannot be built. */
export async function ferretdb(options: FerretdbOptions = {}): Promise<Ferretdb | undefined> {
  const file = await builtFerretdb()
  if (!file) return undefined
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'chancery-ferretdb-'))
  const args = [dir, String(options.port ?? 0), ...(options.ungated ? ['ungated'] : [])]
  const { url, child, kill } = await started(file, args)
  const stop = async () => {
    await kill()
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
  }
  if (options.dir === undefined) process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  return { url, what: 'FerretDB 1.24.2 behind a gate', port: Number(new URL(url).port), process: child, stop }
}

const javaSources = join(import.meta.dirname, 'mongo-java-server')

/** A directory of jars, fetched once a machine. Undefined, with the reason on standard error, where they cannot be had. */
async function javaJars(): Promise<string | undefined> {
  const hash = createHash('sha256').update(readFileSync(join(javaSources, 'pom.xml')))
  const dir = join(
    machineDir,
    `chancery-mongo-java-${process.getuid?.() ?? 0}`,
    hash.digest('hex').slice(0, 16),
  )
  if (existsSync(dir)) return dir
  mkdirSync(join(dir, '..'), { recursive: true, mode: 0o700 })
  const aside = `${dir}.${process.pid}`
  const args = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${aside}`]
  try {
    await promisify(execFile)('mvn', args, { cwd: javaSources, timeout: 180_000 })
    await promisify(execFile)('java', ['-version'])
    renameSync(aside, dir)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (existsSync(dir)) return dir // another process was first
    console.error(`no mongo-java-server for the tests: ${String(error)}`)
    return undefined
  }
  return dir
}

export interface JavaServer extends TestServer {
  readonly set: StandInSet
  /** Another way to the same server, with faults of its own. */
  another(): Promise<StandInSet>
}

/**
 * mongo-java-server keeps all in memory, changes a document in one step and has change streams. It is of version 5.0,
 * below what we and the driver ask for, and says of itself that it stands alone: the stand-in before it says otherwise.
 * Its TTL indexes drop nothing, and it has no snapshot reads.
 */
export async function javaServer(): Promise<JavaServer | undefined> {
  const jars = await javaJars()
  if (!jars) return undefined
  const { url, kill } = await started('java', ['-cp', join(jars, '*'), join(javaSources, 'Main.java')])
  const behind = { port: Number(new URL(url).port) }
  const another = () => StandInSet.start({ behind, version: '6.0.0', java: true })
  const set = await another()
  const stop = async () => {
    await set.stop()
    await kill()
  }
  return {
    url: set.url(''),
    what: 'mongo-java-server 1.47.0 behind a stand-in for a replica set',
    set,
    another,
    stop,
  }
}

/** Starts a server that prints its URL. It does not keep this process alive, and ends with it: so does its standard input. */
async function started(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', command === 'java' ? 'ignore' : 'inherit'] })
  child.unref()
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const url = await new Promise<string>((done, fail) => {
    child.stdout?.once('data', (line: Buffer) => done(line.toString().trim()))
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`${command} ended with ${code}`)))
  })
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref(): void }).unref()
  const kill = async () => {
    child.ref()
    child.kill('SIGKILL')
    await exited
  }
  return { url, child, kill }
}
