// Backup and restore of the SQLite store. A backup reads within one transaction, which in WAL mode sees a snapshot and blocks no writer.
// A restore writes a temporary file next to the store and links it to the store's path when it is complete.
import { randomInt } from 'node:crypto'
import * as fs from 'node:fs'
import { basename, dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Problem } from '../../problem.ts'
import { pathExists } from '../../secure/private-files.ts'
import type { Parked, Source, Target } from '../backup/format.ts'
import type { Sealer } from '../sealing.ts'
import { bodyToText, sealedToBody } from './body.ts'
import { busyTimeout } from './busy.ts'
import { checkFile, prepareFile } from './file.ts'
import { columnValues, type Layout, layoutFor, layouts, sideRows, type Value } from './layout.ts'
import { newRestoreFile, restoreFilesOf } from './restore-temp-file.ts'

/** @throws Problem that says what to do when there is no store at `path` or it cannot be opened. */
export function openSqliteSource(path: string, masterKey: Sealer): Source {
  checkFile(path, masterKey)
  const db = new DatabaseSync(path, { readOnly: true, timeout: busyTimeout })
  db.exec('BEGIN')
  // The snapshot begins with the first read (https://sqlite.org/isolation.html).
  db.prepare('SELECT count(*) FROM store_revision').get()
  return {
    engine: 'sqlite',
    name: path,
    consistency: 'snapshot',
    *bodies(kind, now) {
      const { table, expires } = layoutFor(kind)
      const live = expires ? ' WHERE expires IS NULL OR expires > ?' : ''
      const statement = db.prepare(`SELECT body FROM ${table}${live} ORDER BY rowid`)
      for (const row of statement.iterate(...(expires ? [now] : [])))
        yield bodyToText(kind, row['body'] as string)
    },
    async close() {
      db.close()
    },
  }
}

/** @throws Problem('conflict') when there is a file at `path` */
export function openSqliteTarget(path: string, masterKey: Sealer): Target {
  refuseExisting(path)
  removeAbandoned(path)
  const restoreFile = newRestoreFile(path)
  prepareFile(restoreFile, masterKey, { exclusive: true })
  const db = new DatabaseSync(restoreFile, { timeout: 0 })
  // No other process opens this file, and it is used only when complete, so one sync at the end is enough. The journal in memory stays
  // empty because every page is new; `journal_mode = OFF` is refused by Node's defensive mode.
  db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072; BEGIN')
  const tables = new Map(layouts.map((layout) => [layout.kind, new Table(db, layout)]))
  return {
    name: path,
    async write(batch) {
      const at = writing(path, () => batch.findIndex((parked) => !tables.get(parked.kind)?.insert(parked)))
      return at < 0 ? undefined : at
    },
    async finish() {
      writing(path, () => {
        db.exec('COMMIT')
        db.close()
      })
      linkIntoPlace(restoreFile, path)
    },
    async abandon() {
      if (db.isOpen) db.close()
      removeStore(restoreFile)
    },
  }
}

function writing<T>(path: string, write: () => T): T {
  try {
    return write()
  } catch (cause) {
    throw new Problem(
      'unavailable',
      `the store \`${path}\` cannot be written: ${(cause as Error).message}; check whether the disk is full`,
      { cause },
    )
  }
}

/** Refuses an existing store, and old logs, which SQLite would apply to the new file. */
function refuseExisting(path: string): void {
  const there = ['', '-wal', '-journal'].map((end) => path + end).find(pathExists)
  if (there === undefined) return
  throw new Problem(
    'conflict',
    `a restore creates a new store, but \`${there}\` exists: set CHANCERY_STORE to a new file, or move \`${basename(path)}*\` away`,
  )
}

/** Removes temporary files of restores that were killed. A running restore on another machine with the same disk fails with a message. */
function removeAbandoned(path: string): void {
  for (const { file, pid } of restoreFilesOf(path)) if (!isRunning(pid)) removeStore(file)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function removeStore(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) fs.rmSync(file + end, { force: true })
}

/** Links the complete file to the store's path. Never replaces a file, because a server may have been started meanwhile. */
function linkIntoPlace(restoreFile: string, path: string): void {
  refuseExisting(path)
  syncFile(restoreFile)
  try {
    fs.linkSync(restoreFile, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') refuseExisting(path)
    throw new Problem(
      'unavailable',
      `the restored store cannot be put at \`${path}\`: ${(error as Error).message}`,
    )
  }
  removeStore(restoreFile)
  syncFile(dirname(path))
}

function syncFile(path: string): void {
  const fd = fs.openSync(path, 'r')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

class Table {
  readonly #layout: Layout
  readonly #insert: StatementSync
  readonly #sides: readonly StatementSync[]

  constructor(db: DatabaseSync, layout: Layout) {
    const { table, columns, sides } = layout
    const marks = columns.map(() => '?').join(', ')
    this.#layout = layout
    this.#insert = db.prepare(
      `INSERT INTO ${table} (id, version, ${columns.join(', ')}) VALUES (?, ?, ${marks}) ON CONFLICT DO NOTHING`,
    )
    this.#sides = sides.map((side) => db.prepare(`INSERT INTO ${side.table} VALUES (?, ?, ?)`))
  }

  /** False when the id or a unique value already exists. */
  insert({ kind, record }: Parked): boolean {
    const values: Value[] = [record.id, randomInt(2 ** 47)]
    columnValues(this.#layout, record, sealedToBody(kind, record), values)
    if (Number(this.#insert.run(...values).changes) === 0) return false
    for (const [at, statement] of this.#sides.entries()) {
      const side = this.#layout.sides[at]
      if (side) for (const row of sideRows(this.#layout, side, record)) statement.run(...row, record.id)
    }
    return true
  }
}
