// The store that the settings name, with the keys that are kept in it.
import { KeyRing, type KeyRingOptions } from '../secure/key-ring.ts'
import { openMasterKey } from '../secure/master-key.ts'
import type { Secret } from '../secure/secret.ts'
import { cached } from './cached.ts'
import { keyStore } from './key-store.ts'
import { isStoreAt } from './sqlite/file.ts'
import { openSqlite, type SqliteOptions } from './sqlite/sqlite.ts'
import type { Store } from './store.ts'

/** As the settings have it. */
export interface StorePlace {
  readonly store:
    | { readonly engine: 'sqlite'; readonly path: string }
    | { readonly engine: 'mongodb'; readonly url: Secret }
  readonly keysDir: string
}

export interface Opened {
  readonly store: Store
  readonly keyRing: KeyRing
}

type Say = SqliteOptions['say']

export async function openEngine({ store, keysDir }: StorePlace, say?: Say): Promise<Store> {
  if (store.engine === 'sqlite') {
    const masterKey = openMasterKey(keysDir, { storeExists: isStoreAt(store.path) })
    return openSqlite(store.path, { masterKey, ...(say && { say }) })
  }
  // Loaded only where it is used: mongoose costs memory and time.
  const { openMongo } = await import('./mongo/mongo.ts')
  return openMongo(store.url.reveal(), { masterKey: (found) => openMasterKey(keysDir, found) })
}

export async function openWithKeys(
  place: StorePlace,
  options: Omit<KeyRingOptions, 'store' | 'tokenAlgorithms'>,
  say?: Say,
): Promise<Opened> {
  const store = cached(await openEngine(place, say))
  const keyRing = new KeyRing({ ...options, store: keyStore(store), tokenAlgorithms: ['ES256', 'RS256'] })
  await keyRing.start()
  return { store, keyRing }
}
