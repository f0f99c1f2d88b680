// Read-through cache, invalidated by `store.watch()`: at once in the process that made a change, within a second in others.
// Concurrent misses of one key share one load.
import { LRUCache } from 'lru-cache'
import type { Kind } from '../../store/records.ts'
import type { RevisionListener, Store } from '../../store/store.ts'
import { atMost } from './at-most.ts'

/** The most entries. The least recently used are evicted first, so that a scan of a large account keeps entries in frequent use. */
const most = 20_000

export class ReadThroughCache<T> {
  readonly #held = new LRUCache<string, Promise<T>>(atMost(most))
  readonly #stop: () => void

  /**
   * @param kinds a change of a record of these kinds clears the cache
   * @param byId a change of a record of these kinds removes the key `<kind>:<id>`; clears the cache when the id is not known
   */
  constructor(store: Pick<Store, 'watch'>, kinds: readonly Kind[], byId: readonly Kind[] = []) {
    const listener: RevisionListener = (changed, changes) => {
      if (kinds.some((kind) => changed.has(kind))) this.#held.clear()
      else if (!byId.some((kind) => changed.has(kind))) return
      else if (changes === undefined) this.#held.clear()
      else for (const { kind, id } of changes) this.#held.delete(`${kind}:${id}`)
    }
    this.#stop = store.watch(listener)
  }

  /** The cached value, or the result of `load`. A result that a change has outdated is returned but not kept. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    const held = this.#held.get(key)
    if (held) return held
    const loading = load()
    // A change during the load removes the entry, so that later calls load again.
    this.#held.set(key, loading)
    loading.catch(() => {
      if (this.#held.peek(key) === loading) this.#held.delete(key)
    })
    return loading
  }

  close(): void {
    this.#stop()
  }
}
