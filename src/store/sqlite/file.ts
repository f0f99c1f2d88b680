// The database file: creates it with its permissions, checks that it is a store, and upgrades its tables. It runs before anything else
// opens the file.
import { closeSync, constants, existsSync, fchmodSync, fstatSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Problem } from '../../problem.ts'
import { openPrivate, othersHaveAccess, refuseLink } from '../../secure/private-files.ts'
import type { Sealer } from '../sealing.ts'
import { upgradeProgress } from '../upgrade-progress.ts'
import { busyTimeout, isBusy, resultCode, retryWhileBusy } from './busy.ts'
import { completeCounts } from './counts.ts'
import { layouts } from './layout.ts'
import { refuseIncompleteRestore } from './restore-temp-file.ts'
import { completeTables, makeTable } from './tables.ts'

/** `Chcy`: identifies the file as a store (SQLite, "PRAGMA application_id"). */
const applicationId = 0x43686379
/** Version of the tables. Raise it with each change to kinds.ts that changes columns, or to body.ts, so that earlier programs refuse the file. */
export const schemaVersion = 9
/** Encrypted when the file is created, so that the master key can be checked. */
const sealedText = 'this is the master key of this store'
const sealedTextAad = 'store/file/master-key'

/** The file, or the -wal and -shm files beside it, may not be read or written: PERM, READONLY, CANTOPEN. */
const isForbidden = (error: unknown): boolean => [3, 8, 14].includes(resultCode(error))

/**
 * Whether there is a store. Needs no master key and changes nothing.
 * @throws Problem('unavailable') when the file is not a store; the message says what to do
 */
export function isStoreAt(path: string): boolean {
  refuseLinks(path)
  if (!existsSync(path)) {
    refuseIncompleteRestore(path)
    return false
  }
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: busyTimeout, readOnly: true })
    db.exec('BEGIN')
    return storeVersion(db, path) !== 'empty'
  } catch (error) {
    if (error instanceof Problem) throw error
    // A store that may not be read is reported when it is opened.
    if (isForbidden(error)) return true
    throw unreadable(path, error)
  } finally {
    db?.close()
  }
}

/**
 * Checks a store before a backup, without changing it.
 * @throws Problem as `prepareFile`; Problem('not_found') when there is no store; Problem('conflict') for one of an earlier version
 */
export function checkFile(path: string, sealer: Sealer): void {
  if (!isStoreAt(path))
    throw new Problem(
      'not_found',
      `there is no store at \`${path}\`: set CHANCERY_STORE to the value that the server uses`,
    )
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: busyTimeout, readOnly: true })
    db.exec('BEGIN')
    const found = storeVersion(db, path)
    if (isEarlier(found))
      throw new Problem(
        'conflict',
        `the store \`${path}\` has version ${found} and this program would upgrade it to version ${schemaVersion}: back it up with the program that runs on it`,
      )
    checkMasterKey(db, path, sealer)
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(path, error)
  } finally {
    db?.close()
  }
}

export interface PrepareOptions {
  /** Called with a line for the operator before an upgrade, and every few seconds while it lasts. */
  readonly say?: ((line: string) => void) | undefined
  /** Milliseconds to wait for another process that has locked the file. Default 10,000. */
  readonly patience?: number
  /** The file must not exist yet. Default false. */
  readonly exclusive?: boolean
}

/**
 * Creates or checks the file at `path`: a new directory has mode 0700, the file 0600, and WAL mode is set. A file of an earlier version
 * is upgraded in one transaction, which may take minutes; other processes wait for it.
 * @throws Problem('unavailable') when the file is not a store, has a newer version, was sealed under another master key, or is the result
 *   of an interrupted restore; the message says what to do
 */
export function prepareFile(
  path: string,
  sealer: Sealer,
  { say = () => undefined, patience = busyTimeout, exclusive = false }: PrepareOptions = {},
): void {
  refuseLinks(path)
  if (!existsSync(path)) refuseIncompleteRestore(path)
  makePrivate(path, exclusive)
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: patience })
    // In one transaction, because another process may create the tables between two reads, and a half-read file would look like another
    // program's.
    db.exec('BEGIN')
    const before = storeVersion(db, path)
    db.exec('COMMIT')
    // SQLite does not wait for a lock when it changes the journal mode, which several processes may do at the same moment.
    retryWhileBusy(() => db?.exec('PRAGMA journal_mode = WAL'), patience)
    retryWhileBusy(() => db?.exec('BEGIN IMMEDIATE'), isEarlier(before) ? Number.POSITIVE_INFINITY : patience)
    // Again, now with the lock, because another process may have created the tables meanwhile.
    const found = storeVersion(db, path)
    if (found === 'empty') makeTables(db, sealer)
    else {
      checkMasterKey(db, path, sealer)
      if (isEarlier(found))
        say(`the store \`${path}\` has version ${found} and is now upgraded to version ${schemaVersion}`)
      completeTables(db, sealer, upgradeProgress(say))
      if (isEarlier(found)) db.exec(`PRAGMA user_version = ${schemaVersion}`)
    }
    db.exec('COMMIT')
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(path, error)
  } finally {
    db?.close()
  }
}

