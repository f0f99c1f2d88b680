// `chancery audit verify`: every chain of the trail, read beside a running server or without one. Settings and the screen
// come from cli.ts.
import { openExistingStore, type StorePlace, withKeys } from '../store/open.ts'
import { verifyTrail } from './verify.ts'

export async function verifyAudit(
  place: StorePlace,
): Promise<{ readonly lines: readonly string[]; readonly intact: boolean }> {
  const clock = () => Math.floor(Date.now() / 1000)
  const { store, keyRing } = await withKeys(await openExistingStore(place), { clock, onError: () => {} })
  try {
    const { chains, entries, breaks } = await verifyTrail({ store, findKey: (kid) => keyRing.find(kid) })
    const lines = breaks.map(({ chain, seq, what }) => `chain ${chain}, entry ${seq}: ${what}`)
    return {
      lines: [...lines, `${entries} entries in ${chains} chains, ${breaks.length} broken`],
      intact: breaks.length === 0,
    }
  } finally {
    keyRing.stop()
    await store.close()
  }
}
