// Read-through cache, invalidated by `store.watch()`: at once in the process that made a change, within a second in others.
// Concurrent misses of one key share one load.
import { LRUCache } from 'lru-cache'
import type { Kind } from '../../store/records.ts'
import type { RevisionListener, Store } from '../../store/store.ts'

/** The most entries. The least recently used are evicted first, so that a scan of a large account keeps entries in frequent use. */
const most = 20_000

export class ReadThroughCache<T> {
  #held: LRUCache<string, Promise<T>> | undefined
  readonly #stop: () => void

  /**
   * @param kinds a change of a record of these kinds clears the cache
   * @param byId a change of a record of these kinds removes the key `<kind>:<id>`; clears the cache when the id is not known
   */
  constructor(store: Pick<Store, 'watch'>, kinds: readonly Kind[], byId: readonly Kind[] = []) {
    const listener: RevisionListener = (changed, changes) => {
      if (kinds.some((kind) => changed.has(kind))) this.#held?.clear()
      else if (!byId.some((kind) => changed.has(kind))) return
      else if (changes === undefined) this.#held?.clear()
      else for (const { kind, id } of changes) this.#held?.delete(`${kind}:${id}`)
    }
    this.#stop = store.watch(listener)
  }

  /** The cached value, or the result of `load`. A result that a change has outdated is returned but not kept. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    const cache = this.#cache
    const held = cache.get(key)
    if (held) return held
    const loading = load()
    // A change during the load removes the entry, so that later calls load again.
    cache.set(key, loading)
    loading.catch(() => {
      if (cache.peek(key) === loading) cache.delete(key)
    })
    return loading
  }

  /** Made by the first use: lru-cache allocates all of its entries, 0.4 MB, and an idle server uses none of a dozen caches. */
  get #cache(): LRUCache<string, Promise<T>> {
    this.#held ??= new LRUCache({ max: most })
    return this.#held
  }

  close(): void {
    this.#stop()
  }
}
