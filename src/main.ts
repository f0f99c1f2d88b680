// `npm start`: reads the settings, listens, opens the parts (wire.ts), says what a newcomer needs, and ends cleanly.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Config, readConfig } from './config.ts'
import type { FirstRun } from './iam/bootstrap.ts'
import { Problem } from './problem.ts'
import { type DrainOptions, gracefulShutdown } from './web/drain.ts'
import { type BoundHandle, bind, httpServer, listen } from './web/listen.ts'
import { type Chancery, openChancery } from './wire.ts'

/** Milliseconds that requests in flight have to end after SIGTERM. */
const drainMs = 10_000

async function serve(config: Config): Promise<void> {
  const starting: RequestListener = (_req, res) => {
    res.writeHead(503, { 'retry-after': '1' }).end()
  }
  let handler = starting
  const server = httpServer(config.tls, (req, res) => handler(req, res))
  const drain = gracefulShutdown(server)
  const issuer = issuerAt(config, await listen(server, config))
  const chancery = await open(config, issuer)
  handler = chancery.handler
  endOnSignal(drain, chancery)
  sayReady({ issuer, warnings: chancery.warnings })
  giveBack()
}

/** A worker takes no request before it can answer: others do meanwhile. */
async function work(config: Config): Promise<void> {
  const [{ port }, handle] = (await once(process, 'message')) as [Start, BoundHandle]
  const issuer = issuerAt(config, port)
  const chancery = await open(config, issuer)
  const server = httpServer(config.tls, chancery.handler)
  const drain = gracefulShutdown(server)
  await listen(server, config, handle)
  endOnSignal(drain, chancery)
  process.send?.({ issuer, warnings: chancery.warnings } satisfies Opened)
  giveBack()
}

const open = (config: Config, issuer: string): Promise<Chancery> =>
  openChancery(config, issuer, (made) => {
    writeRootKey(config, made)
    console.log(greeting(made, issuer, credentialsPath(config)))
  })

const endSignals = ['SIGTERM', 'SIGINT'] as const

const issuerAt = (config: Config, port: number): string =>
  config.issuer ?? `${config.tls ? 'https' : 'http'}://localhost:${port}`

/**
 * Starting leaves garbage that V8 would keep until memory is short. It is given back once, when the first rush is over:
 * 138 → 119 MB resident for a pause of some 40 ms.
 */
function giveBack(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options: object) => void
  setFlagsFromString('--no-expose-gc')
  setTimeout(() => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' }), 1000).unref()
}

/** What a worker tells the primary once it serves. */
interface Opened {
  readonly issuer: string
  readonly warnings: readonly string[]
}

function sayReady({ issuer, warnings }: Opened): void {
  for (const warning of warnings) console.warn(`warning: ${warning}`)
  console.log(`chancery is ready at ${issuer}`)
}

/**
 * The root key as AWS clients read it, readable by its owner alone; on disk before the first start counts as done.
 * @throws Problem('unavailable') that says what to do
 */
function writeRootKey(config: Config, { rootKey }: FirstRun): void {
  const text = `[default]\naws_access_key_id = ${rootKey.id}\naws_secret_access_key = ${rootKey.secret.reveal()}\n`
  const path = credentialsPath(config)
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
    rmSync(path, { force: true })
    writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new Problem(
      'unavailable',
      `the root access key cannot be written to \`${path}\` (${code}): the user this server runs as must own its directory; CHANCERY_DATA names another`,
      { cause },
    )
  }
}

/** Where the first start writes the root access key. */
const credentialsPath = (config: Config): string => join(config.dataDir, 'root-credentials')

/** What a newcomer needs, once. */
function greeting(first: FirstRun, issuer: string, path: string): string {
  const { accountId, adminName, adminPassword, roleArn } = first
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iam:List*', Resource: '*' }],
  })
  return `
  first start of account ${accountId}

  sign in    ${issuer}
  name       ${adminName}
  password   ${adminPassword ? `${adminPassword.reveal()}   (once: you choose your own when you sign in)` : 'as given in CHANCERY_ADMIN_PASSWORD'}

  the root access key is in ${path}; to try it:

    export AWS_SHARED_CREDENTIALS_FILE='${path}' AWS_DEFAULT_REGION=us-east-1
    aws sts assume-role --endpoint-url ${issuer} --role-arn ${roleArn} --role-session-name first \\
      --policy '${policy}'
`
}

type Drain = (options: DrainOptions) => Promise<void>

/** A second signal changes nothing: who ends a group of processes reaches a worker twice. */
function endOnSignal(drain: Drain, chancery: Chancery): void {
  let ending = false
  for (const signal of endSignals) {
    process.on(signal, () => {
      if (!ending) void end(drain, chancery)
      ending = true
    })
  }
}

/** Lets requests in flight end, then closes the parts; nothing acknowledged is lost either way. */
async function end(drain: Drain, chancery: Chancery): Promise<void> {
  const drained = drain({ limit: drainMs })
  chancery.endHeld()
  await drained
  await chancery.close()
  process.exit(0)
}

/** A worker that lived for less has died early (milliseconds). */
const shortLife = 10_000
/** Milliseconds before a worker that died early is replaced; doubles with each that does so in a row. */
const firstPause = 100
const longestPause = 30_000

/** What the primary tells a worker first, beside the socket. */
interface Start {
  readonly port: number
}

/**
 * One process per worker on one port; one that dies is replaced. Ready is when all are; a worker that dies before that
 * ends the start.
 */
async function superviseWorkers(config: Config): Promise<void> {
  // Workers accept by themselves: a connection that the primary hands to a worker which dies is answered by nobody.
  const { handle, port } = await bind(config)
  /** Worker → when it was ready. */
  const since = new Map<number, number>()
  let ready = false
  let earlyDeaths = 0
  let ending = false
  const fork = () => {
    if (ending) return
    const worker = cluster.fork()
    worker.once('online', () => worker.send({ port } satisfies Start, handle as never))
    // It has died before it was told; `exit` says so too.
    worker.on('error', () => undefined)
  }
  cluster.on('message', (worker, opened: Opened) => {
    since.set(worker.id, performance.now())
    if (ready || since.size < config.workers) return
    ready = true
    sayReady(opened)
  })
  cluster.on('exit', (worker, code, signal) => {
    if (ending) return endWithLast()
    if (!ready) process.exit(code || 1)
    const lived = performance.now() - (since.get(worker.id) ?? Number.POSITIVE_INFINITY)
    since.delete(worker.id)
    earlyDeaths = lived >= shortLife ? 0 : earlyDeaths + 1
    const pause = earlyDeaths === 0 ? 0 : Math.min(longestPause, firstPause * 2 ** (earlyDeaths - 1))
    const { pid } = worker.process
    console.warn(`warning: worker ${pid} ended (${signal ?? code}); another starts in ${pause} ms`)
    setTimeout(fork, pause)
  })
  for (const signal of endSignals) {
    process.on(signal, () => {
      if (!ending) handle.close()
      ending = true
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM')
      endWithLast()
    })
  }
  for (let n = 0; n < config.workers; n++) fork()
}

function endWithLast(): void {
  if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0)
}

function fail(error: unknown): never {
  if (error instanceof Problem) {
    console.error(`chancery did not start: ${error.message}`)
    if (error.detail !== undefined) console.error(error.detail)
  } else console.error(error)
  process.exit(1)
}

try {
  const config = readConfig(process.env, process.cwd())
  if (cluster.isWorker) await work(config)
  else if (config.workers > 1) await superviseWorkers(config)
  else await serve(config)
} catch (error) {
  fail(error)
}
