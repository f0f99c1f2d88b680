// When retention runs: once an hour in one of the processes, and not while the clock cannot be trusted, because a clock that is
// ahead would remove entries that are to be kept.
import { setTimeout as sleep } from 'node:timers/promises'
import { isProblem } from '../problem.ts'
import { createIfAbsent } from '../store/conditional-writes.ts'
import { serverAccount } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { lastEntry, millisOf, newestChains } from './chain-reads.ts'
import type { Checkpoint } from './checkpoint.ts'
import { removeOldEntries } from './retention.ts'

const day = 86_400_000

export interface RetentionScheduleOptions {
  readonly store: Pick<Store, 'find' | 'get' | 'create' | 'update' | 'delete'>
  readonly record: (checkpoint: Checkpoint) => Promise<void>
  /** Days for which entries are kept. */
  readonly days: number
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Milliseconds that never go back or jump. */
  readonly steady: () => number
  /** Epoch seconds at which the current audit key became active. */
  readonly keyActiveAt: () => number
  readonly log: { warn(fields: object, message: string): void }
}

/** Milliseconds. */
const every = 3_600_000
const firstAfter = 60_000
/** Difference between clock and steady clock that no correction of a right clock explains. */
const mostDrift = day
/** How long a process runs with a clock far ahead of the newest entry before it goes by that clock. */
const untilTrusted = day
/** Milliseconds after a change of the audit key in which a process may still write to a chain of the earlier key. */
const chainsEndWithin = 2 * day

const recordId = 'audit-retention'

class DoneAlready extends Error {}

export class RetentionSchedule {
  readonly #options: RetentionScheduleOptions
  readonly #stopping = new AbortController()
  readonly #started: { readonly clock: number; readonly steady: number }
  #running: Promise<void> | undefined

  constructor(options: RetentionScheduleOptions) {
    this.#options = options
    this.#started = { clock: options.clock(), steady: options.steady() }
  }

  start(): void {
    this.#running = this.#loop()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  /** Runs once if it is due. @returns how many entries were removed; undefined when it did not run */
  async runIfDue(): Promise<number | undefined> {
    const { store, record, days, clock, keyActiveAt } = this.#options
    const doubt = await this.#doubt()
    if (doubt !== undefined) {
      this.#options.log.warn({ reason: doubt }, 'no audit entries were removed: the clock may be wrong')
      return undefined
    }
    if (!(await this.#claim())) return undefined
    const activeAt = keyActiveAt() * 1000
    return removeOldEntries({
      store,
      record,
      cutoff: clock() - days * day,
      endedBefore: clock() >= activeAt + chainsEndWithin ? activeAt : 0,
      signal: this.#stopping.signal,
    })
  }

  /** Why the clock may be wrong; undefined when nothing speaks against it. */
  async #doubt(): Promise<string | undefined> {
    const { store, days, clock, steady } = this.#options
    const ran = steady() - this.#started.steady
    const drift = Math.abs(clock() - this.#started.clock - ran)
    if (drift > mostDrift) return `it moved by ${Math.round(drift / 1000)} seconds since the start`
    if (ran >= untilTrusted) return undefined
    const earlier = (await newestChains(store, 16)).filter(
      ({ opened }) => opened < this.#started.clock - every,
    )
    const last = await Promise.all(earlier.map(({ chain }) => lastEntry(store, chain)))
    const times = last.flatMap((entry) => (entry ? [millisOf(entry.id)] : []))
    const quiet = this.#started.clock - Math.max(...times)
    if (times.length === 0 || quiet <= (days * day) / 2) return undefined
    return `the newest entry before the start is ${Math.round(quiet / day)} days old; it is trusted after a day`
  }

  /** Of several processes one runs in an hour. */
  async #claim(): Promise<boolean> {
    const { store, clock } = this.#options
    const value = JSON.stringify({ at: clock() })
    try {
      await store.update('setting', recordId, (old) => {
        const { at } = JSON.parse(old.value) as { at: number }
        if (Math.abs(clock() - at) < every - firstAfter) throw new DoneAlready()
        return { ...old, value }
      })
      return true
    } catch (error) {
      if (error instanceof DoneAlready) return false
      if (!isProblem(error, 'not_found')) throw error
      return createIfAbsent(store.create('setting', { id: recordId, accountId: serverAccount, value }))
    }
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stopping
    for (let pause = firstAfter; !signal.aborted; pause = every) {
      await sleep(pause, undefined, { ref: false, signal }).catch(() => undefined)
      if (signal.aborted) return
      await this.runIfDue().catch((err: unknown) =>
        this.#options.log.warn({ err }, 'old audit entries were not removed; the next run goes on'),
      )
    }
  }
}
