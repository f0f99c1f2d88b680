// What an outside server publishes (its keys, its discovery document): fetched once at a time, kept while fresh, and
// served a while longer while the server fails.

/** Seconds past its age that it still serves while the server fails. What was withdrawn lives at most this much longer. */
const staleLimit = 3600
/** Between two fetches, whoever asks for them. */
const retryAfter = 15

export interface Latest<T> {
  readonly value: T
  /** Seconds for which it is fresh. */
  readonly age: number
}

export class KeptFetch<T> {
  readonly #now: () => number
  readonly #fetch: () => Promise<Latest<T>>
  #kept: T | undefined
  #freshUntil = 0
  #nextTry = 0
  #fetching: Promise<void> | undefined
  #failure: unknown

  /** @param now epoch seconds */
  constructor(now: () => number, fetch: () => Promise<Latest<T>>) {
    this.#now = now
    this.#fetch = fetch
  }

  get isFetching(): boolean {
    return this.#fetching !== undefined
  }

  /** @throws what the last fetch threw, when there is nothing else to go by */
  async value(): Promise<T> {
    if (this.#now() >= this.#freshUntil) {
      const refreshed = this.refresh()
      // Who failed last time is tried again behind the callers' backs: one that hangs holds nobody up.
      if (this.#failure === undefined || this.#served() === undefined) await refreshed
    }
    const served = this.#served()
    if (served === undefined) throw this.#failure
    return served
  }

  /** Looks again, if the last look is not too short a while ago. Never throws. */
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
