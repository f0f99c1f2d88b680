// `chancery audit verify`: verifies every chain of the trail, whether or not a server is running. Configuration and output
// are handled by src/cli/.
import { openExistingStore, type StorePlace, withKeys } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { verifyTrail } from './verify.ts'

/** @param progress called with the number of entries read so far; each is read once or twice */
export async function verifyAudit(
  place: StorePlace,
  progress: (done: number) => void = () => {},
): Promise<{ readonly lines: readonly string[]; readonly intact: boolean }> {
  const clock = () => Math.floor(Date.now() / 1000)
  const existing = await openExistingStore(place)
  const { store, keyRing } = await withKeys(existing.store, { clock, onError: () => {} })
  try {
    let read = 0
    const counting: Pick<Store, 'find'> = {
      async find(kind, lookup, page) {
        const found = await store.find(kind, lookup, page)
        read += found.records.length
        progress(read)
        return found
      },
    }
    const { chains, entries, breaks, begins } = await verifyTrail({
      store: counting,
      findKey: (kid) => keyRing.find(kid),
    })
    const lines = breaks.map(({ chain, seq, what }) => `chain ${chain}, entry ${seq}: ${what}`)
    return {
      lines: [
        ...lines,
        ...(begins === undefined
          ? []
          : [`the trail begins at ${new Date(begins).toISOString()}: retention removed earlier entries`]),
        `${entries} ${entries === 1 ? 'entry' : 'entries'} in ${chains} ${chains === 1 ? 'chain' : 'chains'}, ${breaks.length} broken`,
      ],
      intact: breaks.length === 0,
    }
  } finally {
    keyRing.stop()
    await store.close()
  }
}
