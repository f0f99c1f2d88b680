// In-process cache of records of the watched kinds (roles, policies, keys, providers …) in front of any engine. Changes by this
// process are visible at once, those of other processes within a second, when the engine's `watch` reports them. A hit is one
// Map lookup that returns an already resolved promise.
import { kinds, ruleOf } from './kinds.ts'
import type { EpochSeconds, Kind, Records } from './records.ts'
import type { EachOptions, Lookup, Page, RecordPage, RevisionListener, Store } from './store.ts'

export interface CachedOptions {
  /** Approximate number of records cached per kind. Default 5000. */
  readonly limit?: number
  /** Seconds since the epoch. */
  readonly clock?: () => EpochSeconds
  /** Milliseconds for which a missing record is cached as missing. Default 1000. */
  readonly missFor?: number
  /** Called for each read of a cached kind, for metrics. */
  readonly onRead?: (hit: boolean) => void
}

/** A store with a read cache. All callers get the same record objects and must not modify them. */
export function cached(store: Store, options: CachedOptions = {}): Store {
  const { limit = 5000, clock = () => Math.floor(Date.now() / 1000), missFor = 1000 } = options
  const memories = new Map<Kind, Memory>()
  for (const kind of Object.keys(kinds) as Kind[])
    if (ruleOf(kind).watched) memories.set(kind, new Memory(limit, clock, missFor))
  return new CachedStore(store, memories, options.onRead)
}

type AnyRecord = Records[Kind]

type Answer = Promise<AnyRecord | undefined>

interface Remembered {
  readonly id: string
  readonly answer: Answer
  /** Seconds; when the record expires. */
  readonly until: EpochSeconds
}

/** Records by the keys under which they were read, and the keys of each record. */
class Generation {
  readonly records = new Map<string, Remembered>()
  readonly #keys = new Map<string, string[]>()

  put(key: string, found: Remembered): void {
    const keys = this.#keys.get(found.id)
    if (!keys) this.#keys.set(found.id, [key])
    else if (!keys.includes(key)) keys.push(key)
    this.records.set(key, found)
  }

  forget(id: string): void {
    for (const key of this.#keys.get(id) ?? []) this.records.delete(key)
    this.#keys.delete(id)
  }
}

/**
 * The cache of one kind, in two generations instead of a list in order of use: used records are in the young generation; when it
 * is full it becomes the old one, and the previous old one is dropped. This bounds the size, approximates least-recently-used,
 * and makes a hit free of writes.
 */
class Memory {
  readonly #half: number
  readonly #clock: () => EpochSeconds
  readonly #missFor: number
  #young = new Generation()
  #old = new Generation()
  /** Keys cached as missing, until when (milliseconds of `performance.now()`). */
  readonly #misses = new Map<string, number>()
  /** Incremented by every change, so that a record read before a change is not cached after it. */
  #epoch = 0

  constructor(limit: number, clock: () => EpochSeconds, missFor: number) {
    this.#half = Math.max(1, limit / 2)
    this.#clock = clock
    this.#missFor = missFor
  }

  get epoch(): number {
    return this.#epoch
  }

