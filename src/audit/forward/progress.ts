// How far a destination has been sent the trail, and which process sends: one record for each destination. A process claims it
// for a while by compare-and-swap, so that of several servers one sends. When it dies, another goes on from the last
// acknowledged batch, so that entries may arrive twice and never get lost.
import { isProblem } from '../../problem.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import { serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** The next position of each chain that may still grow, with when it was opened (milliseconds since 1970). */
export type Positions = Readonly<Record<string, { readonly next: number; readonly opened: number }>>

export interface Progress {
  /** Chains that were opened before it (milliseconds since 1970) and are not in `positions` were sent, or are not to be. */
  readonly floor: number
  readonly positions: Positions
  /** The process that sends, and until when it has claimed that (milliseconds since 1970). */
  readonly holder: string
  readonly until: number
  /** Epoch seconds of the last acknowledged batch. */
  readonly deliveredAt?: number | undefined
  /** Since when deliveries fail, and why; epoch seconds. */
  readonly failingSince?: number | undefined
  readonly error?: string | undefined
}

/** Id of the `setting` record with the progress of a destination. */
export const recordIdOf = (destination: string): string => `audit-forward/${destination}`

/** Another process has claimed the destination. */
class Lost extends Error {}

/** Milliseconds for which a claim holds unless it is renewed. */
export const leaseMs = 30_000

export interface ProgressOptions {
  readonly store: Pick<Store, 'get' | 'create' | 'update'>
  readonly destination: string
  /** Of this process. */
  readonly holder: string
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Where a destination begins that was never sent anything. */
  readonly begin: () => Promise<Pick<Progress, 'floor' | 'positions'>>
}

export class ProgressRecord {
  readonly #options: ProgressOptions
  readonly #id: string

  constructor(options: ProgressOptions) {
    this.#options = options
    this.#id = recordIdOf(options.destination)
  }

  /** Claims the destination, or renews the claim. Undefined while another process has it. */
  async claim(): Promise<Progress | undefined> {
    const { holder, clock } = this.#options
    const claimed = (old: Progress): Progress => {
      if (old.holder !== holder && old.until > clock() && old.until <= clock() + 2 * leaseMs) throw new Lost()
      return { ...old, holder, until: clock() + leaseMs }
    }
    return this.#changeOrLost(claimed)
  }

  /** Keeps what is acknowledged. Undefined when another process has claimed the destination meanwhile. */
  keep(change: (old: Progress) => Progress): Promise<Progress | undefined> {
    const { holder, clock } = this.#options
    return this.#changeOrLost((old) => {
      if (old.holder !== holder) throw new Lost()
      return { ...change(old), until: clock() + leaseMs }
    })
  }

  /** Lets another process go on at once. */
  async release(): Promise<void> {
    await this.#changeOrLost((old) => {
      if (old.holder !== this.#options.holder) throw new Lost()
      return { ...old, until: 0 }
    })
  }

  async #changeOrLost(change: (old: Progress) => Progress): Promise<Progress | undefined> {
    try {
      return await this.#change(change)
    } catch (error) {
      if (error instanceof Lost) return undefined
      throw error
    }
  }

  async #change(change: (old: Progress) => Progress): Promise<Progress> {
    const { store, begin } = this.#options
    let next: Progress | undefined
    const update = () =>
      store.update('setting', this.#id, (old) => {
        next = change(parseProgress(old.value))
        return { ...old, value: JSON.stringify(next) }
      })
    try {
      await update()
    } catch (error) {
      if (!isProblem(error, 'not_found')) throw error
      const value = JSON.stringify({ ...(await begin()), holder: '', until: 0 } satisfies Progress)
      await createIfAbsent(store.create('setting', { id: this.#id, accountId: serverAccount, value }))
      await update()
    }
    if (next === undefined) throw new TypeError('the change was not made')
    return next
  }
}

/** @param value of that record, as this file wrote it */
export const parseProgress = (value: string): Progress => JSON.parse(value) as Progress
