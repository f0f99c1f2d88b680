// Prepares the database: recognizes or creates the store, checks its master key, and upgrades its fields and indexes.
import { Problem } from '../../problem.ts'
import type { Kind } from '../records.ts'
import { type Sealer, textToRecord } from '../sealing.ts'
import { type UpgradeProgress, upgradeProgress } from '../upgrade-progress.ts'
import { allKinds, type Stored, storeCollection, storedOf, watchedKinds } from './layout.ts'

/** Version of the collections. With each change to kinds.ts that changes fields, raise it and add a line to `refilledIn`. */
export const schemaVersion = 6
/** Kinds that got new fields with a version. An upgrade derives their fields again from the records. */
export const refilledIn: ReadonlyMap<number, readonly Kind[]> = new Map([
  [2, ['policy', 'mfaDevice', 'identityProvider']],
  [3, ['user', 'group', 'auditEntry']],
  [4, ['trustedBrowser']],
  [5, ['accessRequest']],
  [6, ['mailServer']],
])
/** Encrypted when the store is created, so that the master key can be checked. */
const sealedText = 'this is the master key of this store'
const sealedTextAad = 'store/file/master-key'

export interface About {
  readonly version: number
  /** Sealed. */
  readonly word: string
  /** Id of the restore that is writing the store (backup.ts); undefined when it is complete. */
  readonly restoring?: string | undefined
}

export interface Database {
  collections(): Promise<readonly string[]>
  about(): Promise<About | undefined>
  /** Creates the store in an empty database. Of several concurrent processes one succeeds. */
  claim(about: About): Promise<void>
  /** Takes over an interrupted restore. Of several concurrent processes one succeeds. */
  takeOver(from: string, about: About): Promise<void>
  /** Replaces every document of the kind by `derive` of it, unless it was changed concurrently. */
  refill(kind: Kind, derive: (stored: Stored) => Stored, progress: UpgradeProgress): Promise<void>
  /** Sets the version, so that earlier programs refuse the store. */
  upgraded(version: number): Promise<void>
  /** Replaces the text that the master key is checked with. */
  reword(word: string): Promise<void>
  /** The indexes of layout.ts, or on a server that lacks partial or TTL indexes, its plain ones. */
  makeIndexes(kind: Kind): Promise<void>
  makeRevision(kind: Kind): Promise<void>
}

/** @throws Problem('unavailable') that says what to do when the database is not ours, newer, or sealed under another key. */
export async function openDatabase<Key extends Sealer>(
  database: Database,
  name: string,
  masterKey: (found: { readonly storeExists: boolean }) => Key,
  say: (line: string) => void = () => undefined,
): Promise<Key> {
  // Collections are listed first, because another process may create the store and its collections meanwhile.
  const collections = await database.collections()
  const found = await database.about()
  if (!found) refuseOthers(collections, name)
  else checkVersion(found, name)
  const sealer = masterKey({ storeExists: found !== undefined })
  if (!found) await database.claim(aboutUnder(sealer))
  const about = found ?? (await database.about())
  if (!about)
    throw new Problem('unavailable', `the store \`${name}\` was removed while it was created: start again`)
  checkVersion(about, name)
  checkMasterKey(about, name, sealer)
  if (about.version !== schemaVersion) {
    say(`the store \`${name}\` has version ${about.version} and is now upgraded to version ${schemaVersion}`)
    await upgrade(database, about.version, sealer, upgradeProgress(say))
  }
  await createIndexes(database)
  return sealer
}

/** May run in several processes concurrently, and again after an interrupted upgrade. */
async function upgrade(
  database: Database,
  from: number,
  sealer: Sealer,
  progress: UpgradeProgress,
): Promise<void> {
  const kinds = [...refilledIn].flatMap(([version, added]) => (version > from ? added : []))
  for (const kind of new Set(kinds))
    await database.refill(
      kind,
      ({ body, version }) => storedOf(kind, textToRecord(kind, body, sealer), version, body),
      progress,
    )
  await database.upgraded(schemaVersion)
}

export async function createIndexes(database: Database): Promise<void> {
  for (const kind of allKinds) await database.makeIndexes(kind)
  for (const kind of watchedKinds) await database.makeRevision(kind)
}

/** For a backup. @throws Problem that says what to do when there is no store, or `openDatabase` would refuse it. */
export async function checkDatabase(database: Database, name: string, masterKey: Sealer): Promise<void> {
  const found = await database.about()
  if (!found)
    throw new Problem(
      'not_found',
      `there is no store in the database \`${name}\`: set CHANCERY_STORE to the value that the server uses`,
    )
  checkVersion(found, name)
  checkMasterKey(found, name, masterKey)
}

/** For a restore: the store is ours, and nobody opens it. @throws Problem('conflict') when there is a store. */
export async function markRestore(
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
    `a restore creates a new store, but the database \`${name}\` has one: set CHANCERY_STORE to an empty database`,
  )
}

const aboutUnder = (sealer: Sealer): About => ({
  version: schemaVersion,
  word: sealer.seal(sealedText, sealedTextAad),
})

/** Seals the text that the master key is checked with under its current version. */
export const resealCheck = (database: Database, sealer: Sealer): Promise<void> =>
  database.reword(aboutUnder(sealer).word)

function refuseOthers(collections: readonly string[], name: string): void {
  if (collections.every((collection) => collection === storeCollection)) return
  throw new Problem(
    'unavailable',
    `the database \`${name}\` belongs to another program: set CHANCERY_STORE to a database of its own`,
  )
}

function checkVersion({ version, restoring }: About, name: string): void {
  if (restoring !== undefined)
    throw new Problem(
      'unavailable',
      `the restore of the store \`${name}\` is not complete: wait for \`chancery restore\` to end, or run it again`,
    )
  if (version >= 1 && version <= schemaVersion) return
  throw new Problem(
    'unavailable',
    `the store \`${name}\` has version ${version} and this program supports version ${schemaVersion}: start the newer program, or restore a backup made by this one`,
  )
}

function checkMasterKey({ word }: About, name: string, sealer: Sealer): void {
  try {
    if (sealer.open(word, sealedTextAad) === sealedText) return
  } catch (cause) {
    throw new Problem(
      'unavailable',
      `the store \`${name}\` was sealed under another master key: set CHANCERY_KEYS to the directory that holds its key`,
      { cause },
    )
  }
}
