// The database file: sets its permissions, recognizes it, and upgrades its tables. Nothing else opens the file before this.
import { closeSync, constants, existsSync, fchmodSync, fstatSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Problem } from '../../problem.ts'
import { openPrivate, othersHaveAccess, refuseLink } from '../../secure/private-files.ts'
import type { Sealer } from '../sealing.ts'
import { completeCounts } from './counts.ts'
import { layouts } from './layout.ts'
import { refuseHalfRestored } from './restore-temp-file.ts'
import { completeTables, makeTable } from './tables.ts'

/** `Chcy`: how a file says that it is ours (SQLite, "PRAGMA application_id"). */
const applicationId = 0x43686379
/** Of the tables. A change to kinds.ts that changes columns raises it, so that an earlier program lets the file be. */
const schemaVersion = 4
/** Sealed when the file is made; opens only under the same master key. */
const sealedWord = 'this is the master key of this store'
const wordAad = 'store/file/master-key'

/** Milliseconds a process waits for another one's commit. */
export const busyTimeout = 10_000
/** https://sqlite.org/rescode.html, without what its extended codes add. */
const resultCode = (error: unknown): number => ((error as { errcode?: number }).errcode ?? 0) % 256
/** Another connection holds the lock. */
const isBusy = (error: unknown): boolean => resultCode(error) === 5
/** The file, or the -wal and -shm files beside it, may not be read or written: PERM, READONLY, CANTOPEN. */
const isForbidden = (error: unknown): boolean => [3, 8, 14].includes(resultCode(error))

/**
 * Whether there is a store, before its master key is asked for; nothing is changed.
 * @throws Problem('unavailable') that says what to do when what is there is no store of ours
 */
export function isStoreAt(path: string): boolean {
  refuseLinks(path)
  if (!existsSync(path)) {
    refuseHalfRestored(path)
    return false
  }
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: busyTimeout, readOnly: true })
    db.exec('BEGIN')
    return recognise(db, path) !== 'empty'
  } catch (error) {
    if (error instanceof Problem) throw error
    // Whoever may not read it is told so when it is opened.
    if (isForbidden(error)) return true
    throw unreadable(path, error)
  } finally {
    db?.close()
  }
}

/**
 * For a backup, which changes nothing of the store.
 * @throws Problem as `prepareFile` does, and when there is no store or one of an earlier version
 */
export function checkFile(path: string, sealer: Sealer): void {
  if (!isStoreAt(path))
    throw new Problem(
      'not_found',
      `there is no store at \`${path}\`: set CHANCERY_STORE as the server has it`,
    )
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: busyTimeout, readOnly: true })
    db.exec('BEGIN')
    const found = recognise(db, path)
    if (isEarlier(found))
      throw new Problem(
        'conflict',
        `the store \`${path}\` is of version ${found} and this program would make it one of version ${schemaVersion}: back it up with the program that runs on it`,
      )
    checkMasterKey(db, path, sealer)
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(path, error)
  } finally {
    db?.close()
  }
}

export interface Preparing {
  /** Told before what takes long. */
  readonly say?: ((line: string) => void) | undefined
  /** Milliseconds to wait for another process that holds the file. Default 10,000. */
  readonly patience?: number
  /** The file must not be there yet. Default false. */
  readonly exclusive?: boolean
}

/**
 * Makes or checks the file at `path`: directory 0700 when it is made here, file 0600, WAL. A file of an earlier version is
 * brought to this one in one transaction, which may take minutes; processes that come meanwhile wait for its end.
 * @throws Problem('unavailable') that says what to do when it is no store of ours, of a newer version, sealed under
 * another master key, or half restored.
 */
