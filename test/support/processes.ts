// Several servers on one store, behind a proxy that gives every request to the next of them: nobody is served by one
// process twice in a row, unless the request says in `x-process` who shall.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { clockIs } from './clock/clock-seen.ts'
import { admin, type Running, type StartOptions, startServer } from './server.ts'

export interface Processes {
  /** The proxy, which is the issuer. */
  readonly url: string
  readonly dir: string
  readonly admin: { readonly name: string; readonly password: string }
  /** Undefined: not running now. */
  readonly servers: (Running | undefined)[]
  /** URLs of the single processes. */
  readonly each: readonly string[]
  /** Whose turn it was, in order. */
  readonly served: number[]
  kill(which: number): Promise<void>
  /** SIGTERM, and waits for the end; gives the exit code. */
  end(which: number): Promise<number | null>
  start(which: number): Promise<void>
  /** Milliseconds by which the wall clock of one process is off. Resolves when it is, if the process runs. */
  shiftClock(which: number, by: number): Promise<void>
  stop(): Promise<void>
}

export interface ProcessesOptions extends StartOptions {
  /** What is set for one of them alone. */
  readonly envOf?: (which: number) => Readonly<Record<string, string>>
}

/** With `dir` given, that is used and left. */
export async function startProcesses(count: number, options: ProcessesOptions = {}): Promise<Processes> {
  await using opening = new AsyncDisposableStack()
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'chancery-many-'))
  if (options.dir === undefined) opening.defer(() => rmSync(dir, { recursive: true, force: true }))
  const ports: number[] = []
  const served: number[] = []
  let turn = 0
  const proxy = createServer((req, res) => {
    const asked = req.headers['x-process']
    const first = asked === undefined ? turn++ : Number(asked)
    const order = ports.map((_, n) => (first + n) % ports.length)
    pass(req, res, order, (which) => {
      served.push(which)
      return ports[which] ?? 0
    })
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  opening.defer(() => closed(proxy))
  const url = `http://localhost:${(proxy.address() as AddressInfo).port}`
  const servers: (Running | undefined)[] = []
  opening.defer(async () => void (await Promise.all(servers.map((server) => server?.stop()))))
  const clockFile = (which: number) => join(dir, `clock-${which}`)
  const start = async (which: number) => {
    const server = await startServer({
      ...options,
      dir,
      nodeFlags: [
        '--import',
        resolve(import.meta.dirname, 'clock/shifted-clock.ts'),
        ...(options.nodeFlags ?? []),
      ],
      env: {
        CHANCERY_ISSUER: url,
        CHANCERY_PORT: String(ports[which] ?? 0),
        CLOCK_FILE: clockFile(which),
        ...options.env,
        ...options.envOf?.(which),
      },
    })
    ports[which] ??= await portOf(server)
    servers[which] = server
  }
  for (let which = 0; which < count; which++) await start(which)
  const opened = opening.move()
  return {
    url,
    dir,
    admin,
    servers,
    get each() {
      return ports.map((port) => `http://127.0.0.1:${port}`)
    },
    served,
    start,
    async kill(which) {
      const server = servers[which]
      servers[which] = undefined
      await server?.kill()
    },
    async end(which) {
      const server = servers[which]
      servers[which] = undefined
      await server?.stop()
      return server?.process.exitCode ?? null
    },
    async shiftClock(which, by) {
      writeFileSync(clockFile(which), String(by))
      if (servers[which] !== undefined) await clockIs(clockFile(which), by)
    },
    stop: () => opened.disposeAsync(),
  }
}

/** The issuer is the proxy's, so the process's own port is asked of the kernel. */
async function portOf({ process: { pid } }: Running): Promise<number> {
  const { readdirSync, readFileSync, readlinkSync } = await import('node:fs')
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  for (const line of readFileSync(`/proc/${pid}/net/tcp`, 'utf8').split('\n')) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
    if (state === '0A' && inodes.has(inode ?? '')) return Number.parseInt(local?.split(':')[1] ?? '', 16)
  }
  throw new Error('the server listens nowhere')
}

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })

/** To the first in order that takes the connection; who is not there has not heard of the request. */
function pass(
  req: IncomingMessage,
  res: ServerResponse,
  [which, ...others]: readonly number[],
  portOfTurn: (which: number) => number,
): void {
  if (which === undefined) return void res.writeHead(502).end()
  const { method, url, rawHeaders } = req
  const onward = request({
    host: '127.0.0.1',
    port: portOfTurn(which),
    method,
    path: url,
    headers: rawHeaders,
    agent: false,
  })
  onward.on('response', (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.on('error', () => res.destroy()).pipe(res)
  })
  onward.on('socket', (socket) => socket.once('connect', () => req.pipe(onward)))
  onward.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') pass(req, res, others, portOfTurn)
    else res.destroy()
  })
  res.once('close', () => onward.destroy())
}
