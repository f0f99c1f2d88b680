// Opens the store named in the settings, with its master key and key ring.
import { dirname } from 'node:path'
import { Problem } from '../problem.ts'
import { KeyRing, type KeyRingOptions } from '../secure/key/key-ring.ts'
import { type MasterKey, openMasterKey } from '../secure/key/master-key.ts'
import { refuseSharedDirectory } from '../secure/private-files.ts'
import type { Secret } from '../secure/secret.ts'
import { cached } from './cached.ts'
import { keyStore } from './key-store.ts'
import { measured, type ObserveOperation } from './measured.ts'
import { withModificationTimes } from './modification-times.ts'
import { isStoreAt } from './sqlite/file.ts'
import { openSqlite, type SqliteOptions } from './sqlite/sqlite.ts'
import type { Store } from './store.ts'

/** The store and key directory in the settings. */
export interface StorePlace {
  readonly store:
    | { readonly engine: 'sqlite'; readonly path: string }
    | { readonly engine: 'mongodb'; readonly url: Secret }
  readonly keysDir: string
}

/** A store without its cache, and the key that seals its records. */
export interface SealedStore {
  readonly store: Store
  readonly masterKey: MasterKey
}

export interface Opened {
  readonly store: Store
  readonly keyRing: KeyRing
}

type Say = SqliteOptions['say']

/**
 * Opens an existing store. Every command except `start` and `restore` uses this.
 * @throws Problem('not_found') that says what to do when there is none; nothing is created
 */
export async function openExistingStore(place: StorePlace, say?: Say): Promise<SealedStore> {
  const { store, keysDir } = place
  checkStoreExists(place)
  return openEngine(place, say, ({ storeExists }) => {
    if (!storeExists && store.engine === 'mongodb') throw noStore('the database of CHANCERY_STORE')
    return openMasterKey(keysDir, { storeExists: true })
  })
}

/** @throws Problem('unavailable') when other users may write to the directory of the master key, the store or `more` */
export function refuseSharedDirectories({ store, keysDir }: StorePlace, ...more: readonly string[]): void {
  const ofStore = store.engine === 'sqlite' ? [dirname(store.path)] : []
  for (const dir of new Set([keysDir, ...ofStore, ...more])) refuseSharedDirectory(dir)
}

/** Opens the store, or creates it with its master key. Only the start of a server uses this. */
export const openOrMakeStore = (place: StorePlace, say?: Say): Promise<SealedStore> =>
  openEngine(place, say, (found) => {
    const key = openMasterKey(place.keysDir, found)
    if (key.versions.some((version) => version < key.version))
      say?.(
        'an earlier version of the master key is still in use: run `chancery keys rotate-master` to go on',
      )
    return key
  })

/**
 * Checks a store file before opening it; a database is checked when it is opened.
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

async function openEngine({ store }: StorePlace, say: Say, keyFor: KeyFor): Promise<SealedStore> {
  if (store.engine === 'sqlite') {
    const masterKey = keyFor({ storeExists: isStoreAt(store.path) })
    const engine = await openSqlite(store.path, { masterKey, ...(say && { say }) })
    return { store: withModificationTimes(engine), masterKey }
  }
  // Loaded only when used, because mongoose costs memory and start time.
  const { openMongo } = await import('./mongo/mongo.ts')
  const engine = await openMongo(store.url.reveal(), { masterKey: keyFor, ...(say && { say }) })
  return { store: withModificationTimes(engine.store), masterKey: engine.masterKey }
}

/** For metrics: how long the engine takes, and how often the cache answers instead. */
export interface StoreObserver {
  storeOperation(...observed: Parameters<ObserveOperation>): void
  cacheRequest(hit: boolean): void
}

/** Starts the key ring, whose keys are in the store. */
export async function withKeys(
  engine: Store,
  options: Omit<KeyRingOptions, 'store' | 'tokenAlgorithms'>,
  observer?: StoreObserver,
): Promise<Opened> {
  const store =
    observer === undefined
      ? cached(engine)
      : cached(
          measured(engine, (...observed) => observer.storeOperation(...observed)),
          { onRead: (hit) => observer.cacheRequest(hit) },
        )
  const keyRing = new KeyRing({
    ...options,
    store: keyStore(store),
    tokenAlgorithms: ['ES256', 'RS256', 'EdDSA', 'Ed25519'],
  })
  await keyRing.start()
  return { store, keyRing }
}
