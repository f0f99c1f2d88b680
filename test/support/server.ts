// The real server as a process of its own, on a free port, in a directory of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chanceryBin } from './chancery-bin.ts'
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

/** A test that ends in any way but by `stop` leaves no server behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

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
  const store = await storeEnv(dir)
  const started = performance.now()
  const child = spawn(
    options.node ?? process.execPath,
    [
      ...(process.env['CHANCERY_TEST_NODE_FLAGS']?.split(' ') ?? []),
      ...(options.nodeFlags ?? []),
      options.bin ?? chanceryBin,
      'start',
    ],
    {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: dir,
        CHANCERY_PORT: '0',
        CHANCERY_ACCOUNT_ID: accountId,
        CHANCERY_ROOT_ACCESS_KEY_ID: rootKey.id,
        CHANCERY_ROOT_SECRET_ACCESS_KEY: rootKey.secret,
        CHANCERY_ADMIN_PASSWORD: admin.password,
        ...store,
        ...(options.config === undefined ? {} : { CHANCERY_CONFIG: 'config.yaml' }),
        ...options.env,
      },
    },
  )
  running.add(child)
  child.once('exit', () => running.delete(child))
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const url = await ready(child, () => output, options.timeoutMs ?? 60_000)
  opening.move()
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  return {
    url,
    dir,
    process: child,
    accountId,
    rootKey,
    admin,
    readyMs: performance.now() - started,
    output: () => output,
    async stop() {
      await end('SIGTERM')
      remove()
    },
    kill: () => end('SIGKILL'),
  }
}

/** The URL of the line `chancery is ready at <url>`. */
function ready(child: ChildProcess, output: () => string, timeoutMs: number): Promise<string> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail(new Error(`not ready after ${timeoutMs} ms:\n${output()}`))
    }, timeoutMs)
    child.stdout?.on('data', () => {
      const match = /chancery is ready at (\S+)/.exec(output())
      if (!match?.[1]) return
      clearTimeout(timer)
      done(match[1])
    })
    child.once('error', (error) => {
      clearTimeout(timer)
      fail(error)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(new Error(`ended with ${code} before it was ready:\n${output()}`))
    })
  })
}

/** What the first start wrote for the operator. */
export const rootCredentials = (dir: string): string =>
  readFileSync(join(dir, 'data', 'root-credentials'), 'utf8')
