// The real server on a free port, in a directory of its own: as a process of its own, or in `npm test`, where the test does not
// need one, in a process that runs one server after the other (runner/server-host.ts).
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chanceryBin, sourceBin } from './chancery-bin.ts'
import { copyFirstStart } from './runner/first-start.ts'
import { endOfServer, type HostedStart, isHosted, type Started, startHosted } from './runner/hosted-server.ts'
import { storeEnv } from './store.ts'

export interface StartOptions {
  /** Reuse a directory of an earlier server; made and removed when absent. */
  readonly dir?: string
  /** Text of the YAML file. */
  readonly config?: string
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  /** Of Node itself. */
  readonly nodeFlags?: readonly string[]
  /** Another Node than this one. */
  readonly node?: string
  /** Another command than `chanceryBin`: of another checkout, or the sources. */
  readonly bin?: string
  /** It may run in a process after others, also in a folder whose servers have processes of their own. */
  readonly maybeHosted?: boolean
}

export interface Running {
  readonly url: string
  readonly dir: string
  readonly process: ChildProcess
  readonly accountId: string
  readonly rootKey: { readonly id: string; readonly secret: string }
  readonly admin: { readonly name: string; readonly password: string }
  /** Milliseconds from spawn to the ready line. */
  readonly readyMs: number
  /** Everything it printed so far. */
  output(): string
  /** SIGTERM, waits for the end, removes the directory unless it was given. */
  stop(): Promise<void>
  /** SIGKILL; the directory stays. */
  kill(): Promise<void>
}

/** Known credentials, so that tests need not read them off the screen. */
export const rootKey = { id: 'AKIATESTROOT', secret: 'test-root-secret-key' } as const
export const admin = { name: 'admin', password: 'correct horse battery' } as const
export const accountId = '123456789012'

/** A test that ends in any way but by `stop` leaves no server behind. A hosted one ends with the connection to its process. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Milliseconds for a start. Where nothing is compiled yet and all processors are busy, one has taken more than a minute. */
const mostStart = 180_000

/** Runs `chancery start` and resolves when it says that it is ready. */
export async function startServer(options: StartOptions = {}): Promise<Running> {
  using opening = new DisposableStack()
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'chancery-test-'))
  const remove = () => {
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
  }
  opening.defer(remove)
  if (options.config !== undefined) {
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(dir, 'config.yaml'), options.config)
  }
  const env = {
    PATH: process.env['PATH'],
    HOME: dir,
    CHANCERY_PORT: '0',
    CHANCERY_ACCOUNT_ID: accountId,
    CHANCERY_ROOT_ACCESS_KEY_ID: rootKey.id,
    CHANCERY_ROOT_SECRET_ACCESS_KEY: rootKey.secret,
    CHANCERY_ADMIN_PASSWORD: admin.password,
    ...(await storeEnv(dir)),
    ...(options.config === undefined ? {} : { CHANCERY_CONFIG: 'config.yaml' }),
    ...options.env,
  }
  const endCopy = copyFirstStart(dir, options)
  opening.defer(endCopy)
  const started = performance.now()
  const { child, ended, endedInHost } = isHosted(options)
    ? startHosted({ cwd: dir, env })
    : startOwn(options, dir, env)
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  const url = await ready(child, () => output, options.timeoutMs ?? mostStart)
  opening.move()
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null && !endedInHost()) child.kill(signal)
    await ended
    endCopy()
    child.stdout?.off('data', collect)
    child.stderr?.off('data', collect)
  }
  return {
    url,
    dir,
    process: child,
    accountId,
    rootKey,
    admin,
    readyMs: performance.now() - started,
    output: () => output.replaceAll(new RegExp(endOfServer, 'g'), ''),
    async stop() {
      await end('SIGTERM')
      remove()
    },
    kill: () => end('SIGKILL'),
  }
}

/** What a process reads before the command has begun, such as `--import`, is compiled already. */
const compileCache =
  chanceryBin === sourceBin ? {} : { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] }

function startOwn(options: StartOptions, dir: string, env: HostedStart['env']): Started {
  const child = spawn(
    options.node ?? process.execPath,
    [
      ...(process.env['CHANCERY_TEST_NODE_FLAGS']?.split(' ') ?? []),
      ...(options.nodeFlags ?? []),
      options.bin ?? chanceryBin,
      'start',
    ],
    { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'], env: { ...compileCache, ...env } },
  )
  running.add(child)
  const ended = new Promise<void>((done) =>
    child.once('exit', () => {
      running.delete(child)
      done()
    }),
  )
  return { child, ended, endedInHost: () => false }
}

/** The URL of the line `chancery is ready at <url>`. */
async function ready(child: ChildProcess, output: () => string, timeoutMs: number): Promise<string> {
  const { promise, resolve: done, reject: fail } = Promise.withResolvers<string>()
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    fail(new Error(`not ready after ${timeoutMs} ms:\n${output()}`))
  }, timeoutMs)
  const look = () => {
    const match = /chancery is ready at (\S+)/.exec(output())
    if (match?.[1]) done(match[1])
  }
  const exit = (code: number | null) => {
    const ended = endOfServer.exec(output())?.[1] ?? code
    fail(new Error(`ended with ${ended} before it was ready:\n${output()}`))
  }
  child.stdout?.on('data', look)
  child.once('error', fail)
  child.once('exit', exit)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    child.stdout?.off('data', look)
    child.off('error', fail)
    child.off('exit', exit)
  }
}

/** What the first start wrote for the operator. */
export const rootCredentials = (dir: string): string =>
  readFileSync(join(dir, 'data', 'root-credentials'), 'utf8')
