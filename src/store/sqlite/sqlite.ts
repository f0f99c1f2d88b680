// The embedded store: one SQLite file, used by any number of processes. This file has the store operations; the others are
//   file            creates, checks and upgrades the file          layout         kinds → tables and columns
//   reader          reads on the main thread                       queue          sends writes to the writer thread
//   writer          the writer thread: many changes, one fsync     updates        compare-and-swap
// A change is acknowledged after its COMMIT is on disk (WAL, synchronous=FULL); later reads in any process see it.
import { randomInt } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { eachRecord } from '../each.ts'
import type { EpochSeconds, Kind, Records } from '../records.ts'
import type { Sealer } from '../sealing.ts'
import type { Change, EachOptions, Lookup, Page, RecordPage, RevisionListener, Store } from '../store.ts'
import { type Read, type Swapped, Updates } from '../updates.ts'
import { bodyToRecord, recordToBody } from './body.ts'
import { busyTimeout } from './busy.ts'
import { prepareFile } from './file.ts'
import { columnValues, type Layout, layoutFor, layouts, numberOf, sideRows, type Value } from './layout.ts'
import { op } from './messages.ts'
import { WriteQueue } from './queue.ts'
import { SqliteReader } from './reader.ts'

export interface SqliteOptions {
  readonly masterKey: Sealer
  /** Seconds since the epoch. */
  readonly clock?: () => EpochSeconds
  /** Milliseconds between checks for changes of other processes; at most 1000. Default 200. */
  readonly pollEvery?: number
  /** Called with a line for the operator before an upgrade, which may take long. */
  readonly say?: (line: string) => void
  /** Milliseconds for which a write waits for another process's lock. Default 10,000. */
  readonly patience?: number
}

/** Rows that a sweep deletes in one transaction, so that other writes do not wait long. */
const sweepStep = 100

const systemClock = (): EpochSeconds => Math.floor(Date.now() / 1000)

/**
 * Opens the store at `path`; creates it (0600, in a directory with 0700) when it does not exist.
 * @throws Problem('unavailable') as `prepareFile`, and when the file cannot be written; the message says what to do
 */
export async function openSqlite(path: string, options: SqliteOptions): Promise<Store> {
  const { masterKey, clock = systemClock, pollEvery = 200, say, patience = busyTimeout } = options
  prepareFile(path, masterKey, { say, patience })
  const reader = new SqliteReader(path)
  const listeners = new Listeners(reader)
  const queue = await WriteQueue.open({ path, patience }, clock, (revisions, changes) =>
    listeners.committed(revisions, changes),
  )
  return new SqliteStore(masterKey, clock, reader, queue, listeners, pollEvery)
}

const expiringKinds: readonly Kind[] = layouts.filter(({ expires }) => expires).map(({ kind }) => kind)

/** Whether SQLite caused the error, and not this code. */
const isSqliteError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'

/** Appends, for each side table, the number of rows and the rows; -1 when no row changed. */
function pushSides<K extends Kind>(
  into: Value[],
  layout: Layout,
  record: Records[K],
  old?: Records[K],
): void {
  const rows = layout.sides.map((side) => sideRows(layout, side, record))
  const before = old && layout.sides.map((side) => sideRows(layout, side, old))
  if (before && JSON.stringify(before) === JSON.stringify(rows)) {
    into.push(-1)
    return
  }
  for (const pairs of rows) into.push(pairs.length, ...pairs.flat())
}

class SqliteStore implements Store {
  readonly #sealer: Sealer
  readonly #clock: () => EpochSeconds
  readonly #reader: SqliteReader
  readonly #queue: WriteQueue
  readonly #listeners: Listeners
  readonly #updates = new Updates()
  readonly #poll: NodeJS.Timeout
  #closed = false

  constructor(
    sealer: Sealer,
    clock: () => EpochSeconds,
    reader: SqliteReader,
    queue: WriteQueue,
    listeners: Listeners,
    pollEvery: number,
  ) {
    this.#sealer = sealer
    this.#clock = clock
    this.#reader = reader
    this.#queue = queue
    this.#listeners = listeners
    this.#poll = setInterval(() => listeners.poll(), pollEvery).unref()
  }

  async create<K extends Kind>(kind: K, record: Records[K]): Promise<void> {
    const values: Value[] = [op.insert]
    // A random first version, so that a compare-and-swap which began before the record was deleted fails.
    this.#row(values, kind, record, randomInt(2 ** 47))
    const done = await this.#queue.add(values, { kind, id: record.id })
    if (done !== 1) throw new Problem('conflict', `the name or id of this ${kind} already exists`)
  }

  async get<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined> {
    return this.#read(kind, id)?.record
  }

