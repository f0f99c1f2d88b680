// Every metric this server exposes (further gauges: gauges.ts); a test checks the names against the dashboard in docs/deploy/.
// Label values come from bounded sets: route templates, AWS actions, error codes. A gate holds that for all of them.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { FinishedRequest } from '../observability/observe.ts'
import { version } from '../version.ts'
import { addGauges, type Gauges } from './gauges.ts'

/** Seconds; requests take from half a millisecond to the seconds of an upstream provider. */
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const storeBuckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5]

/** Distinct values one label may have; further ones become `other`. */
const mostLabelValues = 400

export class Metrics {
  readonly #registry = new Registry()
  readonly #seen = new Map<string, Set<string>>()
  readonly #requests
  readonly #durations
  readonly #inFlight
  readonly #refusals
  readonly #audit
  readonly #store
  readonly #storeErrors
  readonly #cache
  readonly #outbox
  #gauges: Gauges | undefined

  constructor() {
    const registers = [this.#registry]
    collectDefaultMetrics({ register: this.#registry })
    // Sums of the gauges of the same name without the suffix, which the naming rules of Prometheus reserve for counters.
    for (const kind of ['handles', 'requests', 'resources'])
      this.#registry.removeSingleMetric(`nodejs_active_${kind}_total`)
    new Gauge({
      name: 'chancery_build_info',
      help: 'Always 1; the labels name the version of the server and of Node.',
      labelNames: ['version', 'node'],
      registers,
      aggregator: 'first',
    }).set({ version, node: process.versions.node }, 1)
    this.#requests = new Counter({
      name: 'chancery_http_requests_total',
      help: 'Finished requests.',
      labelNames: ['surface', 'route', 'method', 'status'],
      registers,
    })
    this.#durations = new Histogram({
      name: 'chancery_http_request_duration_seconds',
      help: 'Seconds from the arrival of a request to the end of its response.',
      labelNames: ['surface', 'route'],
      buckets: requestBuckets,
      registers,
    })
    this.#inFlight = new Gauge({
      name: 'chancery_http_requests_in_flight',
      help: 'Requests that have arrived and are not finished.',
      registers,
      aggregator: 'sum',
    })
    this.#refusals = new Counter({
      name: 'chancery_refusals_total',
      help: 'Refused and failed requests, by the error code of the response.',
      labelNames: ['surface', 'reason'],
      registers,
    })
    this.#audit = new Counter({
      name: 'chancery_audit_entries_total',
      help: 'Audit entries that were to be written, by whether they are durable.',
      labelNames: ['result'],
      registers,
    })
    this.#store = new Histogram({
      name: 'chancery_store_operation_duration_seconds',
      help: 'Seconds that the store took for an operation; reads that the cache answered are not among them.',
      labelNames: ['operation'],
      buckets: storeBuckets,
      registers,
    })
    this.#storeErrors = new Counter({
      name: 'chancery_store_errors_total',
      help: 'Operations that failed because the store was not available.',
      labelNames: ['operation'],
      registers,
    })
    this.#cache = new Counter({
      name: 'chancery_cache_requests_total',
      help: 'Reads of records that may be cached, by whether they were.',
      labelNames: ['result'],
      registers,
    })
    this.#outbox = new Counter({
      name: 'chancery_outbox_messages_total',
      help: 'Attempts to deliver, by outbox and result: sent, postponed (will be tried again) or failed (given up).',
      labelNames: ['outbox', 'result'],
      registers,
    })
    addGauges(registers, () => this.#gauges)
  }

  /** What is read when the metrics are collected; replaces what was given before. */
  read(gauges: Gauges): void {
    this.#gauges = gauges
  }

  /** Counts a request in flight. */
  requestBegan(): void {
    this.#inFlight.inc()
  }

  requestFinished({ surface, route, method, status, reason, seconds }: FinishedRequest): void {
    const template = this.#bounded('route', route)
    this.#inFlight.dec()
    this.#requests.inc({ surface, route: template, method, status: String(status) })
    this.#durations.observe({ surface, route: template }, seconds)
    if (reason !== undefined) this.#refusals.inc({ surface, reason: this.#bounded('reason', reason) })
  }

  auditEntry(result: 'written' | 'failed'): void {
    this.#audit.inc({ result })
  }

  /** @param operation a method of the store port */
  storeOperation(operation: string, seconds: number, unavailable: boolean): void {
    this.#store.observe({ operation }, seconds)
    if (unavailable) this.#storeErrors.inc({ operation })
  }

  cacheRequest(hit: boolean): void {
    this.#cache.inc({ result: hit ? 'hit' : 'miss' })
  }

  outboxAttempt(outbox: string, result: 'sent' | 'postponed' | 'failed'): void {
    this.#outbox.inc({ outbox, result })
  }

  /** Every metric in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }

  /** Every metric as plain values, which can be sent to another process (expose.ts). */
  collect(): Promise<readonly object[]> {
    return this.#registry.getMetricsAsJSON()
  }

  #bounded(label: string, value: string): string {
    const seen = this.#seen.get(label) ?? new Set()
    this.#seen.set(label, seen)
    if (seen.has(value)) return value
    if (seen.size >= mostLabelValues) return 'other'
    seen.add(value)
    return value
  }
}
