// Reading many records without keeping the process from its other work: `Store.each`, the same for every engine.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kind, Records } from './records.ts'
import type { EachOptions, Lookup, RecordPage, Store } from './store.ts'

/** Records read at a time: about a millisecond of reading and parsing. */
const defaultPage = 100

/** One page of `find` per turn of the event loop. */
export async function* eachRecord<K extends Kind>(
  store: Pick<Store, 'find'>,
  kind: K,
  lookup: Lookup<K>,
  { page = defaultPage }: EachOptions = {},
): AsyncGenerator<Records[K]> {
  let after: string | undefined
  for (;;) {
    const found: RecordPage<Records[K]> = await store.find(kind, lookup, { limit: page, after })
    yield* found.records
    after = found.next
    if (after === undefined) return
    await nextTurn()
  }
}
