// Counts what is read from a store, in all and within one turn of the event loop: how long a request keeps a process from
// its other work, without a clock.

import { eachRecord } from '../../src/store/each.ts'
import type { Kind } from '../../src/store/records.ts'
import type { EachOptions, Lookup, Store } from '../../src/store/store.ts'

export interface Reads {
  /** Records and counts read since `reset`. */
  readonly total: number
  /** The most of them within one turn. */
  readonly mostPerTurn: number
}

export class ReadMeter {
  readonly store: Store
  #total = 0
  #turn = 0
  #most = 0
  #ending = false

  constructor(store: Store) {
    const note = (many: number) => this.#note(many)
    const metered: Store = new Proxy(store, {
      get(target, name) {
        if (name === 'find')
          return async (...given: Parameters<Store['find']>) => {
            const found = await target.find(...given)
            note(Math.max(1, found.records.length))
            return found
          }
        if (name === 'each')
          return <K extends Kind>(kind: K, lookup: Lookup<K>, options?: EachOptions) =>
            eachRecord(metered, kind, lookup, options)
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) => {
          if (name === 'get' || name === 'getBy' || name === 'count') note(1)
          return Reflect.apply(member, target, given)
        }
      },
    })
    this.store = metered
  }

  /** What `work` reads. */
  async during(work: () => Promise<unknown>): Promise<Reads> {
    this.#total = this.#turn = this.#most = 0
    this.#ending = false
    const nextTurn = () => {
      this.#turn = 0
      if (!this.#ending) setImmediate(nextTurn)
    }
    setImmediate(nextTurn)
    try {
      await work()
    } finally {
      this.#ending = true
    }
    return { total: this.#total, mostPerTurn: this.#most }
  }

  #note(many: number): void {
    this.#total += many
    this.#turn += many
    this.#most = Math.max(this.#most, this.#turn)
  }
}
