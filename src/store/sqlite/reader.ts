// Reads on the main thread: point reads and index range scans take microseconds and, in WAL mode, never wait for a writer.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { checkLimit, cursorAt, endOfPrefix, positionOf } from '../cursor.ts'
import type { Kind } from '../records.ts'
import type { Page } from '../store.ts'
import { busyTimeout } from './busy.ts'
import { countTable } from './counts.ts'
import { type Layout, layoutFor, lookupColumn, sortColumn, uniqueColumn } from './layout.ts'

export interface Row {
  readonly version: number
  readonly body: string
}

export interface LookupValue {
  readonly by: string
  readonly value: string
  readonly prefix?: string | undefined
  readonly also?:
    | {
        readonly values: readonly { readonly by: string; readonly value: string }[]
        readonly examined: number
      }
    | undefined
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
    if (asked.also !== undefined) return this.#findWithin(layout, asked, asked.also, page, now)
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

  /**
   * The end of what is looked at is found first, by the index alone. What is written meanwhile at the beginning of the order
   * belongs to the page, and none is passed over.
   */
  #findWithin(
    layout: Layout,
    { by, value }: LookupValue,
    { values, examined }: NonNullable<LookupValue['also']>,
    page: Page,
    now: number,
  ): { bodies: string[]; next: string | undefined } {
    const range = rangeOf(undefined, page)
    const given = [value, ...values.map((one) => one.value)]
    const end = this.#prepare(lastExaminedSql(layout, by, range)).get(value, ...range.values, examined - 1)
    if (!given.every((one) => one.isWellFormed())) return { bodies: [], next: undefined }
    const rows = this.#prepare(
      findWithinSql(layout, [by, ...values.map((one) => one.by)], range, end !== undefined),
    ).all(...given, ...range.values, ...(end === undefined ? [] : [end['id'] as string]), now, page.limit + 1)
    const shown = rows.slice(0, page.limit)
    const last = rows.length > page.limit ? shown.at(-1) : end
    const id = last?.['id'] as string | undefined
    return {
      bodies: shown.map((row) => row['body'] as string),
      next: id === undefined ? undefined : cursorAt({ sort: id, id }),
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

/** Lookups of one value whose index is in the order of ids. */
function unsortedColumn({ kind, singles }: Layout, by: string): string {
  const single = singles.find(({ name }) => name === by)
  if (single === undefined || single.sorted)
    throw new TypeError(`${kind} has no lookup ${by} of one value without a sort key`)
  return lookupColumn(by)
}

/** The id of the record at this distance from the beginning of the range. */
const lastExaminedSql = (layout: Layout, by: string, range: Range): string =>
  `SELECT at.id AS id FROM ${layout.table} AS at WHERE at.${unsortedColumn(layout, by)} = ?${range.sql.replaceAll('SORT', 'at.id')} ORDER BY at.id${range.direction} LIMIT 1 OFFSET ?`

/**
 * For each index entry of the first lookup, in order, one look into the index of each other lookup; records that have all of the values are
 * read by their row. Without the named indexes and CROSS JOIN, SQLite would read the record first.
 */
function findWithinSql(layout: Layout, lookups: readonly string[], range: Range, ends: boolean): string {
  const { kind, table, expires } = layout
  const [first = '', ...others] = lookups.map((by) => unsortedColumn(layout, by))
  const live = expires ? '(r.expires IS NULL OR r.expires > ?)' : '? IS NOT NULL'
  const joins = others.map(
    (_, n) => ` CROSS JOIN ${table} AS o${n} INDEXED BY "${kind} by ${lookups[n + 1]}"`,
  )
  const where = [
    `at.${first} = ?`,
    ...others.map((column, n) => `o${n}.${column} = ? AND o${n}.id = at.id`),
  ].join(' AND ')
  const end = ends ? ` AND at.id ${range.direction === '' ? '<=' : '>='} ?` : ''
  return `SELECT at.id AS id, r.body AS body FROM ${table} AS at INDEXED BY "${kind} by ${lookups[0]}"${joins.join('')} CROSS JOIN ${table} AS r ON r.rowid = at.rowid WHERE ${where}${range.sql.replaceAll('SORT', 'at.id')}${end} AND ${live} ORDER BY at.id${range.direction} LIMIT ?`
}
