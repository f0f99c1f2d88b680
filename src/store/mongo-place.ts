// The database: recognised as ours or made, brought to this version's indexes, and its master key checked.
import { Problem } from '../problem.ts'
import { allKinds, type Index, indexesOf, plainIndex, storeCollection, watchedKinds } from './mongo-layout.ts'
import type { Kind } from './records.ts'
import type { Sealer } from './sealing.ts'

/** Of the collections. A change to records.ts that changes fields raises it and adds a step here. */
const schemaVersion = 1
/** Sealed when the store is made; opens only under the same master key. */
const sealedWord = 'this is the master key of this store'
const wordAad = 'store/file/master-key'

export interface About {
  readonly version: number
  /** Sealed. */
  readonly word: string
}

export interface Database {
  collections(): Promise<readonly string[]>
  about(): Promise<About | undefined>
  /** Of processes that claim an empty database at the same moment, one does. */
  claim(version: number, word: string): Promise<void>
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
  if (!found && collections.some((collection) => collection !== storeCollection))
    throw new Problem(
      'unavailable',
      `the database \`${name}\` is another program's: set CHANCERY_STORE to a database of its own`,
    )
  if (found) checkVersion(found, name)
  const sealer = masterKey({ storeExists: found !== undefined })
  if (!found) await database.claim(schemaVersion, sealer.seal(sealedWord, wordAad))
  const about = found ?? (await database.about())
  if (!about)
    throw new Problem('unavailable', `the store \`${name}\` went away while it was made: start again`)
  checkVersion(about, name)
  checkMasterKey(about, name, sealer)
  for (const kind of allKinds) for (const index of indexesOf(kind)) await makeIndex(database, kind, index)
  for (const kind of watchedKinds) await database.makeRevision(kind)
  return sealer
}

async function makeIndex(database: Database, kind: Kind, index: Index): Promise<void> {
  if ((await database.makeIndex(kind, index)) === 'not_implemented')
    await database.makeIndex(kind, plainIndex(index))
}

function checkVersion({ version }: About, name: string): void {
  if (version === schemaVersion) return
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
