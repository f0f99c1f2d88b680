// Measures every operation of a store; the engine's own time, when it is placed below the cache.
import { isProblem, Problem } from '../problem.ts'
import type { Store } from './store.ts'

/** @param unavailable whether the store did not answer; a conflict or a missing record is an answer */
export type ObserveOperation = (operation: string, seconds: number, unavailable: boolean) => void

/** A store that reports how long each of its operations took. */
export function measured(store: Store, observe: ObserveOperation): Store {
  const timed = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    let failed = false
    try {
      return await work()
    } catch (error) {
      failed = !(error instanceof Problem) || isProblem(error, 'unavailable')
      throw error
    } finally {
      observe(operation, (performance.now() - began) / 1000, failed)
    }
  }
  return {
    create: (kind, record) => timed('create', () => store.create(kind, record)),
    get: (kind, id) => timed('get', () => store.get(kind, id)),
    getBy: (kind, unique, value) => timed('getBy', () => store.getBy(kind, unique, value)),
    find: (kind, lookup, page) => timed('find', () => store.find(kind, lookup, page)),
    count: (kind, lookup) => timed('count', () => store.count(kind, lookup)),
    each: (kind, lookup, options) => store.each(kind, lookup, options),
    // An error of the change function is the caller's, not the store's; it is a Problem in all of ours.
    update: (kind, id, change) => timed('update', () => store.update(kind, id, change)),
    delete: (kind, id) => timed('delete', () => store.delete(kind, id)),
    take: (kind, id) => timed('take', () => store.take(kind, id)),
    sweep: (now, limit) => timed('sweep', () => store.sweep(now, limit)),
    watch: (listener) => store.watch(listener),
    ping: () => timed('ping', () => store.ping()),
    close: () => store.close(),
  }
}
