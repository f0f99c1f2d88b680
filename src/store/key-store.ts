// Stores the key ring's keys as `key` records of the whole server.
import type { KeyRecord, KeyStore } from '../secure/key/key-ring.ts'
import { createIfAbsent, updateIfPresent } from './conditional-writes.ts'
import { type Key, serverAccount } from './records.ts'
import type { Store } from './store.ts'

const uses: readonly Key['use'][] = ['token', 'session-secret', 'ticket', 'cookie', 'audit', 'outbound']

/** Fits a KeyRing to a store. */
export function keyStore(store: Store): KeyStore {
  const listUse = (use: Key['use']): Promise<Key[]> =>
    Array.fromAsync(store.each('key', { by: 'use', value: use }))
  return {
    list: async () => (await Promise.all(uses.map(listUse))).flat(),
    create: (record) => createIfAbsent(store.create('key', { ...record, accountId: serverAccount })),
    update: async (kid, change) => {
      const changed = (old: Key): Key => {
        const next: KeyRecord = change(old)
        return next === old ? old : { ...next, accountId: old.accountId }
      }
      await updateIfPresent(store.update('key', kid, changed))
    },
    watch: (listener) => store.watch((kinds) => kinds.has('key') && listener()),
  }
}
