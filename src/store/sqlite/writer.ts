// The writer thread of one process. All pending changes are written in one transaction, so that many share one fsync; none is
// acknowledged before COMMIT has returned. It handles rows, not records: secrets were encrypted before.
// Each operation succeeds or fails on its own (an unmet condition changes no row). Only an error of the file itself rolls back and fails
// the whole batch.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { releaseStartupMemory } from '../release-memory.ts'
import { busyTimeout, retryWhileBusy } from './busy.ts'
import type { Layout, Side, Value } from './layout.ts'
import { type Answer, type Batch, largestBatch, type Outcome, op, type WriterData } from './messages.ts'

interface TableStatements {
  readonly layout: Layout
  readonly insert: StatementSync
  readonly update: StatementSync
  /** The update when only the body changes: SQLite rewrites the index of every column that a statement sets, also to the same value. */
  readonly updateBody: StatementSync
  readonly current: StatementSync
  readonly remove: StatementSync
  /** Delete expired records that have the id or a unique value of a new record. */
  readonly dropExpired: readonly StatementSync[]
  readonly sweep: StatementSync | undefined
  readonly sides: readonly { readonly insert: StatementSync; readonly remove: StatementSync }[]
}

/** `columns` are expires, body, and then those of the unique values. */
const uniqueColumns = ({ columns, uniques }: Layout): readonly string[] =>
  columns.slice(2, 2 + uniques.length)

function prepareTable(db: DatabaseSync, layout: Layout): TableStatements {
  const { table, columns } = layout
  const marks = columns.map(() => '?').join(', ')
  const sets = columns.map((column) => `${column} = ?`).join(', ')
  const same = columns.map((column, at) => (column === 'body' ? '' : ` AND ${column} IS ?${at + 1}`)).join('')
  const deleteExpired = (column: string) =>
    db.prepare(`DELETE FROM ${table} WHERE ${column} = ? AND expires <= ? RETURNING id`)
  const side = ({ table: name }: Side) => ({
    insert: db.prepare(`INSERT INTO ${name} VALUES (?, ?, ?)`),
    remove: db.prepare(`DELETE FROM ${name} WHERE id = ?`),
  })
  return {
    layout,
    insert: db.prepare(
      `INSERT INTO ${table} (id, version, ${columns.join(', ')}) VALUES (?, ?, ${marks}) ON CONFLICT DO NOTHING`,
    ),
    update: db.prepare(
      `UPDATE OR IGNORE ${table} SET version = version + 1, ${sets} WHERE id = ? AND version = ?`,
    ),
    updateBody: db.prepare(
      `UPDATE ${table} SET version = version + 1, body = ?${columns.indexOf('body') + 1} WHERE id = ?${columns.length + 1} AND version = ?${columns.length + 2}${same}`,
    ),
    current: db.prepare(`SELECT 1 FROM ${table} WHERE id = ? AND version = ?`),
    remove: db.prepare(`DELETE FROM ${table} WHERE id = ? RETURNING body, expires`),
    dropExpired: layout.expires ? ['id', ...uniqueColumns(layout)].map(deleteExpired) : [],
    sweep: layout.expires
      ? db.prepare(
          `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE expires <= ? LIMIT ?) RETURNING id`,
        )
      : undefined,
    sides: layout.sides.map(side),
  }
}

/** Pages in the -wal file at which a commit starts a checkpoint. A sweep changes pages all over the file, so it checkpoints earlier. */
const checkpointPages = { usual: 2000, sweeping: 500 } as const

/** Minimum milliseconds that a batch waits for the lock: longer than a commit of another process takes. */
const minimumWait = 100

/** Reads the flat list of values of a batch. */
class Reader {
  readonly #values: readonly Value[]
  #at = 0

  constructor(values: readonly Value[]) {
    this.#values = values
  }

  get done(): boolean {
    return this.#at >= this.#values.length
  }

  text(): string {
    return this.#values[this.#at++] as string
  }

  number(): number {
    return this.#values[this.#at++] as number
  }

  take(count: number): Value[] {
    const start = this.#at
    this.#at += count
    return this.#values.slice(start, this.#at)
  }
}

