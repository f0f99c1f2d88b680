// The primary process of a server with several workers: starts and replaces them, and asks them for metrics and reloads.
import cluster from 'node:cluster'
import type { Config } from '../../config.ts'
import { Problem } from '../../problem.ts'
import type { ControlAnswer } from '../../web/control-socket.ts'
import { bind } from '../../web/listen.ts'
import { serveAggregated } from './metrics-port.ts'
import { acceptReloads, notReloaded } from './reload.ts'
import { askWorkers } from './workers.ts'

export const endSignals = ['SIGTERM', 'SIGINT'] as const

/** What a worker tells the primary once it serves. */
export interface Opened {
  readonly issuer: string
  readonly warnings: readonly string[]
}

const isOpened = (message: unknown): message is Opened =>
  typeof message === 'object' && message !== null && 'issuer' in message

/** Prints the warnings and the line that scripts wait for. */
export function sayReady({ issuer, warnings }: Opened): void {
  for (const warning of warnings) console.warn(`warning: ${warning}`)
  console.log(`chancery is ready at ${issuer}`)
}

/** Milliseconds that a worker has to send its metrics, and to reload. */
const collectLimit = 2_000
const reloadLimit = 60_000

/** A worker that lived for less has died early (milliseconds). */
const shortLife = 10_000
/** Milliseconds before a worker that died early is replaced; doubles with each that does so in a row. */
const firstPause = 100
const longestPause = 30_000

/** What the primary tells a worker first, beside the socket. */
export interface Start {
  readonly port: number
}

/**
 * One process per worker on one port; one that dies is replaced. Ready is when all are; a worker that dies before that
 * ends the start.
 * @param settings reads the settings again
 */
export async function superviseWorkers(config: Config, settings: () => Config): Promise<void> {
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
  cluster.on('message', (worker, opened: unknown) => {
    if (!isOpened(opened)) return
    since.set(worker.id, performance.now())
    if (ready || since.size < config.workers) return
    ready = true
    void (async () => {
      await acceptReloads(config, reloadWorkers)
      sayReady(opened)
    })()
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
  const readyWorkers = () =>
    Object.values(cluster.workers ?? {}).flatMap((worker) => (worker && since.has(worker.id) ? [worker] : []))
  const reloadWorkers = async (): Promise<ControlAnswer> => {
    // What is wrong with the settings is found here once, before any worker reads them.
    try {
      settings()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return notReloaded(error.message)
    }
    const asked = readyWorkers()
    const answers = (await askWorkers(asked, 'reload', reloadLimit)) as readonly ControlAnswer[]
    const failed = answers.find(({ done }) => !done)
    if (failed) return failed
    if (answers.length < asked.length)
      return { done: false, message: 'a worker did not answer; send SIGHUP again' }
    return answers[0] ?? { done: false, message: 'there is no worker; send SIGHUP again' }
  }
  if (config.metrics)
    await serveAggregated(
      config.metrics,
      async () => (await askWorkers(readyWorkers(), 'collect', collectLimit)) as readonly object[][],
    )
  for (let n = 0; n < config.workers; n++) fork()
}

function endWithLast(): void {
  if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0)
}