function makePrivate(path: string, exclusive: boolean): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const fd = openPrivate(path, constants.O_RDWR | constants.O_CREAT | (exclusive ? constants.O_EXCL : 0))
    try {
      // SQLite creates the -wal and -shm files with the same mode.
      if (othersHaveAccess(0o7, fstatSync(fd))) fchmodSync(fd, 0o600)
    } finally {
      closeSync(fd)
    }
  } catch (cause) {
    throw cause instanceof Problem ? cause : forbidden(path, cause)
  }
}

/** SQLite would follow a symbolic link, so links are refused here with a clear message. */
function refuseLinks(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) refuseLink(path + end)
}

/** ` (EACCES)`: what the system said; SQLite's own codes tell nobody what to do. */
const systemCode = (cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^E[A-Z]+$/.test(code) ? ` (${code})` : ''
}

const forbidden = (path: string, cause: unknown): Problem =>
  new Problem(
    'unavailable',
    `the store \`${path}\` cannot be opened${systemCode(cause)}: the user this server runs as must own it and its directory; CHANCERY_DATA and CHANCERY_STORE name another`,
    { cause },
  )

const isEarlier = (found: 'empty' | number): boolean => found !== 'empty' && found < schemaVersion

/** The version of the tables of a store. @throws Problem('unavailable') for another program's database or a newer version */
function storeVersion(db: DatabaseSync, path: string): 'empty' | number {
  const id = pragma(db, 'application_id')
  const version = pragma(db, 'user_version')
  if (id === applicationId) {
    if (version >= 1 && version <= schemaVersion) return version
    throw new Problem(
      'unavailable',
      `the store \`${path}\` has version ${version} and this program supports version ${schemaVersion}: start the newer program, or restore a backup made by this one`,
    )
  }
  const { count } = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number }
  if (id === 0 && version === 0 && count === 0) return 'empty'
  throw new Problem(
    'unavailable',
    `\`${path}\` is a database of another program: set CHANCERY_STORE to a file of its own`,
  )
}

const pragma = (db: DatabaseSync, name: string): number =>
  Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0])

function makeTables(db: DatabaseSync, sealer: Sealer): void {
  db.exec('CREATE TABLE store_revision (kind TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID')
  for (const layout of layouts) makeTable(db, layout)
  completeCounts(db)
  db.exec('CREATE TABLE store_file (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID')
  const word = db.prepare('INSERT INTO store_file VALUES (?, ?)')
  word.run('master-key', sealer.seal(sealedText, sealedTextAad))
  word.run('ping', '0')
  db.exec(`PRAGMA application_id = ${applicationId}`)
  db.exec(`PRAGMA user_version = ${schemaVersion}`)
}

function checkMasterKey(db: DatabaseSync, path: string, sealer: Sealer): void {
  const row = db.prepare(`SELECT value FROM store_file WHERE name = 'master-key'`).get()
  try {
    if (sealer.open(String(row?.['value']), sealedTextAad) === sealedText) return
  } catch (cause) {
    throw new Problem(
      'unavailable',
      `the store \`${path}\` was sealed under another master key: set CHANCERY_KEYS to the directory that holds its key`,
      { cause },
    )
  }
}

/** Seals the text that the master key is checked with under its current version. */
export function resealCheck(path: string, sealer: Sealer): void {
  const db = new DatabaseSync(path, { timeout: busyTimeout })
  try {
    const sealed = sealer.seal(sealedText, sealedTextAad)
    db.prepare(`UPDATE store_file SET value = ? WHERE name = 'master-key'`).run(sealed)
  } finally {
    db.close()
  }
}

function unreadable(path: string, cause: unknown): Problem {
  if (isForbidden(cause)) return forbidden(path, cause)
  return new Problem(
    'unavailable',
    isBusy(cause)
      ? `the store \`${path}\` is locked by another process: try again when that has ended`
      : `\`${path}\` cannot be read as a store: check the disk, or restore a backup`,
    { cause },
  )
}