export function prepareFile(
  path: string,
  sealer: Sealer,
  { say = () => undefined, patience = busyTimeout, exclusive = false }: Preparing = {},
): void {
  refuseLinks(path)
  if (!existsSync(path)) refuseHalfRestored(path)
  makePrivate(path, exclusive)
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: patience })
    // In one reading: another process may make the tables between two questions, and a half-seen file is a stranger's.
    db.exec('BEGIN')
    const before = recognise(db, path)
    db.exec('COMMIT')
    // SQLite itself does not wait when it changes the journal mode: of processes that make one file at once all but one
    // are told that it is locked.
    inTurn(() => db?.exec('PRAGMA journal_mode = WAL'), patience)
    inTurn(() => db?.exec('BEGIN IMMEDIATE'), isEarlier(before) ? Number.POSITIVE_INFINITY : patience)
    // Again, under the lock: another process may have made the tables a moment ago.
    const found = recognise(db, path)
    if (found === 'empty') makeTables(db, sealer)
    else {
      checkMasterKey(db, path, sealer)
      if (isEarlier(found))
        say(
          `the store \`${path}\` is of version ${found}; its tables are written anew for version ${schemaVersion}, once`,
        )
      completeTables(db, sealer)
      if (isEarlier(found)) db.exec(`PRAGMA user_version = ${schemaVersion}`)
    }
    db.exec('COMMIT')
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(path, error)
  } finally {
    db?.close()
  }
}

/**
 * Milliseconds between looks at a lock that another process holds. SQLite's own waiting looks less and less often, up to
 * 100 ms apart: of two processes under load one then hardly gets its turn (two workers, AssumeRole, 48 connections:
 * 2,300/s and p99 136 ms with it, 6,000/s and 26 ms so).
 */
const lookEvery = 0.2
const neverWoken = new Int32Array(new SharedArrayBuffer(4))

/**
 * Runs it once no other process is in the way; holds up its thread meanwhile.
 * @param longest milliseconds
 * @throws what it threw after `longest`
 */
export function inTurn(run: () => unknown, longest = busyTimeout): void {
  const until = performance.now() + longest
  for (;;) {
    try {
      run()
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
      Atomics.wait(neverWoken, 0, 0, lookEvery)
    }
  }
}

function makePrivate(path: string, exclusive: boolean): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const fd = openPrivate(path, constants.O_RDWR | constants.O_CREAT | (exclusive ? constants.O_EXCL : 0))
    try {
      // SQLite gives the -wal and -shm files beside it the same mode.
      if (othersHaveAccess(0o7, fstatSync(fd))) fchmodSync(fd, 0o600)
    } finally {
      closeSync(fd)
    }
  } catch (cause) {
    throw cause instanceof Problem ? cause : forbidden(path, cause)
  }
}

/** SQLite follows a link to its file, and says of those beside it only that they cannot be opened. */
function refuseLinks(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) refuseLink(path + end)
}

const forbidden = (path: string, cause: unknown): Problem =>
  new Problem(
    'unavailable',
    `the store \`${path}\` cannot be opened: the user this server runs as must own it`,
    { cause },
  )

const isEarlier = (found: 'empty' | number): boolean => found !== 'empty' && found < schemaVersion

/** The version of its tables, when it is ours. */
function recognise(db: DatabaseSync, path: string): 'empty' | number {
  const id = pragma(db, 'application_id')
  const version = pragma(db, 'user_version')
  if (id === applicationId) {
    if (version >= 1 && version <= schemaVersion) return version
    throw new Problem(
      'unavailable',
      `the store \`${path}\` is of version ${version} and this program knows version ${schemaVersion}: start the newer program, or restore a backup made by this one`,
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
  word.run('master-key', sealer.seal(sealedWord, wordAad))
  word.run('ping', '0')
  db.exec(`PRAGMA application_id = ${applicationId}`)
  db.exec(`PRAGMA user_version = ${schemaVersion}`)
}

function checkMasterKey(db: DatabaseSync, path: string, sealer: Sealer): void {
  const row = db.prepare(`SELECT value FROM store_file WHERE name = 'master-key'`).get()
  try {
    if (sealer.open(String(row?.['value']), wordAad) === sealedWord) return
  } catch (cause) {
    throw new Problem(
      'unavailable',
      `the store \`${path}\` was sealed under another master key: set CHANCERY_KEYS to the directory that holds its key`,
      { cause },
    )
  }
}

function unreadable(path: string, cause: unknown): Problem {
  if (isForbidden(cause)) return forbidden(path, cause)
  return new Problem(
    'unavailable',
    isBusy(cause)
      ? `the store \`${path}\` is held by another process: try again when that has ended`
      : `\`${path}\` cannot be read as a store: check the disk, or restore a backup`,
    { cause },
  )
}
