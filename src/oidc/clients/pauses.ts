// Clients that failed to respond recently, in this process: other deliveries to them are postponed without a try.
import { LRUCache } from 'lru-cache'
import { atMost } from '../../iam/record/at-most.ts'
import type { EpochSeconds } from '../../store/records.ts'

/** Seconds; doubles with each failure in a row. */
const firstPause = 5
const longestPause = 300
/** Most clients remembered; beyond that the oldest failure is forgotten, which costs a few tries. */
const mostClients = 10_000

interface Failing {
  readonly failures: number
  readonly until: EpochSeconds
}

export class ClientPauses {
  readonly #failing = new LRUCache<string, Failing>(atMost(mostClients))
  readonly #now: () => EpochSeconds

  constructor(now: () => EpochSeconds) {
    this.#now = now
  }

  /** Epoch seconds until which deliveries wait; undefined when they need not. */
  until(clientId: string): EpochSeconds | undefined {
    const until = this.#failing.get(clientId)?.until
    return until !== undefined && until > this.#now() ? until : undefined
  }

  failed(clientId: string): void {
    const failures = (this.#failing.get(clientId)?.failures ?? 0) + 1
    const pause = Math.min(longestPause, firstPause * 2 ** Math.min(30, failures - 1))
    this.#failing.set(clientId, { failures, until: this.#now() + pause })
  }

  answered(clientId: string): void {
    this.#failing.delete(clientId)
  }
}