class Writer {
  readonly #db: DatabaseSync
  readonly #tables: readonly TableStatements[]
  readonly #begin: StatementSync
  readonly #commit: StatementSync
  readonly #bump: StatementSync
  readonly #ping: StatementSync
  readonly #patience: number
  readonly #waiting: WriterData['waiting']
  readonly #next: () => Batch | undefined
  /** When the writer began to wait for another process's lock; undefined while it does not wait. */
  #waitingSince: number | undefined
  #changed = new Set<Layout>()
  #checkpointedAt = 0

  /** @param next the next batch that was sent, if there is one */
  constructor({ path, patience, layouts, waiting }: WriterData, next: () => Batch | undefined) {
    this.#patience = patience
    this.#waiting = waiting
    this.#next = next
    this.#db = new DatabaseSync(path, { timeout: busyTimeout })
    // FULL: a commit is on disk before it returns. With mmap, because a commit of another process empties this connection's cache: two
    // writing processes were each 10 % faster with it.
    this.#db.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA mmap_size = 2147418112')
    this.#checkpointAt(checkpointPages.usual)
    this.#tables = layouts.map((layout) => prepareTable(this.#db, layout))
    this.#begin = this.#db.prepare('BEGIN IMMEDIATE')
    this.#commit = this.#db.prepare('COMMIT')
    this.#bump = this.#db.prepare(
      'UPDATE store_revision SET number = number + 1 WHERE kind = ? RETURNING number',
    )
    this.#ping = this.#db.prepare(`UPDATE store_file SET value = ? WHERE name = 'ping'`)
    this.#db.exec('PRAGMA busy_timeout = 0') // from here on `retryWhileBusy` waits
  }

  /**
   * Writes a batch in one transaction with those that were sent after it until the lock was free: of two workers on one file, each
   * AssumeRole takes 6 % less processor time, of this thread 10 % less.
   */
  run(first: Batch): Answer {
    const batches = [first]
    const outcome = this.#write(batches)
    return { batches: batches.length, ...outcome }
  }

  #write(batches: Batch[]): Outcome {
    try {
      // Before the wait too, so that all of them wait no longer than one would.
      this.#join(batches)
      this.#beginTransaction()
      this.#join(batches)
      this.#changed = new Set()
      const results: Value[] = []
      for (const { now, values } of batches) {
        const reader = new Reader(values)
        while (!reader.done) results.push(this.#apply(reader, now))
      }
      const revisions = this.#bumpChanged()
      this.#commit.run()
      return { results, revisions }
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      return { failed: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Appends the batches that were sent meanwhile. */
  #join(batches: Batch[]): void {
    let operations = batches.reduce((sum, batch) => sum + batch.operations, 0)
    while (operations < largestBatch) {
      const next = this.#next()
      if (next === undefined) return
      batches.push(next)
      operations += next.operations
    }
  }

  close(): void {
    this.#db.close()
  }

  /** Begins the transaction. The time limit runs from when the lock was first busy, so that batches waiting for one lock share it. */
  #beginTransaction(): void {
    const began = performance.now()
    this.#waitingSince ??= began
    Atomics.store(this.#waiting, 0, 1)
    try {
      retryWhileBusy(
        () => this.#begin.run(),
        Math.max(minimumWait, this.#waitingSince + this.#patience - began),
      )
    } finally {
      Atomics.store(this.#waiting, 0, 0)
    }
    this.#waitingSince = undefined
  }

  #apply(reader: Reader, now: number): Value {
    const code = reader.number()
    if (code === op.ping) return Number(this.#ping.run(String(now)).changes)
    const table = this.#tables[reader.number()]
    if (!table) throw new TypeError('no such table')
    switch (code) {
      case op.insert:
        return this.#insert(table, reader, now)
      case op.update:
        return this.#update(table, reader, now)
      case op.remove:
        return this.#remove(table, reader.text(), now)
      case op.sweep:
        return this.#sweep(table, reader.number(), reader.number())
      default:
        throw new TypeError(`no such operation: ${code}`)
    }
  }

  /** 1, or 0 when the id or a unique value already exists. */
  #insert(table: TableStatements, reader: Reader, now: number): Value {
    const [id, version, ...values] = reader.take(2 + table.layout.columns.length) as [
      string,
      number,
      ...Value[],
    ]
    const sides = this.#readSides(table, reader)
    const attempt = () => Number(table.insert.run(id, version, ...values).changes)
    const done = attempt() || (this.#makeRoom(table, id, values, now) && attempt())
    if (!done) return 0
    this.#writeSides(table, id, sides)
    this.#note(table)
    return 1
  }

  /** 1, 0 when the version is not the current one, -1 when a unique value already exists. */
  #update(table: TableStatements, reader: Reader, now: number): Value {
    const [id, version, ...values] = reader.take(2 + table.layout.columns.length) as [
      string,
      number,
      ...Value[],
    ]
    const sides = this.#readSides(table, reader)
    const attempt = () =>
      Number(table.updateBody.run(...values, id, version).changes) ||
      Number(table.update.run(...values, id, version).changes)
    if (!attempt()) {
      if (!table.current.get(id, version)) return 0
      if (!this.#makeRoom(table, undefined, values, now) || !attempt()) return -1
    }
    if (sides) {
      for (const side of table.sides) side.remove.run(id)
      this.#writeSides(table, id, sides)
    }
    this.#note(table)
    return 1
  }

  /** The body, or null when the record did not exist or had expired. */
  #remove(table: TableStatements, id: string, now: number): Value {
    const row = table.remove.get(id)
    if (!row) return null
    for (const side of table.sides) side.remove.run(id)
    const expires = row['expires'] as number | null
    if (expires !== null && expires <= now) return null
    this.#note(table)
    return row['body'] as string
  }

  /** The number of deleted rows. Expired records are never returned by reads, so no revision changes. */
  #sweep(table: TableStatements, before: number, limit: number): Value {
    const deleted = table.sweep?.all(before, limit) ?? []
    if (deleted.length > 0) this.#checkpointAt(checkpointPages.sweeping)
    this.#dropSides(table, deleted)
    return deleted.length
  }

  #makeRoom(table: TableStatements, id: string | undefined, values: readonly Value[], now: number): boolean {
    if (table.dropExpired.length === 0) return false
    // `values` are expires, body, then the unique values: see `layout.columns`.
    const taken = [id ?? null, ...values.slice(2, 2 + table.layout.uniques.length)]
    let room = false
    for (const [at, drop] of table.dropExpired.entries()) {
      const value = taken[at] ?? null
      const deleted = value === null ? [] : drop.all(value, now)
      this.#dropSides(table, deleted)
      if (deleted.length > 0) room = true
    }
    return room
  }

  #dropSides(table: TableStatements, deleted: readonly Record<string, unknown>[]): void {
    for (const { remove } of table.sides) for (const { id } of deleted) remove.run(id as string)
  }

  /** The rows of the side tables; undefined when they did not change. */
  #readSides({ sides }: TableStatements, reader: Reader): Value[][] | undefined {
    if (sides.length === 0) return undefined
    const first = reader.number()
    if (first < 0) return undefined
    return sides.map((_, at) => reader.take(2 * (at === 0 ? first : reader.number())))
  }

  #writeSides({ sides }: TableStatements, id: string, rows: Value[][] | undefined): void {
    for (const [at, { insert }] of sides.entries()) {
      const flat = rows?.[at] ?? []
      for (let i = 0; i < flat.length; i += 2) insert.run(flat[i] ?? null, flat[i + 1] ?? null, id)
    }
  }

  /** Sets the number of pages in the -wal file from which a commit copies them into the database. */
  #checkpointAt(pages: number): void {
    if (pages === this.#checkpointedAt) return
    this.#db.exec(`PRAGMA wal_autocheckpoint = ${pages}`)
    this.#checkpointedAt = pages
  }

  #note({ layout }: TableStatements): void {
    if (layout.watched) this.#changed.add(layout)
  }

  #bumpChanged(): [string, number][] {
    return [...this.#changed].map(({ kind }) => [kind, this.#bump.get(kind)?.['number'] as number])
  }
}

function serve(port: MessagePort, place: WriterData): void {
  // `close` is sent when no batch is without an answer, so that what follows a batch is another.
  const next = () => receiveMessageOnPort(port)?.message as Batch | undefined
  const writer = new Writer(place, next)
  port.on('message', (batch: Batch | 'close') => {
    if (batch !== 'close') return port.postMessage(writer.run(batch))
    writer.close()
    port.close()
  })
  port.postMessage('ready')
  releaseStartupMemory()
}

if (parentPort) serve(parentPort, workerData as WriterData)
