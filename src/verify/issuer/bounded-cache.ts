// A bounded cache: evicts the least recently used entry, and entries expire.

interface Entry<V> {
  readonly value: V
  readonly until: number
}

export class BoundedCache<V> {
  readonly #entries = new Map<string, Entry<V>>()
  readonly #limit: number

  /** `limit`: maximum number of entries. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string, now: number): V | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    if (entry.until <= now) return undefined
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Stores a value until `until` (exclusive), in the unit of the `now` passed to get. */
  set(key: string, value: V, until: number): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, until })
    if (this.#entries.size <= this.#limit) return
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined) this.#entries.delete(oldest)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