  find(key: string): Answer | undefined {
    const young = this.#young.records.get(key)
    const found = young ?? this.#old.records.get(key)
    if (found === undefined) return (this.#misses.get(key) ?? 0) > performance.now() ? nothing : undefined
    if (found.until !== Number.POSITIVE_INFINITY && found.until <= this.#clock()) return undefined
    if (young === undefined) this.#put(key, found)
    return found.answer
  }

  /** Caches a record read at `epoch`, unless something has changed since. */
  keep(key: string, kind: Kind, answer: Answer, record: AnyRecord | undefined, epoch: number): void {
    if (epoch !== this.#epoch) return
    if (record) {
      const until = expiryOf(kind, record) ?? Number.POSITIVE_INFINITY
      this.#put(key, { id: record.id, answer, until })
    } else {
      if (this.#misses.size >= this.#half) this.#misses.clear()
      this.#misses.set(key, performance.now() + this.#missFor)
    }
  }

  /** Evicts this record under every key, and all missing keys, because it may be one of those. */
  forget(id: string): void {
    this.#epoch++
    this.#misses.clear()
    this.#young.forget(id)
    this.#old.forget(id)
  }

  forgetAll(): void {
    this.#epoch++
    this.#misses.clear()
    this.#young = new Generation()
    this.#old = new Generation()
  }

  #put(key: string, found: Remembered): void {
    if (this.#young.records.size >= this.#half) {
      this.#old = this.#young
      this.#young = new Generation()
    }
    this.#young.put(key, found)
  }
}

const nothing: Answer = Promise.resolve(undefined)

const expiryOf = <K extends Kind>(kind: K, record: Records[K]): EpochSeconds | undefined =>
  ruleOf(kind).expires?.(record)

class CachedStore implements Store {
  readonly #store: Store
  readonly #memories: ReadonlyMap<Kind, Memory>
  readonly #unwatch: () => void
  readonly #onRead: CachedOptions['onRead']

  constructor(store: Store, memories: ReadonlyMap<Kind, Memory>, onRead: CachedOptions['onRead']) {
    this.#onRead = onRead
    this.#store = store
    this.#memories = memories
    // Registered first, so that later listeners no longer read stale records.
    this.#unwatch = store.watch((changed, changes) => {
      if (changes) for (const { kind, id } of changes) memories.get(kind)?.forget(id)
      else for (const kind of changed) memories.get(kind)?.forgetAll()
    })
  }

  get<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined> {
    return this.#through(kind, `id ${id}`, () => this.#store.get(kind, id))
  }

  getBy<K extends Kind>(kind: K, unique: string, value: string): Promise<Records[K] | undefined> {
    return this.#through(kind, `by ${unique} ${value}`, () => this.#store.getBy(kind, unique, value))
  }

  find<K extends Kind>(kind: K, lookup: Lookup<K>, page: Page): Promise<RecordPage<Records[K]>> {
    return this.#store.find(kind, lookup, page)
  }

  count<K extends Kind>(kind: K, lookup: Pick<Lookup<K>, 'by' | 'value'>): Promise<number> {
    return this.#store.count(kind, lookup)
  }

  each<K extends Kind>(kind: K, lookup: Lookup<K>, options?: EachOptions): AsyncIterable<Records[K]> {
    return this.#store.each(kind, lookup, options)
  }

  create<K extends Kind>(kind: K, record: Records[K]): Promise<void> {
    const created = this.#store.create(kind, record)
    const memory = this.#memories.get(kind)
    return memory ? created.then(() => memory.forget(record.id)) : created
  }

  async update<K extends Kind>(
    kind: K,
    id: string,
    change: (old: Records[K]) => Records[K],
  ): Promise<Records[K]> {
    const changed = await this.#store.update(kind, id, change)
    this.#forget(kind, id)
    return changed
  }

  async delete(kind: Kind, id: string): Promise<boolean> {
    const was = await this.#store.delete(kind, id)
    this.#forget(kind, id)
    return was
  }

  async take<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined> {
    const taken = await this.#store.take(kind, id)
    this.#forget(kind, id)
    return taken
  }

  sweep(now: EpochSeconds, limit?: number): Promise<number> {
    return limit === undefined ? this.#store.sweep(now) : this.#store.sweep(now, limit)
  }

  watch(listener: RevisionListener): () => void {
    return this.#store.watch(listener)
  }

  ping(): Promise<void> {
    return this.#store.ping()
  }

  async close(): Promise<void> {
    this.#unwatch()
    await this.#store.close()
  }

  #through<K extends Kind>(
    kind: K,
    key: string,
    read: () => Promise<Records[K] | undefined>,
  ): Promise<Records[K] | undefined> {
    const memory = this.#memories.get(kind)
    if (!memory) return read()
    const found = memory.find(key) as Promise<Records[K] | undefined> | undefined
    this.#onRead?.(found !== undefined)
    if (found) return found
    const epoch = memory.epoch
    const answer = read()
    // A failed read is not cached; the caller gets its error from `answer`.
    answer.then(
      (record) => memory.keep(key, kind, answer, record, epoch),
      () => undefined,
    )
    return answer
  }

  #forget(kind: Kind, id: string): void {
    this.#memories.get(kind)?.forget(id)
  }
}
