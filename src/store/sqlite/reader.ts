// Reads on the main thread: point reads and index range scans take microseconds and, in WAL mode, never wait for a writer.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { checkLimit, cursorAt, endOfPrefix, positionOf } from '../cursor.ts'
import type { Kind } from '../records.ts'
import type { Page } from '../store.ts'
import { countTable } from './counts.ts'
import { busyTimeout } from './file.ts'
import { type Layout, layoutFor, lookupColumn, sortColumn, uniqueColumn } from './layout.ts'

export interface Row {
  readonly version: number
  readonly body: string
}

export interface LookupValue {
  readonly by: string
  readonly value: string
  readonly prefix?: string | undefined
}

interface Range {
  readonly direction: '' | ' DESC'
  readonly sql: string
  readonly values: readonly string[]
}

export class SqliteReader {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #points = new Map<Kind, StatementSync>()

  constructor(path: string) {
    this.#db = new DatabaseSync(path, { readOnly: true, timeout: busyTimeout })
    // Without mmap: SQLite unmaps the whole file after every commit of another connection, including this process's writer, so that each
    // page of a large file would cost a page fault again.
    this.#db.exec('PRAGMA cache_size = -16384')
  }

  get(kind: Kind, id: string, now: number): Row | undefined {
    let statement = this.#points.get(kind)
    if (!statement) {
      statement = this.#pointStatement(layoutFor(kind), 'id')
      this.#points.set(kind, statement)
    }
    return statement.get(id, now) as Row | undefined
  }

  getBy(kind: Kind, unique: string, value: string, now: number): Row | undefined {
    const layout = layoutFor(kind)
    if (!layout.uniques.includes(unique)) throw new TypeError(`${kind} has no unique field ${unique}`)
    return this.#pointStatement(layout, uniqueColumn(unique)).get(value, now) as Row | undefined
  }

  find(
    kind: Kind,
    asked: LookupValue,
    page: Page,
    now: number,
  ): { bodies: string[]; next: string | undefined } {
    checkLimit(page)
    const layout = layoutFor(kind)
    const range = rangeOf(asked.prefix, page)
    const statement = this.#prepare(findSql(layout, asked.by, range))
    // A lone surrogate would match the character that SQLite stores instead of it.
    if (!asked.value.isWellFormed()) return { bodies: [], next: undefined }
    const rows = statement.all(asked.value, ...range.values, now, page.limit + 1)
    const shown = rows.slice(0, page.limit)
    const last = rows.length > page.limit ? shown.at(-1) : undefined
    return {
      bodies: shown.map((row) => row['body'] as string),
      next: last && cursorAt({ sort: last['sort'] as string, id: last['id'] as string }),
    }
  }

  count(kind: Kind, { by, value }: LookupValue): number {
    if (!layoutFor(kind).counted.some(({ name }) => name === by))
      throw new TypeError(`${kind} has no counted lookup ${by}`)
    if (!value.isWellFormed()) return 0
    const sql = `SELECT number FROM ${countTable} WHERE kind = ? AND lookup = ? AND value = ?`
    return Number(this.#prepare(sql).get(kind, by, value)?.['number'] ?? 0)
  }

  /** Changes whenever another connection, including this process's writer, has committed. */
  dataVersion(): unknown {
    return this.#prepare('PRAGMA data_version').get()?.['data_version']
  }

  revisions(): (readonly [Kind, number])[] {
    const rows = this.#prepare('SELECT kind, number FROM store_revision').all()
    return rows.map((row) => [row['kind'] as Kind, row['number'] as number])
  }

  close(): void {
    this.#statements.clear()
    this.#points.clear()
    this.#db.close()
  }

  #pointStatement({ table, expires }: Layout, column: string): StatementSync {
    // Both forms have the parameter for the time, so that callers need not distinguish them.
    const live = expires ? '(expires IS NULL OR expires > ?2)' : '?2 IS NOT NULL'
    return this.#prepare(`SELECT version, body FROM ${table} WHERE ${column} = ?1 AND ${live}`)
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/** SQL conditions for records after the cursor whose sort key has the prefix, in a form that one index can serve. */
export function rangeOf(prefix: string | undefined, { after, descending }: Page): Range {
  const conditions: string[] = []
  const values: string[] = []
  const add = (sql: string, ...given: string[]): void => {
    conditions.push(sql)
    values.push(...given)
  }
  if (after !== undefined) {
    const { sort, id } = positionOf(after)
    add(`(SORT, at.id) ${descending ? '<' : '>'} (?, ?)`, sort, id)
  }
  if (prefix !== undefined && prefix !== '') {
    add('SORT >= ?', prefix)
    const end = endOfPrefix(prefix)
    if (end !== undefined) add('SORT < ?', end)
  }
  const sql = conditions.map((condition) => ` AND ${condition}`).join('')
  return { direction: descending ? ' DESC' : '', sql, values }
}

export function findSql(layout: Layout, by: string, range: Range): string {
  const { table, expires } = layout
  const live = expires ? '(r.expires IS NULL OR r.expires > ?)' : '? IS NOT NULL'
  const side = layout.sides.find(({ name }) => name === by)
  if (side) {
    const where = `at.value = ?${range.sql.replaceAll('SORT', 'at.sort')} AND ${live}`
    return `SELECT at.id AS id, at.sort AS sort, r.body AS body FROM ${side.table} AS at JOIN ${table} AS r ON r.id = at.id WHERE ${where} ORDER BY at.sort${range.direction}, at.id${range.direction} LIMIT ?`
  }
  const single = layout.singles.find(({ name }) => name === by)
  if (!single) throw new TypeError(`${layout.kind} has no lookup ${by}`)
  const sort = single.sorted ? `at.${sortColumn(by)}` : 'at.id'
  const where = `at.${lookupColumn(by)} = ?${range.sql.replaceAll('SORT', sort)} AND ${live.replaceAll('r.', 'at.')}`
  const order = single.sorted ? `${sort}${range.direction}, at.id` : 'at.id' // with `at.id` twice SQLite would not use the index for the order
  return `SELECT at.id AS id, ${sort} AS sort, at.body AS body FROM ${table} AS at WHERE ${where} ORDER BY ${order}${range.direction} LIMIT ?`
}