  async getBy<K extends Kind>(kind: K, unique: string, value: string): Promise<Records[K] | undefined> {
    if (!value.isWellFormed()) return undefined
    const row = this.#reading(() => this.#reader.getBy(kind, unique, value, this.#clock()))
    return row && bodyToRecord(kind, row.body, this.#sealer)
  }

  async find<K extends Kind>(kind: K, lookup: Lookup<K>, page: Page): Promise<RecordPage<Records[K]>> {
    const { bodies, next } = this.#reading(() => this.#reader.find(kind, lookup, page, this.#clock()))
    return { records: bodies.map((body) => bodyToRecord(kind, body, this.#sealer)), next }
  }

  async count<K extends Kind>(kind: K, lookup: Pick<Lookup<K>, 'by' | 'value'>): Promise<number> {
    return this.#reading(() => this.#reader.count(kind, lookup))
  }

  each<K extends Kind>(kind: K, lookup: Lookup<K>, options?: EachOptions): AsyncIterable<Records[K]> {
    return eachRecord(this, kind, lookup, options)
  }

  update<K extends Kind>(kind: K, id: string, change: (old: Records[K]) => Records[K]): Promise<Records[K]> {
    return this.#updates.update(kind, id, change, {
      read: () => this.#read(kind, id),
      swap: (old, changed) => this.#swap(kind, old, changed),
    })
  }

  async delete(kind: Kind, id: string): Promise<boolean> {
    return (await this.#remove(kind, id)) !== null
  }

  async take<K extends Kind>(kind: K, id: string): Promise<Records[K] | undefined> {
    const body = await this.#remove(kind, id)
    return body === null ? undefined : bodyToRecord(kind, body, this.#sealer)
  }

  async sweep(now: EpochSeconds, limit = 10_000): Promise<number> {
    let left = limit
    for (const kind of expiringKinds) {
      let deleted = sweepStep
      while (left > 0 && deleted === sweepStep) {
        const most = Math.min(sweepStep, left)
        deleted = Number(await this.#queue.add([op.sweep, numberOf(kind), now, most]))
        left -= deleted
      }
    }
    return limit - left
  }

  watch(listener: RevisionListener): () => void {
    return this.#listeners.add(listener)
  }

  async ping(): Promise<void> {
    this.#reading(() => this.#reader.dataVersion())
    await this.#queue.add([op.ping])
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#poll)
    // The writer is closed last, because the last connection merges the -wal file into the database.
    this.#reader.close()
    await this.#queue.close()
  }

  // SQLite stores UTF-8, in which a lone surrogate becomes another character, so no record has such an id or unique value.
  #read<K extends Kind>(kind: K, id: string): Read<Records[K]> | undefined {
    if (!id.isWellFormed()) return undefined
    const row = this.#reading(() => this.#reader.get(kind, id, this.#clock()))
    return row && { record: bodyToRecord(kind, row.body, this.#sealer), version: row.version }
  }

  async #swap<K extends Kind>(kind: K, old: Read<Records[K]>, changed: Records[K]): Promise<Swapped> {
    if (changed.id !== old.record.id) throw new TypeError(`a change of ${kind} must keep the id`)
    const values: Value[] = [op.update]
    this.#row(values, kind, changed, old.version, old.record)
    const done = await this.#queue.add(values, { kind, id: changed.id })
    return done === 1 ? 'done' : done === 0 ? 'lost' : 'taken'
  }

  async #remove(kind: Kind, id: string): Promise<string | null> {
    if (!id.isWellFormed()) return null
    const body = await this.#queue.add([op.remove, numberOf(kind), id], { kind, id })
    return body as string | null
  }

  #row<K extends Kind>(into: Value[], kind: K, record: Records[K], version: number, old?: Records[K]): void {
    const layout = layoutFor(kind)
    if (!record.id.isWellFormed()) throw new Problem('invalid_input', 'an id must be well-formed Unicode')
    into.push(numberOf(kind), record.id, version)
    columnValues(layout, record, recordToBody(kind, record, this.#sealer), into)
    if (layout.sides.length > 0) pushSides(into, layout, record, old)
  }

  #reading<T>(read: () => T): T {
    if (this.#closed) throw new Problem('unavailable', 'the store is closed')
    try {
      return read()
    } catch (error) {
      if (!isSqliteError(error)) throw error
      throw new Problem('unavailable', 'the store cannot be read now; try again', {
        cause: error,
        retryAfter: 1,
      })
    }
  }
}

/** The listeners for changes, and the revisions of which they have been notified. */
class Listeners {
  readonly #reader: SqliteReader
  readonly #listeners = new Set<RevisionListener>()
  readonly #notified: Map<string, number>
  #dataVersion: unknown

  constructor(reader: SqliteReader) {
    this.#reader = reader
    this.#dataVersion = reader.dataVersion()
    this.#notified = new Map(reader.revisions())
  }

  add(listener: RevisionListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** After a commit of this process. When others have committed in between, the changed records are not known. */
  committed(revisions: readonly (readonly [string, number])[], changes: readonly Change[]): void {
    const alone = revisions.every(([kind, number]) => this.#notified.get(kind) === number - 1)
    for (const [kind, number] of revisions) this.#notified.set(kind, number)
    this.#notify(new Set(revisions.map(([kind]) => kind as Kind)), alone ? changes : undefined)
  }

  /** Checks for commits of other processes; costs one pragma when there were none. */
  poll(): void {
    try {
      const dataVersion = this.#reader.dataVersion()
      if (dataVersion === this.#dataVersion) return
      const newer = this.#reader
        .revisions()
        .filter(([kind, number]) => number > (this.#notified.get(kind) ?? 0))
      this.#dataVersion = dataVersion
      for (const [kind, number] of newer) this.#notified.set(kind, number)
      if (newer.length > 0) this.#notify(new Set(newer.map(([kind]) => kind)), undefined)
    } catch {
      // The file cannot be read now. The next poll reports the changes, and requests fail by themselves.
    }
  }

  #notify(kinds: ReadonlySet<Kind>, changes: readonly Change[] | undefined): void {
    for (const listener of this.#listeners) listener(kinds, changes)
  }
}
