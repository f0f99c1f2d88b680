// How many messages wait, of all processes, for metrics: read now and then, so that no scrape reads the store.
import type { EpochSeconds } from '../store/records.ts'
import type { Store } from '../store/store.ts'

export interface Waiting {
  readonly messages: number
  /** When the oldest was added; undefined when there is none. */
  readonly oldest: EpochSeconds | undefined
}

/** Milliseconds for which the figures are kept. */
const figuresFor = 5000

export class WaitingFigures {
  readonly #store: Pick<Store, 'count' | 'find'>
  #waiting: Waiting = { messages: 0, oldest: undefined }
  #readAt = Number.NEGATIVE_INFINITY

  constructor(store: Pick<Store, 'count' | 'find'>) {
    this.#store = store
  }

  /** As they were a few seconds ago. */
  get latest(): Waiting {
    return this.#waiting
  }

  /** Reads them again when they are old enough. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#readAt < figuresFor) return
    this.#readAt = performance.now()
    const lookup = { by: 'queue', value: 'message' } as const
    const messages = await this.#store.count('mail', lookup)
    const [oldest] = (await this.#store.find('mail', lookup, { limit: 1 })).records
    this.#waiting = { messages, oldest: oldest?.createdAt }
  }
}
