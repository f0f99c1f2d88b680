// What operators see of this process: metrics, the access log. Made once for a process and kept when the configuration is
// reloaded, so that counters go on.
import type { Logger } from 'pino'
import type { ReadyTrail } from '../../audit/trail.ts'
import type { Config } from '../../config.ts'
import type { Metrics } from '../../web/metrics/instruments.ts'
import { accessLog } from '../../web/observability/access-log.ts'
import type { RequestObserver } from '../../web/observability/observe.ts'
import { openLog } from './log.ts'

export interface Observability {
  readonly log: Logger
  /** Undefined unless CHANCERY_METRICS_PORT is set; what it loads costs memory. */
  readonly metrics: Metrics | undefined
  readonly observers: readonly RequestObserver[]
  /** Sends traces that are not sent yet. */
  close(): Promise<void>
}

/** Loads only what the settings turn on. */
export async function openObservability(config: Config): Promise<Observability> {
  const log = openLog(config.logLevel)
  const metrics = config.metrics && new (await import('../../web/metrics/instruments.ts')).Metrics()
  const observers: RequestObserver[] = []
  if (metrics) observers.push(requestMetrics(metrics))
  if (log.isLevelEnabled('info')) observers.push(accessLog(log))
  const traces = config.traces && (await import('./traces.ts')).openTraces(config.traces)
  if (traces) observers.push(traces.observer)
  return {
    log,
    metrics,
    observers,
    async close() {
      await traces?.close()
    },
  }
}

const requestMetrics = (metrics: Metrics): RequestObserver => ({
  begin() {
    metrics.requestBegan()
    return (finished) => metrics.requestFinished(finished)
  },
})

export interface CountedTrail extends ReadyTrail {
  readonly pending: number
  /** Counts an entry that was to be recorded and was not. */
  noteLost(): void
}

/** Counts the entries of a trail, and those that are not durable yet. */
export function countedTrail(
  trail: ReadyTrail,
  metrics: Pick<Metrics, 'auditEntry'> | undefined,
): CountedTrail {
  let pending = 0
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    pending += 1
    let result: 'written' | 'failed' = 'failed'
    try {
      const done = await work()
      result = 'written'
      return done
    } finally {
      pending -= 1
      metrics?.auditEntry(result)
    }
  }
  return {
    record: (event) => counted(() => trail.record(event)),
    ready: () => trail.ready(),
    recordCheckpoint: (checkpoint) => counted(() => trail.recordCheckpoint(checkpoint)),
    get pending() {
      return pending
    },
    noteLost: () => metrics?.auditEntry('failed'),
  }
}
