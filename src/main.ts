// `npm start`: reads the settings, listens, opens the parts (wire.ts), says what a newcomer needs, and ends cleanly.
import cluster from 'node:cluster'
import { mkdirSync, readFileSync, rmSync, watchFile, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Config, readConfig } from './config.ts'
import type { FirstRun } from './iam/bootstrap.ts'
import { Problem } from './problem.ts'
import { type Chancery, openChancery } from './wire.ts'

/** Milliseconds that requests in flight have to end after SIGTERM. */
const drainMs = 10_000
/** Slow headers and bodies are cut off (attacks.md 28). */
const headersTimeoutMs = 15_000
const requestTimeoutMs = 30_000
const maxHeaderBytes = 32 * 1024

async function serve(config: Config): Promise<void> {
  const starting: RequestListener = (_req, res) => {
    res.writeHead(503, { 'retry-after': '1' }).end()
  }
  let handler = starting
  const server = httpServer(config, (req, res) => handler(req, res))
  const port = await listen(server, config)
  const issuer = config.issuer ?? `${config.tls ? 'https' : 'http'}://localhost:${port}`
  const chancery = await openChancery(config, issuer, (made) => {
    writeRootKey(config, made)
    console.log(greeting(made, issuer, credentialsPath(config)))
  })
  handler = chancery.handler
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(server, chancery))
  const opened: Opened = { issuer, warnings: chancery.warnings }
  if (cluster.isWorker) process.send?.(opened)
  else sayReady(opened)
  giveBack()
}

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

function httpServer(config: Config, listener: RequestListener): Server {
  const limits = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: 65_000,
    insecureHTTPParser: false,
  }
  if (!config.tls) return createServer(limits, listener)
  const { cert, key } = config.tls
  const read = () => ({ cert: readFileSync(cert), key: readFileSync(key), minVersion: 'TLSv1.2' as const })
  const server = tlsServer(() => createTlsServer({ ...limits, ...read() }, listener))
  for (const file of [cert, key]) {
    watchFile(file, { interval: 5_000, persistent: false }, () => {
      try {
        server.setSecureContext(read())
      } catch (error) {
        // Half of the pair was replaced so far, or it is unreadable: the old pair goes on.
        console.warn(`warning: the TLS files were not reread: ${(error as Error).message}`)
      }
    })
  }
  return server
}

/** @throws Problem('invalid_input') when the files cannot be read or are no pair */
function tlsServer<T>(make: () => T): T {
  try {
    return make()
  } catch (cause) {
    const why = (cause as Error).message
    throw new Problem('invalid_input', `CHANCERY_TLS_CERT and CHANCERY_TLS_KEY cannot be used: ${why}`, {
      cause,
    })
  }
}

function listen(server: Server, config: Config): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `${config.host}:${config.port}`
      if (error.code === 'EADDRINUSE') {
        fail(
          new Problem(
            'unavailable',
            `port in use: something else listens on ${where}; stop it or set CHANCERY_PORT`,
          ),
        )
      } else if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL') {
        fail(
          new Problem(
            'unavailable',
            `cannot listen on ${where} (${error.code}); set CHANCERY_HOST and CHANCERY_PORT`,
          ),
        )
      } else fail(error)
    })
    server.listen(config.port, config.host, () => done((server.address() as AddressInfo).port))
  })
}

/** The root key as AWS clients read it, readable by its owner alone; on disk before the first start counts as done. */
function writeRootKey(config: Config, { rootKey }: FirstRun): void {
  const text = `[default]\naws_access_key_id = ${rootKey.id}\naws_secret_access_key = ${rootKey.secret.reveal()}\n`
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  rmSync(credentialsPath(config), { force: true })
  writeFileSync(credentialsPath(config), text, { mode: 0o600, flag: 'wx', flush: true })
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

let stopping = false

/** Lets requests in flight end, then closes the parts; nothing acknowledged is lost either way. */
async function stop(server: Server, chancery: Chancery): Promise<void> {
  if (stopping) return
  stopping = true
  const closed = new Promise<void>((done) => server.close(() => done()))
  chancery.endHeld()
  server.closeIdleConnections()
  const late = setTimeout(() => server.closeAllConnections(), drainMs)
  await closed
  clearTimeout(late)
  await chancery.close()
  process.exit(0)
}

/** One process per worker on one port; one that dies is replaced, unless it dies while starting. Ready is when all are. */
function superviseWorkers(count: number): void {
  // Workers accept by themselves: a connection that the primary hands to a worker which dies is answered by nobody.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  const started = new Set<number>()
  let ending = false
  cluster.on('message', (worker, opened: Opened) => {
    started.add(worker.id)
    if (started.size === count) sayReady(opened)
  })
  cluster.on('exit', (worker, code) => {
    if (ending) {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0)
      return
    }
    if (!started.has(worker.id)) process.exit(code || 1)
    cluster.fork()
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      ending = true
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM')
    })
  }
  for (let n = 0; n < count; n++) cluster.fork()
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
  if (config.workers > 1 && cluster.isPrimary) superviseWorkers(config.workers)
  else await serve(config)
} catch (error) {
  fail(error)
}
