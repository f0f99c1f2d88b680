// A memory of what was read from the store, forgotten when the store says that it changed: here at once, in other
// processes within a second (design §5). Two who ask at the same time share one reading.
import { LRUCache } from 'lru-cache'
import type { Kind } from '../store/records.ts'
import type { RevisionListener, Store } from '../store/store.ts'

/** Entries kept. Least recently used ones go first, so that a search through a large account leaves what is used often. */
const most = 20_000

export class Fresh<T> {
  readonly #held = new LRUCache<string, Promise<T>>({ max: most })
  readonly #stop: () => void

  /** @param kinds changes of these drop everything; @param byId a change of one of these drops `<kind>:<id>` alone when it is known */
  constructor(store: Pick<Store, 'watch'>, kinds: readonly Kind[], byId: readonly Kind[] = []) {
    const listener: RevisionListener = (changed, changes) => {
      if (kinds.some((kind) => changed.has(kind))) this.#held.clear()
      else if (!byId.some((kind) => changed.has(kind))) return
      else if (changes === undefined) this.#held.clear()
      else for (const { kind, id } of changes) this.#held.delete(`${kind}:${id}`)
    }
    this.#stop = store.watch(listener)
  }

  /** What `load` gave last, or gives now. A reading that a change overtook answers who asked, and is not kept. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    const held = this.#held.get(key)
    if (held) return held
    const loading = load()
    // Dropped from the map by a change that comes while it loads: nobody who asks after that change gets it.
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
