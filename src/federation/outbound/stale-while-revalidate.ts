// Cache of one value that another server publishes, such as its keys or discovery document: at most one fetch at a time, and
// the last value is served for a while when fetching fails.

/** Seconds for which an expired value is still served while fetching fails; a withdrawn key stays valid at most this much longer. */
const staleLimit = 3600
/** Seconds between two fetches. */
const retryAfter = 15

export interface Refreshed<T> {
  readonly value: T
  /** Seconds for which the value is fresh. */
  readonly age: number
}

export class StaleWhileRevalidate<T> {
  readonly #now: () => number
  readonly #fetch: () => Promise<Refreshed<T>>
  #kept: T | undefined
  #freshUntil = 0
  #nextTry = 0
  #fetching: Promise<void> | undefined
  #failure: unknown

  /** @param now epoch seconds */
  constructor(now: () => number, fetch: () => Promise<Refreshed<T>>) {
    this.#now = now
    this.#fetch = fetch
  }

  get isFetching(): boolean {
    return this.#fetching !== undefined
  }

  /** The value, fetched when necessary. @throws the last fetch's error, when there is no value to serve */
  async value(): Promise<T> {
    if (this.#now() >= this.#freshUntil) {
      const refreshed = this.refresh()
      // After a failure the fetch runs in the background, so that a hanging server does not delay callers.
      if (this.#failure === undefined || this.#served() === undefined) await refreshed
    }
    const served = this.#served()
    if (served === undefined) throw this.#failure
    return served
  }

  /** Fetches again, unless the last fetch was less than 15 seconds ago. Never throws. */
  refresh(): Promise<void> {
    if (this.#fetching) return this.#fetching
    if (this.#now() < this.#nextTry) return Promise.resolve()
    this.#nextTry = this.#now() + retryAfter
    this.#fetching = this.#fetch()
      .then(({ value, age }) => {
        this.#kept = value
        this.#freshUntil = this.#now() + age
        this.#failure = undefined
      })
      .catch((error: unknown) => {
        this.#failure = error
      })
      .finally(() => {
        this.#fetching = undefined
      })
    return this.#fetching
  }

  #served(): T | undefined {
    return this.#now() < this.#freshUntil + staleLimit ? this.#kept : undefined
  }
}
