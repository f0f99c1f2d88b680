// Sends the audit trail to one destination, in order, at least once. It reads the durable trail and is never part of a request:
// a receiver that does not answer delays only the sending. Of several processes one sends (progress.ts).
import { setTimeout as sleep } from 'node:timers/promises'
import { randomToken } from '../../secure/random.ts'
import type { AuditEntry } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { chainsOpenedSince, lastEntry } from '../chain-reads.ts'
import { type Batch, type BatchLimits, nextBatch } from './batch.ts'
import { leaseMs, type Progress, ProgressRecord } from './progress.ts'

/** Sends one batch; resolves when the receiver has it. Never called twice at once. */
export interface Sender {
  readonly limits: BatchLimits
  /** @throws when the receiver did not accept it, or `signal` was aborted */
  send(entries: readonly AuditEntry[], signal: AbortSignal): Promise<void>
  close(): void
}

export interface ForwarderOptions {
  readonly store: Pick<Store, 'get' | 'create' | 'update' | 'find'>
  readonly name: string
  readonly from: 'now' | 'beginning'
  readonly sender: Sender
  /** Epoch seconds at which the current audit key became active; chains of earlier keys end soon after. */
  readonly keyActiveAt: () => number
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly log: { warn(fields: object, message: string): void }
  /** Milliseconds; for tests. */
  readonly pauses?: Partial<Pauses>
}

interface Pauses {
  /** Between two looks for new entries. */
  readonly idle: number
  /** Before the first retry; doubled for each further one. */
  readonly retry: number
  readonly longestRetry: number
}

const usual: Pauses = { idle: 1000, retry: 1000, longestRetry: 300_000 }

/** Milliseconds between two searches for chains that the quick search does not find. */
const searchAllEvery = 60_000
/** Milliseconds after a change of the audit key in which a process may still write to a chain of the earlier key. */
const chainsEndWithin = 2 * 86_400_000
/** How far back chains are looked for when a destination is new: longer than an audit key signs. */
const newDestinationLooksBack = 62 * 86_400_000

