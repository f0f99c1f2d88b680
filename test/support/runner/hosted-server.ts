// Servers that run one after the other in a process (server-host.ts): most tests need a server of their own, and none of them
// a process. A start takes a third of the processor time, and requests meet code that is compiled already.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { chanceryBin, sourceBin } from '../chancery-bin.ts'
import type { StartOptions } from '../server.ts'
import { atGroupEnd } from './group.ts'

/** What is sent to the process to start a server. */
export interface HostedStart {
  /** Path of the bundled `main.ts`. */
  readonly main: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Written to both outputs when a server has ended, with its exit code: what is printed before is from that server. */
export const endLine = (code: number): string => `\0server ended with ${code}\n`
export const endOfServer = /\0server ended with (\d+)\n/

export interface Started {
  readonly child: ChildProcess
  /** Resolves when the server has ended, in a process of its own when the process has. */
  readonly ended: Promise<void>
  /** Whether it has ended, and the process goes on. */
  readonly endedInHost: () => boolean
}

/** Processes that run no server now. */
const freeHosts: ChildProcess[] = []
/** Processes in which starts failed: each may have left something open, which the next that fails does not mind. */
const hostsOfRefused: ChildProcess[] = []

/** Ends the processes that run no server now, and resolves when they have ended. */
async function endHosts(): Promise<void> {
  await Promise.all(
    [...freeHosts.splice(0), ...hostsOfRefused.splice(0)].map(async (host) => {
      host.disconnect()
      await once(host, 'exit')
    }),
  )
}

/**
 * Only the bundle has a `main.ts` beside modules that stay loaded. What is set for a process, and what opens more than one
 * port or process, needs a process of its own.
 */
export function isHosted({
  node,
  nodeFlags,
  bin,
  env = {},
  config = '',
  maybeHosted = false,
}: StartOptions): boolean {
  return (
    (process.env['CHANCERY_TEST_SERVERS'] === 'hosted' || maybeHosted) &&
    chanceryBin !== sourceBin &&
    [node, nodeFlags, bin, process.env['CHANCERY_TEST_NODE_FLAGS']].every((one) => one === undefined) &&
    Object.keys(env).every((name) => /^CHANCERY_(?!WORKERS$|METRICS_)/.test(name)) &&
    !/^(workers|metrics|traces):/m.test(config)
  )
}

/**
 * Starts a server in a process that runs none now, with the environment and in the directory that are given.
 * @param isRefused whether the start is expected to fail
 */
export function startHosted(start: Omit<HostedStart, 'main'>, { isRefused = false } = {}): Started {
  const child = (isRefused ? hostsOfRefused : freeHosts).pop() ?? openHost()
  let isOver = false
  const over = Promise.all([endOn(child.stdout), endOn(child.stderr)]).then(([code]) => {
    isOver = true
    if (isRefused) hostsOfRefused.push(child)
    else if (code === 0) freeHosts.push(child)
    // It may have left something open.
    else child.kill('SIGKILL')
  })
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>()
  child.once('exit', exit)
  void over.then(() => child.off('exit', exit))
  child.send({ main: join(dirname(chanceryBin), 'main.mjs'), ...start } satisfies HostedStart)
  return { child, ended: Promise.race([over, exited]), endedInHost: () => isOver }
}

let isEndPlanned = false

function openHost(): ChildProcess {
  if (!isEndPlanned) atGroupEnd(endHosts)
  isEndPlanned = true
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'server-host.ts')], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.setMaxListeners(0)
  child.once('exit', () => {
    for (const hosts of [freeHosts, hostsOfRefused]) {
      const at = hosts.indexOf(child)
      if (at !== -1) hosts.splice(at, 1)
    }
  })
  return child
}

/** The exit code of the server that runs now, once it has ended and all that it printed here has arrived. */
function endOn(stream: Readable | null): Promise<number> {
  const { promise, resolve: done } = Promise.withResolvers<number>()
  let last = ''
  const look = (chunk: Buffer) => {
    last = `${last}${chunk}`.slice(-200)
    const code = endOfServer.exec(last)?.[1]
    if (code === undefined) return
    stream?.off('data', look)
    done(Number(code))
  }
  stream?.on('data', look)
  return promise
}
