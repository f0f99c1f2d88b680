// The database: recognized or created, upgraded to this version's indexes, and its master key checked.
import { Problem } from '../../problem.ts'
import type { Kind } from '../records.ts'
import { type Sealer, textToRecord } from '../sealing.ts'
import {
  allKinds,
  type Index,
  indexesOf,
  plainIndex,
  type Stored,
  storeCollection,
  storedOf,
  watchedKinds,
} from './layout.ts'

/** Of the collections. A change to kinds.ts that changes fields raises it and adds a line to `refilledIn`. */
const schemaVersion = 2
/** The kinds that got fields with a version: they are derived anew from the records of an earlier one. */
const refilledIn: ReadonlyMap<number, readonly Kind[]> = new Map([
  [2, ['policy', 'mfaDevice', 'identityProvider']],
])
/** Sealed when the store is made; opens only under the same master key. */
const sealedWord = 'this is the master key of this store'
const wordAad = 'store/file/master-key'

export interface About {
  readonly version: number
  /** Sealed. */
  readonly word: string
  /** The restore that is making it (backup.ts). */
  readonly restoring?: string | undefined
}

export interface Database {
  collections(): Promise<readonly string[]>
  about(): Promise<About | undefined>
  /** Of processes that claim an empty database at the same moment, one does. */
  claim(about: About): Promise<void>
  /** Of processes that take over a restore that was cut off, one does. */
  takeOver(from: string, about: About): Promise<void>
  /** Writes every document of the kind anew as `derive` has it, unless it changes at that moment. */
  refill(kind: Kind, derive: (stored: Stored) => Stored): Promise<void>
  /** From now on earlier programs refuse the store. */
  upgraded(version: number): Promise<void>
  makeIndex(kind: Kind, index: Index): Promise<'made' | 'not_implemented'>
  makeRevision(kind: Kind): Promise<void>
}

/** @throws Problem('unavailable') that says what to do when the database is not ours, newer, or sealed under another key. */
export async function openPlace(
  database: Database,
  name: string,
  masterKey: (found: { readonly storeExists: boolean }) => Sealer,
): Promise<Sealer> {
  // First the names: whatever stands beside the claim was made after it.
  const collections = await database.collections()
  const found = await database.about()
  if (!found) refuseOthers(collections, name)
  else checkVersion(found, name)
  const sealer = masterKey({ storeExists: found !== undefined })
  if (!found) await database.claim(aboutUnder(sealer))
  const about = found ?? (await database.about())
  if (!about)
    throw new Problem('unavailable', `the store \`${name}\` went away while it was made: start again`)
  checkVersion(about, name)
  checkMasterKey(about, name, sealer)
  await upgrade(database, about.version, sealer)
  await makeLayout(database)
  return sealer
}

/** May run in several processes at once, and again after one that was cut off. */
async function upgrade(database: Database, from: number, sealer: Sealer): Promise<void> {
  if (from === schemaVersion) return
  const kinds = [...refilledIn].flatMap(([version, added]) => (version > from ? added : []))
  for (const kind of new Set(kinds))
    await database.refill(kind, ({ body, version }) =>
      storedOf(kind, textToRecord(kind, body, sealer), version, body),
    )
  await database.upgraded(schemaVersion)
}

export async function makeLayout(database: Database): Promise<void> {
  for (const kind of allKinds) for (const index of indexesOf(kind)) await makeIndex(database, kind, index)
  for (const kind of watchedKinds) await database.makeRevision(kind)
}

/** For a backup. @throws Problem that says what to do when there is no store, or `openPlace` would refuse it. */
export async function knownPlace(database: Database, name: string, masterKey: Sealer): Promise<void> {
  const found = await database.about()
  if (!found)
    throw new Problem(
      'not_found',
      `there is no store in the database \`${name}\`: set CHANCERY_STORE as the server has it`,
    )
  checkVersion(found, name)
  checkMasterKey(found, name, masterKey)
}

/** For a restore: the store is ours, and nobody opens it. @throws Problem('conflict') when there is a store. */
export async function markPlace(
  database: Database,
  name: string,
  masterKey: Sealer,
  restoring: string,
): Promise<void> {
  const collections = await database.collections()
  const found = await database.about()
  const about = { ...aboutUnder(masterKey), restoring }
  if (!found) {
    refuseOthers(collections, name)
    await database.claim(about)
  } else if (found.restoring !== undefined) await database.takeOver(found.restoring, about)
  if ((await database.about())?.restoring === restoring) return
  throw new Problem(
    'conflict',
    `a restore makes a new store, and the database \`${name}\` holds one: set CHANCERY_STORE to an empty database`,
  )
}

const aboutUnder = (sealer: Sealer): About => ({
  version: schemaVersion,
  word: sealer.seal(sealedWord, wordAad),
})

function refuseOthers(collections: readonly string[], name: string): void {
  if (collections.every((collection) => collection === storeCollection)) return
  throw new Problem(
    'unavailable',
    `the database \`${name}\` is another program's: set CHANCERY_STORE to a database of its own`,
  )
}

async function makeIndex(database: Database, kind: Kind, index: Index): Promise<void> {
  if ((await database.makeIndex(kind, index)) === 'not_implemented')
    await database.makeIndex(kind, plainIndex(index))
}

function checkVersion({ version, restoring }: About, name: string): void {
  if (restoring !== undefined)
    throw new Problem(
      'unavailable',
      `the store \`${name}\` is half restored: wait for \`chancery restore\` to end, or run it again`,
    )
  if (version >= 1 && version <= schemaVersion) return
  throw new Problem(
    'unavailable',
    `the store \`${name}\` is of version ${version} and this program knows version ${schemaVersion}: start the newer program, or restore a backup made by this one`,
  )
}

function checkMasterKey({ word }: About, name: string, sealer: Sealer): void {
  try {
    if (sealer.open(word, wordAad) === sealedWord) return
  } catch (cause) {
    throw new Problem(
      'unavailable',
      `the store \`${name}\` was sealed under another master key: set CHANCERY_KEYS to the directory that holds its key`,
      { cause },
    )
  }
}
