// Creates the tables of this version, in a new file or in one of an earlier version: missing tables and columns are added and filled from
// the records. A new lookup of a kind needs nothing else, because every column is derived from the body.
//
// The tables are rowid tables: rows are stored in the order of insertion, with an index on the id. In WITHOUT ROWID tables the rows would
// be stored in the index itself, whose tree would have seven levels for a million records, and every lookup by another index would
// descend it once more. Records that are created together also expire together, on neighbouring pages.
import type { DatabaseSync } from 'node:sqlite'
import type { Sealer } from '../sealing.ts'
import type { UpgradeProgress } from '../upgrade-progress.ts'
import { bodyToRecord } from './body.ts'
import { completeCounts } from './counts.ts'
import {
  columnValues,
  type Layout,
  layoutFor,
  layouts,
  lookupColumn,
  sideRows,
  sortColumn,
  uniqueColumn,
  type Value,
} from './layout.ts'

export function makeTable(db: DatabaseSync, layout: Layout): void {
  for (const statement of tablesOf(layout)) db.exec(statement)
  if (layout.watched) db.prepare('INSERT OR IGNORE INTO store_revision VALUES (?, 0)').run(layout.kind)
}

/** Upgrades the tables of an earlier version, within the caller's transaction. */
export function completeTables(db: DatabaseSync, sealer: Sealer, progress: UpgradeProgress): void {
  renameTable(db, 'openIdProvider', layoutFor('identityProvider'))
  for (const layout of layouts) {
    const columns = columnsOf(db, layout.table)
    const missing = columns.size === 0 ? [] : layout.columns.filter((column) => !columns.has(column))
    const moved = isWithoutRowid(db, layout)
    if (moved) convertToRowid(db, layout, columns)
    else for (const column of missing) db.exec(`ALTER TABLE ${layout.table} ADD COLUMN ${typed(column)}`)
    const newSides = columns.size > 0 && layout.sides.some(({ table }) => columnsOf(db, table).size === 0)
    if (columns.size === 0 || newSides) makeTable(db, layout)
    if (missing.length > 0 || newSides) refill(db, layout, sealer, progress)
    if (missing.length > 0 || moved) makeTable(db, layout)
  }
  completeCounts(db)
}

/** Whether a table is WITHOUT ROWID, as up to version 2. */
function isWithoutRowid(db: DatabaseSync, { table }: Layout): boolean {
  return db.prepare(`PRAGMA table_list(${table})`).get()?.['wr'] === 1
}

/** Converts a table to a rowid table. Its indexes are dropped with the old table and created again afterwards. */
function convertToRowid(db: DatabaseSync, layout: Layout, columns: ReadonlySet<string>): void {
  const { table } = layout
  const kept = ['id', 'version', ...layout.columns.filter((column) => columns.has(column))].join(', ')
  db.exec(tableOf(layout, newTable))
  db.exec(`INSERT INTO ${newTable} (${kept}) SELECT ${kept} FROM ${table}`)
  db.exec(`DROP TABLE ${table}`)
  db.exec(`ALTER TABLE ${newTable} RENAME TO ${table}`)
}

const newTable = '"store_anew"'

/** Column names, plain and quoted as in layouts; empty when there is no such table. */
function columnsOf(db: DatabaseSync, table: string): ReadonlySet<string> {
  const rows = db.prepare(`PRAGMA table_info(${table})`).all()
  return new Set(rows.flatMap(({ name }) => [String(name), `"${name}"`]))
}

/** Renames the table of a kind that had another name in version 1. The records are the same. */
function renameTable(db: DatabaseSync, former: string, layout: Layout): void {
  if (columnsOf(db, `"${former}"`).size === 0) return
  db.exec(
    `CREATE TABLE IF NOT EXISTS ${layout.table} (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, body TEXT)`,
  )
  db.exec(`INSERT INTO ${layout.table} (id, version, body) SELECT id, version, body FROM "${former}"`)
  db.exec(`DROP TABLE "${former}"`)
}

function refill(db: DatabaseSync, layout: Layout, sealer: Sealer, progress: UpgradeProgress): void {
  const { table, columns, sides } = layout
  const update = db.prepare(
    `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE rowid = ?`,
  )
  const inserts = sides.map((side) => db.prepare(`INSERT OR IGNORE INTO ${side.table} VALUES (?, ?, ?)`))
  const all = db.prepare(`SELECT rowid, id, body FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 1000`)
  for (let after = 0, rows = all.all(after); rows.length > 0; rows = all.all(after)) {
    for (const { rowid, id, body } of rows) {
      after = Number(rowid)
      const record = bodyToRecord(layout.kind, String(body), sealer)
      const values: Value[] = []
      columnValues(layout, record, String(body), values)
      update.run(...values, after)
      for (const [at, side] of sides.entries())
        for (const [value, sort] of sideRows(layout, side, record)) inserts[at]?.run(value, sort, String(id))
      progress(layout.kind)
    }
  }
}

const typed = (column: string): string => `${column} ${column === 'expires' ? 'INTEGER' : 'TEXT'}`

const tableOf = ({ columns }: Layout, name: string): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, ${columns.map(typed).join(', ')})`

/** Indexes have lookup value, sort key and id, so that a page of results is one range scan. */
function* tablesOf(layout: Layout): Generator<string> {
  const { kind, table } = layout
  const index = (name: string) => `"${kind} ${name}"`
  yield tableOf(layout, table)
  for (const name of layout.uniques) {
    const column = uniqueColumn(name)
    yield `CREATE UNIQUE INDEX IF NOT EXISTS ${index(`unique ${name}`)} ON ${table} (${column}) WHERE ${column} IS NOT NULL`
  }
  for (const { name, sorted } of layout.singles) {
    const column = lookupColumn(name)
    const keys = [column, ...(sorted ? [sortColumn(name)] : []), 'id']
    yield `CREATE INDEX IF NOT EXISTS ${index(`by ${name}`)} ON ${table} (${keys.join(', ')}) WHERE ${column} IS NOT NULL`
  }
  for (const side of layout.sides) {
    yield `CREATE TABLE IF NOT EXISTS ${side.table} (value TEXT, sort TEXT, id TEXT, PRIMARY KEY (value, sort, id)) WITHOUT ROWID`
    yield `CREATE INDEX IF NOT EXISTS ${index(`ids of ${side.name}`)} ON ${side.table} (id)`
  }
  if (layout.expires)
    yield `CREATE INDEX IF NOT EXISTS ${index('expires')} ON ${table} (expires) WHERE expires IS NOT NULL`
}
