// Records when an access key was last used (GetAccessKeyLastUsed): at most once a minute per key, without delaying the request.

import { LRUCache } from 'lru-cache'
import { atMost } from '../../iam/record/at-most.ts'

export interface KeyUsage {
  /** Epoch seconds. */
  readonly at: number
  readonly service: string
  readonly region: string
}

export interface KeyUseStore {
  /** Stores when a key was used. */
  recordUse(accessKeyId: string, used: KeyUsage): Promise<void>
}

const interval = 60

export class KeyUseRecorder {
  readonly #notes: KeyUseStore
  readonly #last = new LRUCache<string, number>(atMost(10_000))

  constructor(notes: KeyUseStore) {
    this.#notes = notes
  }

  note(accessKeyId: string, used: KeyUsage): void {
    const last = this.#last.get(accessKeyId)
    if (last !== undefined && used.at - last < interval) return
    this.#last.set(accessKeyId, used.at)
    // The request does not fail when the key was deleted meanwhile or the store is down.
    setImmediate(() => void this.#notes.recordUse(accessKeyId, used).catch(() => {}))
  }
}
