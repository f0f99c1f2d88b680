// Work that each process does again and again, such as searching a queue of the store for what is due (durable-queue.ts).

export interface PeriodicWorkOptions {
  readonly work: () => Promise<unknown>
  /** Milliseconds between the end of one run and the start of the next. */
  readonly interval: () => number
  /** Called with what a run throws; the next run takes place all the same. */
  readonly onError: (error: unknown) => void
}

/** Runs `work` one run after the other, until it is stopped. */
export class PeriodicWork {
  readonly #options: PeriodicWorkOptions
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: PeriodicWorkOptions) {
    this.#options = options
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** Runs now, and again an interval after each run has ended. Does not keep the process from ending. */
  start(): void {
    const { work, interval, onError } = this.#options
    work()
      .catch(onError)
      .finally(() => {
        if (!this.#stopped) this.#timer = setTimeout(() => this.start(), interval()).unref()
      })
  }

  /** Starts no further run. A run that has begun is not ended. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
