// `npm start`: reads the settings, listens, opens the parts (wire.ts), says what a newcomer needs, and ends cleanly.
import cluster from 'node:cluster'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { flushCompileCache } from 'node:module'
import { type Config, issuerOf, readConfig } from './config.ts'
import { Problem } from './problem.ts'
import { releaseStartupMemory } from './store/release-memory.ts'
import type { ControlAnswer } from './web/control-socket.ts'
import { type DrainOptions, gracefulShutdown } from './web/drain.ts'
import { type BoundHandle, httpServer, listen } from './web/listen.ts'
import { announceFirstRun } from './wire/pages/first-run.ts'
import { LiveServer } from './wire/process/live-server.ts'
import { serveMetrics } from './wire/process/metrics-port.ts'
import { type Observability, openObservability } from './wire/process/observability.ts'
import { acceptReloads, notReloaded, reloadsOnHangUp } from './wire/process/reload.ts'
import { endSignals, type Opened, type Start, sayReady, superviseWorkers } from './wire/process/supervise.ts'
import { answerPrimary } from './wire/process/workers.ts'
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
  const issuer = issuerOf(config, await listen(server, config))
  const observability = await openObservability(config)
  const live = await openLive(config, issuer, observability)
  handler = live.handler
  endOnSignal(drain, live, observability)
  const { metrics } = observability
  if (config.metrics && metrics) await serveMetrics(config.metrics, () => metrics.text())
  await acceptReloads(config, () => reload(live, issuer, observability))
  sayReady({ issuer, warnings: live.current.warnings })
  releaseAfterStart()
}

/** A worker takes no request before it can answer: others do meanwhile. */
async function work(config: Config): Promise<void> {
  const [{ port }, handle] = (await once(process, 'message')) as [Start, BoundHandle]
  const issuer = issuerOf(config, port)
  const observability = await openObservability(config)
  const live = await openLive(config, issuer, observability)
  const server = httpServer(config.tls, live.handler)
  const drain = gracefulShutdown(server)
  await listen(server, config, handle)
  endOnSignal(drain, live, observability)
  // The primary reloads every worker; a signal to the whole group must not do it twice.
  if (reloadsOnHangUp()) process.on('SIGHUP', () => undefined)
  answerPrimary({
    collect: async () => (await observability.metrics?.collect()) ?? [],
    reload: () => reload(live, issuer, observability),
  })
  process.send?.({ issuer, warnings: live.current.warnings } satisfies Opened)
  releaseAfterStart()
}

const open = (config: Config, issuer: string, observability: Observability): Promise<Chancery> =>
  openChancery(config, issuer, (made) => announceFirstRun(config, issuer, made), observability)

const openLive = async (
  config: Config,
  issuer: string,
  observability: Observability,
): Promise<LiveServer<Chancery>> =>
  new LiveServer(await open(config, issuer, observability), (err) =>
    observability.log.error({ err }, 'the server before the reload was not closed'),
  )

const settings = (): Config => readConfig(process.env, process.cwd())

/**
 * Reads the settings again and serves with them. Everything is opened with the new settings before the first request is
 * answered with them; when anything is wrong, nothing changes. Address, port and workers stay as they were at the start.
 */
async function reload(
  live: LiveServer<Chancery>,
  issuer: string,
  observability: Observability,
): Promise<ControlAnswer> {
  try {
    const next = await open(settings(), issuer, observability)
    live.replace(next)
    return { done: true, message: ['the configuration was reloaded', ...next.warnings].join('\nwarning: ') }
  } catch (error) {
    if (!(error instanceof Problem)) observability.log.error({ err: error }, 'a reload failed')
    const message = error instanceof Problem ? error.message : 'an internal error, which the log has'
    return notReloaded(message)
  }
}

/** Milliseconds after which the compile cache (bin.js) is written: Node keeps in memory what it has read of it until then, 2 MB. */
const cacheWritten = 1000

function releaseAfterStart(): void {
  setTimeout(flushCompileCache, cacheWritten).unref()
  releaseStartupMemory()
}

type Drain = (options: DrainOptions) => Promise<void>

/** A second signal changes nothing: who ends a group of processes reaches a worker twice. */
function endOnSignal(drain: Drain, live: LiveServer<Chancery>, observability: Observability): void {
  let ending = false
  for (const signal of endSignals) {
    process.on(signal, () => {
      if (!ending) void end(drain, live, observability)
      ending = true
    })
  }
}

/** Lets requests in flight end, then closes the parts; nothing acknowledged is lost either way. */
async function end(drain: Drain, live: LiveServer<Chancery>, observability: Observability): Promise<void> {
  const drained = drain({ limit: drainMs })
  live.current.endHeld()
  await drained
  await live.current.close()
  await observability.close()
  process.exit(0)
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
  else if (config.workers > 1) await superviseWorkers(config, settings)
  else await serve(config)
} catch (error) {
  fail(error)
}
