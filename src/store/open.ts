// The store that the settings name, with the keys that are kept in it.
import { dirname } from 'node:path'
import { Problem } from '../problem.ts'
import { KeyRing, type KeyRingOptions } from '../secure/key-ring.ts'
import { type MasterKey, openMasterKey } from '../secure/master-key.ts'
import { refuseSharedDirectory } from '../secure/private-files.ts'
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

/**
 * The store that is there. Every command but `start` and `restore` opens it so.
 * @throws Problem('not_found') that says what to do when there is none; nothing is made
 */
export async function openExistingStore(place: StorePlace, say?: Say): Promise<Store> {
  const { store, keysDir } = place
  checkStoreExists(place)
  return openEngine(place, say, ({ storeExists }) => {
    if (!storeExists && store.engine === 'mongodb') throw noStore('the database of CHANCERY_STORE')
    return openMasterKey(keysDir, { storeExists: true })
  })
}

/** @throws Problem('unavailable') when others may write where the master key, the store or `more` is kept */
export function refuseSharedDirectories({ store, keysDir }: StorePlace, ...more: readonly string[]): void {
  const ofStore = store.engine === 'sqlite' ? [dirname(store.path)] : []
  for (const dir of new Set([keysDir, ...ofStore, ...more])) refuseSharedDirectory(dir)
}

/** The store, made with its master key when there is none yet. Only the start of a server calls it. */
export const openOrMakeStore = (place: StorePlace, say?: Say): Promise<Store> =>
  openEngine(place, say, (found) => openMasterKey(place.keysDir, found))

/**
 * Of a file; a database is asked when it is opened.
 * @throws Problem('not_found') that says what to do when there is none, and as `isStoreAt`
 */
export function checkStoreExists({ store }: StorePlace): void {
  if (store.engine === 'sqlite' && !isStoreAt(store.path)) throw noStore(`\`${store.path}\``)
}

const noStore = (where: string): Problem =>
  new Problem(
    'not_found',
    `there is no store at ${where}: run this where the server runs, or set CHANCERY_DATA, CHANCERY_STORE and CHANCERY_KEYS as the server has them; \`chancery start\` makes a new one`,
  )

type KeyFor = (found: { readonly storeExists: boolean }) => MasterKey

async function openEngine({ store }: StorePlace, say: Say, masterKey: KeyFor): Promise<Store> {
  if (store.engine === 'sqlite')
    return openSqlite(store.path, {
      masterKey: masterKey({ storeExists: isStoreAt(store.path) }),
      ...(say && { say }),
    })
  // Loaded only where it is used: mongoose costs memory and time.
  const { openMongo } = await import('./mongo/mongo.ts')
  return openMongo(store.url.reveal(), { masterKey })
}

/** Starts the key ring that is kept in the store. */
export async function withKeys(
  engine: Store,
  options: Omit<KeyRingOptions, 'store' | 'tokenAlgorithms'>,
): Promise<Opened> {
  const store = cached(engine)
  const keyRing = new KeyRing({
    ...options,
    store: keyStore(store),
    tokenAlgorithms: ['ES256', 'RS256', 'EdDSA', 'Ed25519'],
  })
  await keyRing.start()
  return { store, keyRing }
}