export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #pauses: Pauses
  readonly #record: ProgressRecord
  readonly #stopping = new AbortController()
  #running: Promise<void> | undefined
  #searchedAll = Number.NEGATIVE_INFINITY
  #renewed = Number.NEGATIVE_INFINITY
  #failures = 0
  /** Of the oldest entry that is not sent, epoch seconds; undefined when everything is. */
  #waitingSince: number | undefined
  #sends = false

  constructor(options: ForwarderOptions) {
    this.#options = options
    this.#pauses = { ...usual, ...options.pauses }
    this.#record = new ProgressRecord({
      store: options.store,
      destination: options.name,
      holder: randomToken(9),
      clock: options.clock,
      begin: () => this.#begin(),
    })
  }

  /** Seconds by which the destination is behind; undefined while another process sends. */
  get lag(): number | undefined {
    if (!this.#sends) return undefined
    if (this.#waitingSince === undefined) return 0
    return Math.max(0, Math.floor(this.#options.clock() / 1000) - this.#waitingSince)
  }

  /** Failed attempts since the last acknowledged batch. */
  get failures(): number {
    return this.#failures
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Resolves when the attempt in progress has ended; another process can go on then. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    this.#options.sender.close()
    if (this.#sends) await this.#record.release().catch(() => undefined)
    this.#sends = false
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    let progress: Progress | undefined
    while (!signal.aborted) {
      let pause = this.#pauses.idle
      try {
        progress = await this.#claimed(progress)
        this.#sends = progress !== undefined
        if (progress !== undefined) {
          const step = await this.#step(progress)
          progress = step.progress
          pause = step.pause
        }
      } catch (err) {
        this.#options.log.warn(
          { err, destination: this.#options.name },
          'the audit trail could not be forwarded',
        )
      }
      this.#sends = progress !== undefined
      // A pause longer than the claim lets another process try, from where this one may not reach the receiver.
      if (pause > leaseMs) progress = undefined
      if (pause > 0) await sleep(pause, undefined, { ref: false, signal }).catch(() => undefined)
    }
  }

  /** The claim is renewed in good time, rather than at each look. */
  async #claimed(progress: Progress | undefined): Promise<Progress | undefined> {
    const now = this.#options.clock()
    if (progress !== undefined && Math.abs(now - this.#renewed) < leaseMs / 3) return progress
    this.#renewed = now
    return this.#record.claim()
  }

  async #step(progress: Progress): Promise<{ progress: Progress | undefined; pause: number }> {
    const { store, sender, clock } = this.#options
    const all = Math.abs(clock() - this.#searchedAll) >= searchAllEvery
    if (all) this.#searchedAll = clock()
    const batch = await nextBatch(store, progress, sender.limits, all)
    this.#waitingSince = batch.entries[0]?.at
    if (batch.entries.length === 0) return { progress, pause: this.#pauses.idle }
    try {
      await sender.send(batch.entries, this.#stopping.signal)
    } catch (error) {
      return this.#failed(progress, error)
    }
    this.#failures = 0
    const kept = await this.#record.keep((old) => acknowledged(old, this.#withoutEnded(batch), clock()))
    if (!batch.more) this.#waitingSince = undefined
    return { progress: kept, pause: batch.more ? 0 : this.#pauses.idle }
  }

  async #failed(
    progress: Progress,
    error: unknown,
  ): Promise<{ progress: Progress | undefined; pause: number }> {
    if (this.#stopping.signal.aborted) return { progress, pause: 0 }
    const { log, name, clock } = this.#options
    const pause = Math.min(this.#pauses.longestRetry, this.#pauses.retry * 2 ** Math.min(this.#failures, 20))
    this.#failures += 1
    const reason = reasonOf(error)
    log.warn(
      { destination: name, reason, failures: this.#failures },
      'a receiver of the audit trail did not accept it',
    )
    const now = Math.floor(clock() / 1000)
    const kept = await this.#record.keep((old) => ({
      ...old,
      failingSince: old.failingSince ?? now,
      error: reason,
    }))
    // Random, so that receivers of several destinations are not all asked at one moment.
    return { progress: kept, pause: pause * (0.75 + Math.random() / 2) }
  }

  /** Positions without the chains of earlier audit keys, to which nothing is added any more. */
  #withoutEnded({ positions, more }: Batch): Pick<Progress, 'positions'> & { readonly ended: number } {
    const { keyActiveAt, clock } = this.#options
    const activeAt = keyActiveAt() * 1000
    if (more || clock() < activeAt + chainsEndWithin) return { positions, ended: 0 }
    const all = Object.entries(positions)
    const ended = all.flatMap(([, { opened }]) => (opened < activeAt ? [opened] : []))
    return {
      positions: Object.fromEntries(all.filter(([, { opened }]) => opened >= activeAt)),
      ended: Math.max(0, ...ended) + (ended.length > 0 ? 1 : 0),
    }
  }

  async #begin(): Promise<Pick<Progress, 'floor' | 'positions'>> {
    const { store, from, clock } = this.#options
    if (from === 'beginning') return { floor: 0, positions: {} }
    const floor = clock()
    const positions: Record<string, { next: number; opened: number }> = {}
    for await (const { chain, opened } of chainsOpenedSince(store, floor - newDestinationLooksBack)) {
      const last = await lastEntry(store, chain)
      if (last) positions[chain] = { next: last.seq + 1, opened }
    }
    return { floor, positions }
  }
}

function acknowledged(
  old: Progress,
  { positions, ended }: Pick<Progress, 'positions'> & { readonly ended: number },
  millis: number,
): Progress {
  return {
    ...old,
    positions,
    floor: Math.max(old.floor, ended),
    deliveredAt: Math.floor(millis / 1000),
    failingSince: undefined,
    error: undefined,
  }
}

/** What the log and the status show: the message, and the detail of a Problem. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : undefined
  return (detail ?? error.message).slice(0, 300)
}
